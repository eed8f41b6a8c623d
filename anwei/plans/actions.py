"""Reading a document into a draft and settling it. Nothing here reaches a unit; handing down is `duties.actions.adopt`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction

from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused, Stale
from anwei.plans.drafting import short_name, store_draft
from anwei.plans.models import Assignment, Finding, Measure, Naming, Plan
from anwei.plans.reader import NotAPlan, read_plan
from anwei.plans.resolving import resolve_plan
from anwei.units.models import Unit
from anwei.units.queries import overrides_on
from anwei.units.resolution.resolver import OPEN_LEAD_PHRASE, OPEN_PHRASE


@act("plan.import")
def import_plan(by: By, *, text: str, source_name: str, year: int | None = None, replaces: Plan | None = None) -> Plan:
    """A draft out of a document's text. Refused with the reader's words where it is no plan."""
    try:
        draft, problems = read_plan(text, year)
    except NotAPlan as error:
        raise Refused(f"“{source_name}”读不成工作要点：{error}") from error
    if replaces is not None and replaces.state != Plan.ADOPTED:
        raise Refused(f"“{replaces}”不是正在执行的要点，不能由新版替代。")
    plan = Plan.objects.create(
        title=draft.title[:200],
        year=draft.year,
        issuer=(draft.issuer or "")[:120],
        document_number=(draft.document_number or "")[:60],
        source_text=draft.source_text,
        source_name=source_name[:200],
        imported_on=by.today,
        replaces=replaces,
    )
    store_draft(plan, draft, problems, by.today, overrides_on(by.today))
    resolve_plan(plan, by.today)
    say(f"导入《{plan}》：{len(draft.measures)}条，{len(problems)}处疑问")
    return plan


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the measures. `issued_on` anchors duties; without it the plan cannot be handed down."""

    title: str
    year: int | None
    issuer: str
    document_number: str
    issued_on: date | None
    parent: Plan | None = None
    outside: bool = False


@act("plan.edit")
def set_head(by: By, plan: Plan, version: int, head: Head) -> Plan:
    """Corrects title, year, number, issue date, parent plan; references are resolved anew as of the issue date."""
    _draft_only(plan)
    if head.parent is not None and head.parent.pk == plan.pk:
        raise Refused("上级要点不能是要点自己。")
    before = _columns(plan, ("title", "year", "issuer", "document_number", "issued_on"))
    _save(
        plan,
        version,
        title=head.title,
        year=head.year,
        issuer=head.issuer,
        document_number=head.document_number,
        issued_on=head.issued_on,
        parent=head.parent,
        outside=head.outside,
    )
    resolve_plan(plan, by.today)
    say("修改要点抬头", before=before, after=_columns(plan, tuple(before)))
    return plan


@dataclass(frozen=True, slots=True)
class RoleEdit:
    """One role's references as a person corrected them; «等有关部门» as the last one keeps the list open."""

    role: str
    lead: bool
    references: Sequence[str]


@dataclass(frozen=True, slots=True)
class MeasureEdit:
    title: str
    short: str
    text: str
    deadline_text: str
    deadlines: Sequence[date]
    ongoing: bool
    roles: Sequence[RoleEdit]
    gatherer: Unit | None = None
    parent_measure: Measure | None = None


@act("plan.edit")
def edit_measure(by: By, measure: Measure, version: int, edit: MeasureEdit) -> Measure:
    """Corrects one measure by hand. `version` is the plan's, so that two people see each other's changes."""
    plan = measure.plan
    _draft_only(plan)
    _save(plan, version)
    before = _columns(measure, ("title", "short", "deadline_text", "deadlines", "ongoing"))
    measure.title, measure.text = edit.title, edit.text
    measure.short = edit.short or short_name(edit.title)
    measure.deadline_text = edit.deadline_text
    measure.deadlines = sorted(day.isoformat() for day in edit.deadlines)
    measure.ongoing = edit.ongoing
    measure.gatherer, measure.parent_measure = edit.gatherer, edit.parent_measure
    measure.save()
    measure.assignments.all().delete()
    Assignment.objects.bulk_create(_assignments(measure, edit.roles))
    resolve_plan(plan, by.today)
    measure.refresh_from_db()
    say(f"修改第{measure.number}条", about_rows=[plan], before=before, after=_columns(measure, tuple(before)))
    return measure


def _assignments(measure: Measure, roles: Iterable[RoleEdit]) -> list[Assignment]:
    rows: list[Assignment] = []
    for role in roles:
        for reference in dict.fromkeys(text.strip() for text in role.references if text.strip()):
            rows.append(
                Assignment(
                    measure=measure,
                    order=len(rows) + 1,
                    role=role.role,
                    lead=role.lead,
                    reference=reference,
                    open=reference in (OPEN_PHRASE, OPEN_LEAD_PHRASE),
                    status=Assignment.UNKNOWN,
                )
            )
    return rows


