"""Reads a plan document's text into a draft: chapters, measures, units by role, deadlines, cadences, problems.

A grammar for plans of any district, city, year and office. Knows nothing of files, of the database, or of how units are
resolved; units come out exactly as written.
"""

from anwei.plans.reader.draft import (
    CadenceDraft,
    MeasureDraft,
    NotAPlan,
    PhaseDraft,
    PlanDraft,
    Problem,
    Relative,
    RoleDraft,
    draft_to_json,
)
from anwei.plans.reader.reading import read_plan

__all__ = [
    "CadenceDraft",
    "MeasureDraft",
    "NotAPlan",
    "PhaseDraft",
    "PlanDraft",
    "Problem",
    "Relative",
    "RoleDraft",
    "draft_to_json",
    "read_plan",
]
