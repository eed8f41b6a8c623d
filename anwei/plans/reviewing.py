"""What the review page shows: the original with its marks, and one card a measure; values only, nothing written."""

from dataclasses import dataclass
from datetime import date

from anwei.plans.marking import DOUBT, FOUND, Mark, Piece, find_reference, find_rest, pieces
from anwei.plans.models import Assignment, Demand, Finding, Measure, Plan
from anwei.plans.resolving import OPEN_PHRASES, Answers, answers_of
from anwei.rulebook import uncounted
from anwei.units.models import Unit
from anwei.units.resolution import Coverage, Resolution

OPEN = (Assignment.TO_BE_NAMED, Assignment.PARTLY)
UNSETTLED = (*OPEN, Assignment.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference with the units it came to; `candidates` are proposals for what stays open, never owed anything."""

    row: Assignment
    units: list[Unit]
    candidates: list[Unit]
    anchor: str

    @property
    def is_open(self) -> bool:
        return self.row.status in OPEN

    @property
    def is_unknown(self) -> bool:
        return self.row.status == Assignment.UNKNOWN

    @property
    def is_plain(self) -> bool:
        """A name that is simply its unit: nothing to explain."""
        return len(self.units) == 1 and self.units[0].short == self.row.reference


@dataclass(frozen=True, slots=True)
class RoleList:
    label: str
    lead: bool
    references: list[Reference]


@dataclass(frozen=True, slots=True)
class Card:
    measure: Measure
    roles: list[RoleList]
    demands: list[Demand]
    findings: list[Finding]

    @property
    def uncounted(self) -> list[str]:
        """Rhythms of the text that no ledger counts: they are reported with the half-yearly return."""
        return uncounted(self.measure.cadences)

    @property
    def doubts(self) -> int:
        """What still waits for a person."""
        names = sum(r.row.status in UNSETTLED for role in self.roles for r in role.references)
        names = 0 if self.measure.plan.outside else names
        return names + sum(not one.settled for one in self.findings)


@dataclass(frozen=True, slots=True)
class Block:
    """A chapter with its cards."""

    title: str
    cards: list[Card]


@dataclass(frozen=True, slots=True)
class Review:
    plan: Plan
    text: list[Piece]
    blocks: list[Block]
    general: list[Finding]
    coverage: Coverage
    idle: list[Unit]
    to_name: int
    unknown: int
    unsettled: int

    @property
    def first_doubt(self) -> Finding | None:
        """The first finding that nobody has settled yet."""
        findings = [*self.general, *(one for card in self.cards for one in card.findings)]
        return next((one for one in findings if not one.settled), None)

    @property
    def cards(self) -> list[Card]:
        return [card for block in self.blocks for card in block.cards]


def review_of(plan: Plan, today: date) -> Review:
    """A fixed number of queries, whatever the length of the plan."""
    measures = list(
        plan.measures.select_related("plan", "chapter", "gatherer", "parent_measure__plan").prefetch_related(
            "assignments__resolved__unit", "demands", "findings"
        )
    )
    answers = answers_of(plan, measures, today)
    units = {unit.code: unit for unit in Unit.objects.exclude(kind="establishment")}
    cards = [card_of(measure, answers, units) for measure in measures]
    blocks: list[Block] = []
    for card in cards:
        title = card.measure.chapter.title if card.measure.chapter else ""
        if not blocks or blocks[-1].title != title:
            blocks.append(Block(title, []))
        blocks[-1].cards.append(card)
    findings = list(plan.findings.all())
    statuses = [r.row.status for card in cards for role in card.roles for r in role.references]
    found = answers.coverage
    return Review(
        plan=plan,
        text=marked(plan, cards, findings),
        blocks=blocks,
        general=[one for one in findings if one.measure_id is None],
        coverage=found,
        idle=[units[code] for code in found.idle if code in units],
        to_name=sum(status in OPEN for status in statuses),
        unknown=statuses.count(Assignment.UNKNOWN),
        unsettled=sum(not one.settled for one in findings),
    )


def card_of(measure: Measure, answers: Answers | None, units: dict[str, Unit]) -> Card:
    """One measure with its names; without `answers` no proposals are made."""
    roles: list[RoleList] = []
    for row in measure.assignments.all():
        answer = answers.by_reference.get(row.pk) if answers else None
        reference = Reference(
            row, [one.unit for one in row.resolved.all()], _candidates(answer, units), f"name-{row.pk}"
        )
        if not roles or (roles[-1].label, roles[-1].lead) != (row.role, row.lead):
            roles.append(RoleList(row.role, row.lead, []))
        roles[-1].references.append(reference)
    return Card(measure, roles, list(measure.demands.all()), list(measure.findings.all()))


def _candidates(answer: Resolution | None, units: dict[str, Unit]) -> list[Unit]:
    return [units[code] for code in answer.candidates if code in units] if answer else []


def marked(plan: Plan, cards: list[Card], findings: list[Finding]) -> list[Piece]:
    """The source with every problem at its place, and what was recognised underlined."""
    marks = [
        Mark(one.start, one.end, FOUND if one.settled else DOUBT, f"doubt-{one.pk}", _words(one), f"#finding-{one.pk}")
        for one in findings
        if one.start is not None and one.end
    ]
    for card in cards:
        marks += reference_marks(plan.source_text, card)
        marks += deadline_marks(plan.source_text, card.measure)
    return pieces(plan.source_text, marks, [(card.measure.span_start, f"at-{card.measure.pk}") for card in cards])


def _words(finding: Finding) -> str:
    return f"{finding.message}（已处理：{finding.settled}）" if finding.settled else finding.message


def reference_marks(text: str, card: Card) -> list[Mark]:
    """Each reference behind its role's label, one after the other; a doubtful one that is not found marks the
    measure's number."""
    measure, marks = card.measure, []
    first, last = measure.span_start, measure.span_end
    for role in card.roles:
        label = max(text.rfind(role.label, first, last), first)
        place = label
        for one in role.references:
            doubtful = one.row.status in UNSETTLED and not measure.plan.outside
            if one.row.reference in OPEN_PHRASES:
                span = find_rest(text, label, last)
            else:
                span = _next(text, one.row.reference, place, first, last)
                place = span[1] if span else place
            if span is None and not doubtful:
                continue
            at = span or (first, min(first + len(measure.number) + 1, last))
            words = f"{one.row.get_status_display()}：{one.row.reason}"
            marks.append(Mark(*at, DOUBT if doubtful else FOUND, one.anchor, words, f"#m-{measure.pk}"))
    return marks


def _next(text: str, reference: str, place: int, first: int, last: int) -> tuple[int, int] | None:
    """Behind the reference before it; else anywhere in the measure."""
    return find_reference(text, reference, place, last) or find_reference(text, reference, first, last)


def deadline_marks(text: str, measure: Measure) -> list[Mark]:
    if not measure.deadline_text:
        return []
    place = text.rfind(measure.deadline_text, measure.span_start, measure.span_end)
    days = "、".join(measure.deadlines) or ("常态化" if measure.ongoing else "没有换算出日期")
    return [Mark(place, place + len(measure.deadline_text), FOUND, "", f"时限：{days}")] if place >= 0 else []
