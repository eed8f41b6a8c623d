"""任务分解表 as values: one entry a measure, one row a demand; nine columns for screen, workbook and paper alike."""

from dataclasses import dataclass, field, replace
from datetime import date

from anwei.duties.models import Waiver
from anwei.plans.models import AssignedUnit, Assignment, Demand, Measure, Naming, Plan
from anwei.plans.resolving import OPEN_PHRASES
from anwei.units.models import Unit
from anwei.units.queries import actors_on

COLUMNS = ("序号", "重点任务", "具体内容", "办结标志", "凭什么算", "牵头单位", "责任单位", "完成时限", "备注")
STAR = "★"
# The deadline that a rhythm gives where the plan names no day: 「常态化／每季度末」.
RHYTHM_ENDS = {"month": "每月底", "quarter": "每季度末", "half_year": "6.30、12.31", "year": "12.31", "": "12.31"}
OPEN = (Assignment.TO_BE_NAMED, Assignment.PARTLY)


@dataclass(frozen=True, slots=True)
class Name:
    """One reference in a cell: `text` in normal size, `small` the units it means here, `open` while it awaits naming."""

    text: str
    small: str = ""
    star: bool = False
    open: bool = False
    count: int = 0  # units in `small`

    @property
    def words(self) -> str:
        return f"{STAR if self.star else ''}{self.text}"


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    content: str
    finish: str
    proof: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Entry:
    measure: Measure
    rows: list[Row]
    leads: list[Name]
    others: list[Name]
    deadline: str
    days: str
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def height(self) -> int:
        """Rows of the table that the chapter's cell covers."""
        return sum(len(entry.rows) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Breakdown:
    plan: Plan
    chapters: list[Chapter]
    to_name: int

    @property
    def title(self) -> str:
        return f"《{self.plan.title}》任务分解表"


def breakdown_of(plan: Plan) -> Breakdown:
    """The whole table; a fixed number of queries. Drafts have one as well: it is looked at before handing down."""
    measures = plan.measures.select_related("chapter", "gatherer", "parent_measure__plan").prefetch_related(
        "assignments__resolved__unit", "demands"
    )
    maker = _Maker(plan)
    chapters: list[Chapter] = []
    to_name = 0
    for measure in measures:
        title = measure.chapter.title if measure.chapter else ""
        if not chapters or chapters[-1].title != title:
            chapters.append(Chapter(title))
        chapters[-1].entries.append(maker.entry(measure))
        to_name += sum(row.status in OPEN for row in measure.assignments.all())
    return Breakdown(plan, chapters, to_name)


class _Maker:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        hosts = actors_on(plan.issued_on or plan.imported_on)
        units = Unit.objects.in_bulk({*hosts, *hosts.values()})
        self.host_of = {body: units[host].short for body, host in hosts.items()}
        self.namings: dict[str, list[Naming]] = {}
        for naming in plan.namings.order_by("decided_on", "id"):
            self.namings.setdefault(naming.measure_number, []).append(naming)
        self.waived: dict[int, list[str]] = {}
        for series, short in (
            Waiver.objects.filter(duty__plan=plan, reopened_on=None)
            .order_by("duty__unit__order")
            .values_list("duty__series_id", "duty__unit__short")
        ):
            self.waived.setdefault(series, []).append(short)

    def entry(self, measure: Measure) -> Entry:
        demands = [one for one in measure.demands.all() if one.chosen]
        names = [(row, self._name(row, measure)) for row in measure.assignments.all()]
        leads = [name for row, name in names if row.lead]
        return Entry(
            measure=measure,
            rows=_rows(measure, demands),
            leads=in_lines(self._starred(leads, measure)),
            others=in_lines([name for row, name in names if not row.lead]),
            deadline=measure.deadline_text or ("常态化" if measure.ongoing else "—"),
            days=_days(measure, demands),
            notes=self._notes(measure),
        )

    def _name(self, row: Assignment, measure: Measure) -> Name:
        resolved = list(row.resolved.all())
        shorts = [one.unit.short for one in resolved]
        listed = f"{'、'.join(shorts)}（共{len(shorts)}家）"
        if row.status in OPEN:
            return Name("待点名（1项）", listed if shorts else "", open=True, count=len(shorts))
        if row.status == Assignment.UNKNOWN:
            return Name(row.reference, "认不出是哪个单位", open=True)
        if self._was_named(row, measure):
            return Name("、".join(shorts), f"原文“{row.reference}”，点名{len(shorts)}家" if shorts else "")
        if not resolved:
            return Name(row.reference, _why_none(row))
        if len(resolved) == 1 and not _is_collective(row, resolved[0]):
            return Name(self._with_host(resolved[0]))
        return Name(row.reference, listed, count=len(shorts))

    def _was_named(self, row: Assignment, measure: Measure) -> bool:
        """Whether a decision says who it is: then the units stand in the cell, not the vague word."""
        phrases = {one.phrase for one in self.namings.get(measure.number, [])}
        return row.reference in phrases or (row.reference in OPEN_PHRASES and any(p.startswith("等") for p in phrases))

    def _with_host(self, one: AssignedUnit) -> str:
        host = self.host_of.get(one.unit_id)
        return f"{one.unit.short}（{host}）" if host else one.unit.short

    def _starred(self, leads: list[Name], measure: Measure) -> list[Name]:
        """★ stands before the lead that gathers; where a collective word leads, 安委办 gathers and nobody is starred."""
        gatherer = measure.gatherer.short if measure.gatherer else ""
        at = next((n for n, name in enumerate(leads) if gatherer and name.text.startswith(gatherer)), None)
        return [replace(name, star=place == at) for place, name in enumerate(leads)]

    def _notes(self, measure: Measure) -> list[str]:
        notes = []
        for day, paper in dict.fromkeys((one.decided_on, one.paper) for one in self.namings.get(measure.number, [])):
            notes.append(f"点名：安委办{day.month}月{day.day}日确定{f'（{paper}）' if paper else ''}")
        if measure.gatherer is None and any(row.lead for row in measure.assignments.all()):
            notes.append("汇总：区安委办")
        if units := list(dict.fromkeys(self.waived.get(measure.series_id or 0, []))):
            notes.append(f"不涉及：{'、'.join(units)}（{len(units)}家）")
        if (parent := measure.parent_measure) is not None:
            notes.append(f"上级要点对应条：《{parent.plan.title}》第{parent.number}条")
        return notes


def in_lines(names: list[Name]) -> list[Name]:
    """Plain names that follow each other share a line: 「★区安委办、区委宣传部、区委组织部」."""
    lines: list[Name] = []
    for name in names:
        plain = not (name.small or name.open or name.star)
        if lines and plain and not (lines[-1].small or lines[-1].open):
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text}、{name.text}")
        else:
            lines.append(name)
    return lines


