from anwei.units.models.competence import Competence, Setting
from anwei.units.models.group import Group, GroupMember, Secretariat
from anwei.units.models.person import Person, Post
from anwei.units.models.unit import Alias, Kind, Unit

__all__ = [
    "Alias",
    "Competence",
    "Group",
    "GroupMember",
    "Kind",
    "Person",
    "Post",
    "Secretariat",
    "Setting",
    "Unit",
]
