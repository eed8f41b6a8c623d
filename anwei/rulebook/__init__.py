"""The law and the house's own numbers as data, read once from YAML into frozen values.

Knows: parameters by day with source and verification, the catalogue of demands, kinds of activities, classes of units,
the workday calendar. Does not know: Django, units, plans, the clock; a district's settings and the day are handed in.
Bad data raises RulebookError with file, line and rule; `verified` is true only for what was read in its source.
"""

from anwei.rulebook.activities import ActivityKind, Field, activity_kind, activity_kinds
from anwei.rulebook.demands import DemandTemplate, Who, demand_template, demand_templates, report_demand
from anwei.rulebook.matching import Cadence, Match, match_demands, uncounted
from anwei.rulebook.parameters import Line, Override, Parameter, Value, all_parameters, edition, parameter
from anwei.rulebook.reading import RulebookError
from anwei.rulebook.sources import MARKS, Source, Standing
from anwei.rulebook.unit_classes import STEPS, Cap, Profile, profile, profiles
from anwei.rulebook.vocabulary import RHYTHMS, UNIT_KINDS
from anwei.rulebook.whole import problems
from anwei.rulebook.workdays import WorkdayYear, workday_years

__all__ = [
    "MARKS",
    "RHYTHMS",
    "STEPS",
    "UNIT_KINDS",
    "ActivityKind",
    "Cadence",
    "Cap",
    "DemandTemplate",
    "Field",
    "Line",
    "Match",
    "Override",
    "Parameter",
    "Profile",
    "RulebookError",
    "Source",
    "Standing",
    "Value",
    "Who",
    "WorkdayYear",
    "activity_kind",
    "activity_kinds",
    "all_parameters",
    "demand_template",
    "demand_templates",
    "edition",
    "match_demands",
    "parameter",
    "problems",
    "profile",
    "profiles",
    "report_demand",
    "uncounted",
    "workday_years",
]
