"""What a form or a sheet brings becomes a checked draft, or problems that say what to do. Reads, never writes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from anwei.activities.answers import COLUMNS, read_answers
from anwei.activities.models import Activity
from anwei.activities.names import UnitNames, official
from anwei.books.problems import Problem
from anwei.journal.by import By
from anwei.periods import in_words, parse_day
from anwei.rulebook import ActivityKind, activity_kinds, parameter
from anwei.units.models import Unit
from anwei.units.queries import overrides_on

FIRST_DAY: Final = date(2000, 1, 1)
LATE: Final = "activity.late_after_days"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """`units` are those that it counts for; `row` is the place in what was handed in."""

    row: int
    kind: ActivityKind
    also: tuple[ActivityKind, ...]
    happened_on: date
    organiser: Unit
    units: list[Unit]
    topic: str
    answers: dict[str, Any]
    late: bool
    files: list[Any] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, int, date, str]:
        """What makes two entries the same activity."""
        return self.kind.key, self.organiser.pk, self.happened_on, self.topic

    def column(self, name: str) -> Any:
        return self.answers.get(name)

    @property
    def rest(self) -> dict[str, Any]:
        return {key: value for key, value in self.answers.items() if key not in COLUMNS}


@dataclass(frozen=True, slots=True)
class Reading:
    """What is looked up once for a whole sheet."""

    by: By
    capability: str
    names: UnitNames
    kinds: dict[str, ActivityKind]
    late_after: int
    reaches: Callable[[Unit], bool]


def read_rows(
    by: By, rows: Iterable[Row], *, capability: str = "activity.record", instead_of: Activity | None = None
) -> tuple[list[Draft], list[Problem]]:
    """Drafts of the good rows and the problems of the others; five queries for a sheet of any length.

    A row holds `kind`, `also`, `happened_on`, `organiser`, `units`, `files` and the rulebook's fields by key. Units are
    rows or names, `units` a list of them or names with 、 between; without `units` it counts for the organiser.
    `instead_of` is the activity that a correction replaces.
    """
    kinds = {kind.label: kind for kind in activity_kinds()} | {kind.key: kind for kind in activity_kinds()}
    reaches = within_reach(by, capability)
    reading = Reading(by, capability, UnitNames(by.today, reaches), kinds, _late_after(by), reaches)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for place, row in enumerate(rows):
        draft, wrong = _read_one(reading, place, row, _first_entered(by, instead_of))
        drafts += [draft] if draft is not None else []
        problems += wrong
    return _without_doubles(drafts, problems, instead_of)


def within_reach(by: By, capability: str) -> Callable[[Unit], bool]:
    """Whether a right covers a unit's rows."""
    reach = by.may.reach(capability)
    return lambda unit: reach.all or unit.pk in reach.owners


def _late_after(by: By) -> int:
    return parameter(LATE).at(by.today, overrides_on(by.today)).number


def _first_entered(by: By, activity: Activity | None) -> date:
    """A correction does not make late what was entered in time."""
    first = by.today
    while activity is not None:
        first, activity = activity.entered_on, activity.corrects
    return first


def _read_one(reading: Reading, place: int, row: Row, entered_on: date) -> tuple[Draft | None, list[Problem]]:
    kind = reading.kinds.get(str(row.get("kind") or "").strip())
    if kind is None:
        known = "、".join(one.label for one in activity_kinds())
        return None, [Problem(place, "kind", f"没有“{_shown(row.get('kind'))}”这类活动，请从下列种类中选择：{known}。")]
    wrong: list[Problem] = []
    day = _day(reading, place, kind, row, wrong)
    organiser = _organiser(reading, place, row, wrong)
    units = _units(reading, place, kind, row, organiser, wrong)
    also = _also(reading, place, kind, row, units, wrong)
    answers, complaints = read_answers(kind, row)
    wrong += [Problem(place, name, message) for name, message in complaints]
    if kind.files_required and not row.get("files") and not row.get("has_files"):
        wrong.append(Problem(place, "files", f"{kind.label}须附佐证材料，请逐条录入并上传附件。"))
    if wrong or day is None or organiser is None:
        return None, wrong
    late_after = reading.late_after if kind.late_after_days is None else kind.late_after_days
    late = (entered_on - day).days > late_after
    topic = topic_of(kind, answers)
    return Draft(place, kind, also, day, organiser, units, topic, answers, late, list(row.get("files") or [])), []


def topic_of(kind: ActivityKind, answers: dict[str, Any]) -> str:
    """What the activity is called in lists: its topic or film, else its kind with whom it was about."""
    if answers.get("topic"):
        return str(answers["topic"])
    about = answers.get("film") or answers.get("interviewee") or ""
    return f"{kind.label}：{about}"[:200] if about else kind.label


