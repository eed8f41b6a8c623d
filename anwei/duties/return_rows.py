"""落实情况表 as values: all measures of a unit with facts, own words, standing and proofs; for screen, docx and workbook."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from anwei.duties.breakdown import Entry, Name, breakdown_of
from anwei.duties.models import Duty, Part, Return
from anwei.duties.queries import measures_of
from anwei.duties.sentences import Told, told_of
from anwei.duties.standing import worst
from anwei.duties.standings import Table, standings
from anwei.journal.by import By
from anwei.periods import Window
from anwei.plans.models import Measure
from anwei.units.queries import overrides_on

COLUMNS = (
    "序号", "重点任务", "牵头单位", "责任单位", "完成时限", "落实情况", "进度", "存在问题", "下一步打算", "佐证（件）",
)  # fmt: skip
FIELDS = ("words", "trouble", "next_step")
CALIBER = "落实情况第一段由台账按事情发生当天计出，不能改；第二段由单位补充。进度为本期已开始的各项里最差的一项，台账计出的条上报后不再变；佐证＝台账行数＋附件件数。"
NOTHING_COUNTED = "台账里还没有计到；登记以后自动写在这里，不用填。"


@dataclass(slots=True)
class MeasureLine:
    """What each line of a return says of its measure, a unit's and the district's alike."""

    entry: Entry

    @property
    def leads(self) -> str:
        return joined(self.entry.leads)

    @property
    def others(self) -> str:
        return joined(self.entry.others)

    @property
    def measure(self) -> Measure:
        return self.entry.measure


@dataclass(slots=True)
class Line(MeasureLine):
    """One measure in a unit's return. `part` is None where the ledgers alone count it; `typed` holds what was sent and
    not saved, `problem` why not, `theirs` what a colleague saved in between."""

    part: Part | None
    facts: str
    ledger_rows: int
    standing: str
    editable: bool = False
    typed: dict[str, str] | None = None
    problem: str = ""
    theirs: str = ""

    @property
    def files(self) -> int:
        return self.part.evidence_count if self.part else 0

    @property
    def proofs(self) -> int:
        return self.ledger_rows + self.files

    @property
    def is_written(self) -> bool:
        return bool(self.facts or (self.part and self.part.words))

    def text(self, name: str) -> str:
        if self.typed is not None:
            return self.typed.get(name, "")
        return getattr(self.part, name) if self.part else ""

    @property
    def mark(self) -> str:
        """Stands in the form beside the texts, so that a row nobody touched is never taken for a change."""
        return mark_of(getattr(self.part, name) for name in FIELDS) if self.part else ""

    @property
    def words(self) -> str:
        return self.text("words")

    @property
    def trouble(self) -> str:
        return self.text("trouble")

    @property
    def next_step(self) -> str:
        return self.text("next_step")


@dataclass(slots=True)
class Block:
    title: str
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class ReturnTable:
    """`as_of` is the day of the ledgers (the day of handing in once that is past), `on` the day of the standings."""

    made: Return
    blocks: list[Block]
    as_of: date
    on: date

    @property
    def lines(self) -> list[Line]:
        return [line for block in self.blocks for line in block.lines]

    @property
    def parts(self) -> list[Line]:
        return [line for line in self.lines if line.part is not None]

    @property
    def written(self) -> int:
        return sum(line.is_written for line in self.parts)

    @property
    def title(self) -> str:
        return f"《{self.made.plan}》{self.made.label}落实情况表"


def joined(names: Iterable[Name]) -> str:
    """Units as the plan writes them, one after the other: a line each would make the rows of a wide table too tall."""
    return "、".join(name.words for name in names)


def mark_of(texts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:16]


def window_of_return(made: Return) -> Window:
    return Window(made.window_start, made.window_end, made.label)


def return_table(made: Return, by: By, on: date) -> ReturnTable:
    """A fixed number of queries: the breakdown, the parts, the standings of the unit, two per counted fact."""
    window = window_of_return(made)
    as_of = made.handed_in_on or by.today
    parts = {part.measure_id: part for part in made.parts.select_related("acceptor", "holder")}
    for part in parts.values():
        part.of_return = made
    shown = {measure.pk for measure in measures_of(made)} | parts.keys()
    chapters = breakdown_of(made.plan).chapters
    series = {entry.measure.series_id or 0 for one in chapters for entry in one.entries if entry.measure.pk in shown}
    told = told_of(made.unit_id, series, window, as_of)
    now = in_window(standings(_duties(made), on, overrides_on(on)), window)
    then = now if as_of >= on else in_window(standings(_duties(made), as_of, overrides_on(as_of)), window)
    blocks = []
    for chapter in chapters:
        lines = [
            _line(made, by, entry, parts.get(entry.measure.pk), told, (now, then), min(as_of, window.end))
            for entry in chapter.entries
            if entry.measure.pk in shown
        ]
        if lines:
            blocks.append(Block(chapter.title, lines))
    return ReturnTable(made, blocks, min(as_of, window.end), on)


def in_window(table: Table, window: Window) -> Table:
    """Dues that belong to a period: begun in it or before, not over before it."""
    begun = table.start <= np.datetime64(window.end)
    running = np.isnat(table.deadline) | (table.deadline >= np.datetime64(window.start))
    return table.where(begun & running)


def standing_of(table: Table, series: int | None) -> str:
    return worst(table.code[table.series == (series or -1)])


def may_write(by: By, part: Part) -> bool:
    """Before handing in whoever fills; what a lead gathers afterwards, whoever checks."""
    if part.locked():
        return False
    return by.may("report.check" if part.state == "submitted" else "report.fill", part)


def _line(
    made: Return,
    by: By,
    entry: Entry,
    part: Part | None,
    told: dict[int, Told],
    tables: tuple[Table, Table],
    last: date,
) -> Line:
    """Of a table that was handed in, what is counted stands as it did then; what was written goes on to be accepted."""
    mine = told.get(entry.measure.series_id or 0, Told())
    frozen = part is not None and made.state == "handed_in" and part.state != "open"
    if part is not None:
        part.measure = entry.measure
    return Line(
        entry=entry,
        part=part,
        facts=part.facts if frozen and part else mine.sentence(last),
        ledger_rows=mine.rows,
        standing=standing_of(tables[0] if part is not None else tables[1], entry.measure.series_id),
        editable=part is not None and may_write(by, part),
    )


def _duties(made: Return):
    series = Measure.objects.filter(plan=made.plan).exclude(series=None).values("series_id")
    return Duty.objects.filter(unit=made.unit, series_id__in=series)
