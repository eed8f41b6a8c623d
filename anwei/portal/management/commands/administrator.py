"""anwei administrator: another name of createadmin."""

from anwei.portal.management.commands.createadmin import Command

__all__ = ["Command"]