def _day(reading: Reading, place: int, kind: ActivityKind, row: Row, wrong: list[Problem]) -> date | None:
    try:
        day = parse_day(row.get("happened_on"), kind.day_label)
    except ValueError as error:
        wrong.append(Problem(place, "happened_on", str(error)))
        return None
    today = reading.by.today
    if FIRST_DAY <= day <= today:
        return day
    rule = f"不能晚于今天（{in_words(today)}）" if day > today else f"不能早于 {in_words(FIRST_DAY)}"
    advice = "还没有举行的活动，办过之后再录" if day > today else "请核对年份"
    wrong.append(Problem(place, "happened_on", f"{kind.day_label} {day} {rule}，{advice}。"))
    return None


def _organiser(reading: Reading, place: int, row: Row, wrong: list[Problem]) -> Unit | None:
    given = row.get("organiser") or reading.by.unit
    unit, message = (given, "") if isinstance(given, Unit) else reading.names.find(str(given or ""))
    if unit is None:
        wrong.append(Problem(place, "organiser", f"主办单位：{message}" if given else "请填写主办单位。"))
    elif not reading.reaches(unit):
        message = f"您不能以“{unit}”的名义录入活动，请由该单位自行录入，或请区安委办统一录入。"
        wrong.append(Problem(place, "organiser", message))
    return unit


def _units(
    reading: Reading, place: int, kind: ActivityKind, row: Row, organiser: Unit | None, wrong: list[Problem]
) -> list[Unit]:
    given = row.get("units") or ""
    if isinstance(given, str):
        units, messages = reading.names.read(given)
        if messages:
            wrong += [Problem(place, "units", f"计入单位：{message}") for message in messages]
            return []
    else:
        units = list(given)
    units = official(units or ([organiser] if organiser else []))
    beyond = [unit.short for unit in units if not reading.reaches(unit) and unit != organiser]
    misfit = [unit.short for unit in units if not kind.may_be_held_by(unit.kind)]
    if beyond:
        message = f"您不能替{_listed(beyond)}录入，请由其自行录入，或请区安委办统一录入。"
        wrong.append(Problem(place, "units", message))
    if misfit:
        message = f"{_listed(misfit)}不在“{kind.label}”计入的单位范围内，请改选计入单位或活动种类。"
        wrong.append(Problem(place, "units", message))
    if len(units) > 1 and not kind.joint:
        message = f"“{kind.label}”一次只计入一家单位，现填了{len(units)}家，请每家录一条。"
        wrong.append(Problem(place, "units", message))
    return units


def _also(
    reading: Reading, place: int, kind: ActivityKind, row: Row, units: list[Unit], wrong: list[Problem]
) -> tuple[ActivityKind, ...]:
    given = row.get("also") or []
    names = given.replace("，", "、").split("、") if isinstance(given, str) else given
    found: dict[str, ActivityKind] = {}
    for name in filter(None, (str(one).strip() for one in names)):
        other = reading.kinds.get(name)
        if other is None or other.key not in kind.together_with:
            wrong.append(Problem(place, "also", f"一场“{kind.label}”不能同时算作“{_shown(name)}”，请另录一条。"))
        elif not any(other.may_be_held_by(unit.kind) for unit in units):
            wrong.append(Problem(place, "also", f"所填单位都不计入“{other.label}”，请去掉这一项。"))
        else:
            found[other.key] = other
    return tuple(found.values())


def _without_doubles(
    drafts: list[Draft], problems: list[Problem], instead_of: Activity | None
) -> tuple[list[Draft], list[Problem]]:
    standing = Activity.objects.valid().filter(
        host__in={draft.organiser.pk for draft in drafts}, happened_on__in={draft.happened_on for draft in drafts}
    )
    if instead_of is not None:
        standing = standing.exclude(pk=instead_of.pk)
    known = set(standing.values_list("kind", "host_id", "happened_on", "topic")) if drafts else set()
    good: list[Draft] = []
    seen: set[tuple[str, int, date, str]] = set()
    for draft in drafts:
        if draft.key not in known | seen:
            seen.add(draft.key)
            good.append(draft)
            continue
        where = "台账里已有" if draft.key in known else "本次已有"
        message = (
            f"{where}{draft.organiser}{in_words(draft.happened_on)}的{draft.kind.label}“{draft.topic}”，不再重复录入。"
            "当天确有两场的，请在主题中写明区别。"
        )
        problems.append(Problem(draft.row, "topic", message))
    return good, problems


def _listed(names: list[str]) -> str:
    most = 6
    return "、".join(names[:most]) + (f"等{len(names)}家" if len(names) > most else "")


def _shown(value: Any) -> str:
    return str(value or "")[:40]