def _rows(measure: Measure, demands: list[Demand]) -> list[Row]:
    """One row a demand, «12-1» where there are several; a lone report speaks of the whole text."""
    if not demands:
        return [Row(measure.number, _body(measure), "—", "—", True)]
    several = len(demands) > 1
    return [
        Row(
            number=f"{measure.number}-{place}" if several else measure.number,
            content=_body(measure) if not several and one.kind == Demand.REPORT else one.sentence,
            finish=one.finish,
            proof=one.proof,
            verified=one.verified,
        )
        for place, one in enumerate(demands, 1)
    ]


def _body(measure: Measure) -> str:
    """The text without its heading sentence, which has its own column."""
    rest = measure.text.removeprefix(measure.title).lstrip("。．.：:　 ")
    return rest or measure.title


def _days(measure: Measure, demands: list[Demand]) -> str:
    """The second line of 完成时限: the dates meant, short."""
    if measure.deadlines:
        days = [date.fromisoformat(text) for text in measure.deadlines]
        years = {day.year for day in days} - {measure.plan.year}
        return "、".join(f"{day.year}.{day.month}.{day.day}" if years else f"{day.month}.{day.day}" for day in days)
    if anchor := measure.relative:
        sort = "个工作日" if anchor.get("working") else "日"
        return f"自{anchor.get('from') or '起算日'}起{anchor['days']}{sort}"
    if measure.ongoing:
        return (
            "、".join(dict.fromkeys(RHYTHM_ENDS.get(one.every, "") for one in demands if one.kind != Demand.REPORT))
            or "12.31"
        )
    return ""


def _is_collective(row: Assignment, one: AssignedUnit) -> bool:
    """A collective word that means a single unit here still lists it."""
    return row.reference.startswith(("各", "相关", "有关")) and row.reference != one.unit.short


def _why_none(row: Assignment) -> str:
    if row.status == Assignment.NOT_EXPANDED:
        return row.reason.removeprefix("不展开：")
    return "已在上列单位内"
