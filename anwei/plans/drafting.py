"""A reader's draft into rows: chapters, measures, assignments, findings and the demands that the catalogue proposes."""

from datetime import date

from anwei.evidence.offers import offered
from anwei.plans.models import Assignment, Chapter, Demand, Finding, Measure, Plan
from anwei.plans.reader import MeasureDraft, PlanDraft, Problem
from anwei.rulebook import Match, Override, match_demands, report_demand
from anwei.units.resolution.resolver import OPEN_LEAD_PHRASE, OPEN_PHRASE

SHORT_LENGTH = 10


def store_draft(plan: Plan, draft: PlanDraft, problems: list[Problem], on: date, overrides: list[Override]) -> None:
    """Writes everything below a plan row that has none of it yet."""
    chapters = _store_chapters(plan, draft)
    measures = [
        Measure(
            plan=plan,
            chapter=chapters.get(one.chapter_path),
            order=order,
            number=one.number[:20],
            title=one.title[:300],
            short=short_name(one.title),
            text=one.text,
            span_start=one.span[0],
            span_end=one.span[1],
            deadline_text=one.deadline_text[:200],
            deadlines=[day.isoformat() for day in one.deadlines],
            ongoing=one.ongoing,
            relative=_relative(one),
            cadences=[
                {"text": c.text, "at_least": c.at_least, "every": c.every, "object": c.object} for c in one.cadences
            ],
        )
        for order, one in enumerate(draft.measures, 1)
    ]
    Measure.objects.bulk_create(measures, batch_size=500)
    rows: list[Assignment] = []
    demands: list[Demand] = []
    for measure, one in zip(measures, draft.measures, strict=True):
        rows += assignments_of(measure, one)
        demands += demands_of(measure, on, overrides)
    Assignment.objects.bulk_create(rows, batch_size=500)
    Demand.objects.bulk_create(demands, batch_size=500)
    Finding.objects.bulk_create(
        Finding(
            plan=plan,
            measure=next((m for m in measures if m.span_start <= p.span[0] < m.span_end), None),
            start=p.span[0],
            end=p.span[1],
            message=p.message[:500],
        )
        for p in problems
    )


def _store_chapters(plan: Plan, draft: PlanDraft) -> dict[tuple[str, ...], Chapter]:
    paths = dict.fromkeys(one.chapter_path for one in draft.measures if one.chapter_path)
    made = {path: Chapter(plan=plan, order=order, title=" · ".join(path)[:300]) for order, path in enumerate(paths, 1)}
    Chapter.objects.bulk_create(made.values())
    return made


def _relative(one: MeasureDraft) -> dict[str, object] | None:
    relative = one.relative
    return {"days": relative.days, "working": relative.working, "from": relative.start} if relative else None


def short_name(title: str) -> str:
    """Six to ten characters for the matrix: the heading without its opening verb and full stop; a person may change it."""
    words = title.rstrip("。；;.").split("，")[0]
    for verb in ("深入学习贯彻", "着力推动", "着力开展", "着力强化", "扎实开展", "严格开展", "推动", "加强", "强化", "压实",
                 "狠抓", "完善", "提升", "提高", "严格", "进一步", "持续", "深化", "健全"):  # fmt: skip
        if words.startswith(verb) and len(words) - len(verb) >= 4:
            words = words.removeprefix(verb)
            break
    return words if len(words) <= SHORT_LENGTH else words[: SHORT_LENGTH - 1] + "…"


def assignments_of(measure: Measure, one: MeasureDraft) -> list[Assignment]:
    """One row per reference as written; an open list («等部门») has «等有关部门» as its last row. Persons are left out."""
    rows: list[Assignment] = []
    for role in one.roles:
        if role.persons:
            continue
        references = [*role.units, *([OPEN_LEAD_PHRASE if role.lead else OPEN_PHRASE] if role.open else [])]
        rows += [
            Assignment(
                measure=measure,
                order=len(rows) + place,
                role=role.role[:30],
                lead=role.lead,
                reference=reference[:120],
                open=reference in (OPEN_PHRASE, OPEN_LEAD_PHRASE),
                status=Assignment.UNKNOWN,
            )
            for place, reference in enumerate(references, 1)
        ]
    for order, row in enumerate(rows, 1):
        row.order = order
    return rows


def demands_of(measure: Measure, on: date, overrides: list[Override]) -> list[Demand]:
    """What the catalogue proposes for a measure, and the return for every unit that no counted demand binds."""
    relative = measure.relative or {}
    matches = match_demands(
        measure.title,
        measure.text,
        measure.cadences,
        relative_days=relative.get("days") if "事故" in (relative.get("from") or "") else None,
        on=on,
        overrides=overrides,
        offered=offered().keys(),
    )
    rows = [_demand(measure, order, match) for order, match in enumerate(matches, 1) if match.template.kind != "report"]
    return [*rows, _report(measure, len(rows) + 1)]


def _demand(measure: Measure, order: int, match: Match) -> Demand:
    template = match.template
    return Demand(
        measure=measure,
        order=order,
        kind=template.kind,
        template=template.id,
        fact=template.fact,
        who=template.who.role,
        needs_party_group=template.who.party_group,
        unit_kinds=list(template.who.kinds),
        at_least=100 if template.kind == "coverage" else match.at_least or 1,
        every=match.every or "",
        days=match.days,
        sentence=sentence_at(measure.text, match.span[0]) if match.span else measure.title,
        finish=match.finish[:120],
        proof=template.proof[:120],
        source=str(template.source)[:300],
        verified=template.verified,
    )


def _report(measure: Measure, order: int) -> Demand:
    template = report_demand()
    return Demand(
        measure=measure,
        order=order,
        kind=template.kind,
        template=template.id,
        who=Demand.ALL,
        unit_kinds=list(template.who.kinds),
        every=template.every or "half_year",
        sentence=measure.title if order == 1 else "其余各项",
        finish=template.finish[:120],
        proof=template.proof[:120],
        source=str(template.source)[:300],
        verified=template.verified,
    )


def sentence_at(text: str, place: int) -> str:
    """The sentence of `text` in which the offset lies, as written."""
    start = max((text.rfind(sign, 0, place) for sign in "。；;！\n"), default=-1) + 1
    ends = [found for sign in "。；;！\n" if (found := text.find(sign, place)) >= 0]
    return text[start : min(ends) + 1 if ends else len(text)].strip()