@dataclass(frozen=True, slots=True)
class NamingRow:
    """Who a vague phrase of one measure means, in the order of the decision."""

    measure_number: str
    phrase: str
    units: Sequence[Unit]


@act("plan.edit")
def name_units(by: By, plan: Plan, rows: Sequence[NamingRow], *, decided_on: date, paper: str = "") -> list[Naming]:
    """Records who the office means. On an adopted plan this changes no duty by itself: it gives a proposal."""
    if plan.state not in (Plan.DRAFT, Plan.ADOPTED):
        raise Refused(f"《{plan}》{plan.get_state_display()}，不能再点名。")
    if decided_on > by.today:
        raise Refused(f"点名日期 {decided_on} 在今天之后，请填已经作出点名的日期。")
    known = set(Assignment.objects.filter(measure__plan=plan).values_list("measure__number", "reference"))
    made = []
    for row in rows:
        if (row.measure_number, row.phrase) not in known:
            raise Refused(f"第{row.measure_number}条没有“{row.phrase}”这个称谓，请核对条号和原文写法。")
        if not row.units:
            raise Refused(f"第{row.measure_number}条“{row.phrase}”没有选单位，请至少点名一家。")
        naming = Naming.objects.create(
            plan=plan,
            measure_number=row.measure_number,
            phrase=row.phrase,
            decided_on=decided_on,
            paper=paper,
            by_text=by.person_text,
        )
        naming.units.set(row.units)
        made.append(naming)
    resolve_plan(plan, by.today)
    named = "；".join(f"第{r.measure_number}条{r.phrase}＝{'、'.join(u.short for u in r.units)}" for r in rows)
    say(f"点名：{named}", about_rows=[plan])
    return made


@act("plan.edit")
def choose_demands(by: By, measure: Measure, chosen: Iterable[int], changes: dict[int, dict[str, Any]]) -> Measure:
    """Which proposed demands hold before adoption, and their numbers (`at_least`, `every`, `days`, `finish`)."""
    _draft_only(measure.plan)
    wanted = set(chosen)
    for demand in measure.demands.all():
        demand.chosen = demand.pk in wanted
        for column, value in changes.get(demand.pk, {}).items():
            if column not in ("at_least", "every", "days", "finish", "sentence"):
                raise Refused(f"办结要求的“{column}”不能在这里改。")
            setattr(demand, column, value)
        if demand.at_least < 1:
            raise Refused(f"次数 {demand.at_least} 不对，至少填 1。")
        demand.save()
    if not any(demand.chosen for demand in measure.demands.all()):
        raise Refused(f"第{measure.number}条没有一项办结要求，请至少保留“随落实情况表报告”。")
    say(f"核定第{measure.number}条办结要求", about_rows=[measure.plan])
    return measure


@act("plan.edit")
def settle_finding(by: By, finding: Finding, words: str) -> Finding:
    """A person has looked at the marked place; the words say what was decided."""
    if not words.strip():
        raise Refused("请写明怎样处理这处疑问，例如“已核对，无误”。")
    finding.settled, finding.settled_by = words.strip()[:200], by.person_text
    finding.save(update_fields=["settled", "settled_by"])
    say(f"处理疑问：{finding}：{words}", about_rows=[finding.plan])
    return finding


@act("plan.edit")
def link_parents(by: By, plan: Plan, pairs: dict[int, Measure | None]) -> Plan:
    """Links measures (by id) to those of the parent plan."""
    for measure in plan.measures.filter(pk__in=pairs):
        target = pairs[measure.pk]
        if target is not None and target.plan_id != plan.parent_id:
            raise Refused(f"“{target}”不是上级要点《{plan.parent}》里的条目。")
        measure.parent_measure = target
        measure.save(update_fields=["parent_measure"])
    say("对应上级要点", about_rows=[plan], linked=len(pairs))
    return plan


@act("plan.edit")
def discard(by: By, plan: Plan) -> Plan:
    """Puts a draft aside; adopted plans are never discarded, only followed by a new version."""
    _draft_only(plan)
    # The plan that it was to replace is free again for another new version.
    plan.state, plan.replaces = Plan.DISCARDED, None
    plan.save(update_fields=["state", "replaces"])
    say(f"弃用草稿《{plan}》")
    return plan


def _draft_only(plan: Plan) -> None:
    if plan.state != Plan.DRAFT:
        raise Refused(f"《{plan}》{plan.get_state_display()}，不能再改。要改请导入新版。")


def _save(plan: Plan, version: int, **columns: Any) -> None:
    with transaction.atomic():
        won = Plan.objects.filter(pk=plan.pk, version=version).update(version=models.F("version") + 1, **columns)
    if not won:
        raise Stale("这份要点刚刚被别人改过，请刷新页面，看过对方的修改再保存。")
    plan.refresh_from_db()


def _columns(row: models.Model, names: tuple[str, ...]) -> dict[str, str]:
    return {name: str(getattr(row, name)) for name in names}
