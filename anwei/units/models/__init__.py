from anwei.units.models.competence import Competence, Sector, Setting
from anwei.units.models.group import Group, GroupKind, GroupMember, Secretariat
from anwei.units.models.person import PastPassword, Person, Post
from anwei.units.models.unit import Alias, Kind, Unit

__all__ = [
    "Alias",
    "Competence",
    "Group",
    "GroupKind",
    "GroupMember",
    "Kind",
    "PastPassword",
    "Person",
    "Post",
    "Secretariat",
    "Sector",
    "Setting",
    "Unit",
]
