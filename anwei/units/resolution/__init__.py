"""What a reference in a plan means: «各镇（街道）», «公安**分局», «相关专委会成员单位».

Knows: names, rules for collective names, naming decisions, who acts for a committee; each answer with its reason.
Knows not: the database, plans, duties. Pure values over one snapshot of the register.
"""

from anwei.units.resolution.answer import (
    Actor,
    MeasureContext,
    MeasureResolution,
    Reason,
    Resolution,
    Role,
    RoleText,
    Status,
    units_of,
)
from anwei.units.resolution.checks import Problem, check_directory
from anwei.units.resolution.collectives import Collectives, common_collectives, read_collectives
from anwei.units.resolution.coverage import Coverage, coverage
from anwei.units.resolution.resolver import OPEN_LEAD_PHRASE, OPEN_PHRASE, Resolver, resolve

__all__ = [
    "OPEN_LEAD_PHRASE",
    "OPEN_PHRASE",
    "Actor",
    "Collectives",
    "Coverage",
    "MeasureContext",
    "MeasureResolution",
    "Problem",
    "Reason",
    "Resolution",
    "Resolver",
    "Role",
    "RoleText",
    "Status",
    "check_directory",
    "common_collectives",
    "coverage",
    "read_collectives",
    "resolve",
    "units_of",
]
