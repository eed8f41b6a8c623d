"""What this room offers to be counted: which installations concern a unit, and which of them meet what is asked."""

from datetime import date

from django.db.models import QuerySet

from anwei.evidence.offers import Share
from anwei.registers.kinds import PIPELINE, installation_kind
from anwei.registers.models import Installation, InstallationQuerySet, InstallationUnit
from anwei.units.queries import overrides_on


def offers() -> list[Share]:
    """`register.pipeline_evaluated`: of the pipelines older than the limit, those evaluated. `register.pipeline`: every
    pipeline in use, also a young one; a unit without any may be proposed as «不涉及»."""
    return [
        Share("register.pipeline_evaluated", "老旧油气长输管道评估", _old, _evaluated, "unit_id", _url),
        Share("register.pipeline", "油气长输管道", _any, _any, "unit_id", _url),
    ]


def pipelines(on: date) -> InstallationQuerySet:
    return Installation.objects.as_of(on).pipelines().in_service(on)


def old_pipelines(on: date) -> InstallationQuerySet:
    """In use for more years than the rulebook, or the district, allows without evaluation."""
    years = installation_kind(PIPELINE).years_until_old(on, overrides_on(on))
    return pipelines(on).older_than_years(years, on)


def evaluated_pipelines(on: date) -> InstallationQuerySet:
    years = installation_kind(PIPELINE).years_of_evaluation(on, overrides_on(on))
    return old_pipelines(on).evaluated(on, years)


def _per_unit(installations: InstallationQuerySet) -> QuerySet[InstallationUnit]:
    return InstallationUnit.objects.filter(installation__in=installations)


def _any(on: date) -> QuerySet[InstallationUnit]:
    return _per_unit(pipelines(on))


def _old(on: date) -> QuerySet[InstallationUnit]:
    return _per_unit(old_pipelines(on))


def _evaluated(on: date) -> QuerySet[InstallationUnit]:
    return _per_unit(evaluated_pipelines(on))


def _url(row: InstallationUnit) -> str:
    return f"/installations/{row.installation_id}"
