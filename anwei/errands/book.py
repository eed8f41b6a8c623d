"""The ledgers: errands, and their parts unit by unit."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from anwei.books.book import Book, Button
from anwei.books.columns import Column
from anwei.books.filters import Choice, Days, Flag, Keyword
from anwei.errands.models import Addressee, Collection, Errand, ErrandPart, Filling
from anwei.errands.models.collection import COLLECTION_FLOW
from anwei.errands.models.errand import ERRAND_FLOW
from anwei.errands.models.part import PART_FLOW
from anwei.journal.by import By
from anwei.units.models import Kind, Unit


def _share(done: Any) -> Any:
    """How many of the parts have come so far: 45/47."""

    def words(errand: Errand) -> str:
        parts = [part for part in errand.parts.all() if part.state != "released"]
        return f"{sum(map(done, parts))}/{len(parts)}" if parts else "—"

    return words


def _give_button(by: By) -> Iterable[Button]:
    if by.may.reach("errand.give"):
        yield {"title": "交办", "url": "/errands/new", "icon": "send", "primary": True}


def _ledger_buttons(by: By) -> Iterable[Button]:
    yield {"title": "按单位看", "url": "/errands/parts", "icon": "table"}
    yield from _give_button(by)


def _part_buttons(by: By) -> Iterable[Button]:
    yield {"title": "按交办单看", "url": "/errands", "icon": "table"}


def _units(by: By) -> list[tuple[str, str]]:
    reach = by.may.reach("errand.read")
    units = Unit.objects.standing_on(by.today).exclude(kind=Kind.ESTABLISHMENT).official()
    units = units.exclude(kind=Kind.VILLAGE) if reach.all else units.filter(pk__in=reach.owners)
    return [(str(unit.pk), unit.short) for unit in units]


def _to_unit(rows: QuerySet[Any], unit: str) -> QuerySet[Any]:
    return rows.filter(pk__in=Addressee.objects.filter(unit_id=int(unit), giver=False).values("errand_id"))


ERRANDS = Book(
    key="errands",
    title="交办台账",
    noun="交办单",
    url="/errands",
    read="errand.read",
    model=Errand,
    rows=lambda by: Errand.objects.seen_by(by),
    order="-opened_on",
    caliber="您有权查看的交办单，一行一单。签收、反馈、办结两数为已签收（已反馈、已办结）与应办单位数，免办的不计。",
    columns=(
        Column("title", "交办事项", width=40),
        Column("number", "文号", value="number_words", width=18),
        Column("source_words", "来源", width=18),
        Column("to_words", "主送单位", width=30),
        Column("giver", "交办单位", value="giver.short", in_list=False),
        Column("opened_on", "发出日期", kind="date", sort=True),
        Column("signed", "签收", value=_share(lambda part: part.signed_at is not None), width=8),
        Column("due_on", "办结时限", kind="date", sort=True),
        Column("answered", "反馈", value=_share(lambda part: part.state in ("answered", "done")), width=8),
        Column("closed", "办结", value=_share(lambda part: part.state == "done"), width=8),
        Column("state", "状态", value="state_label", width=10),
    ),
    filters=(
        Keyword(("title", "text", "outside_number"), help="事项、内容、文号"),
        Choice("state", "状态", lambda by: list(ERRAND_FLOW.states.items())),
        Choice("to", "主送单位", _units, lookup=_to_unit),
        Days("due_on", "时限"),
    ),
    list_related=("giver",),
    list_prefetch=(Prefetch("parts", ErrandPart.objects.select_related(None).only("errand_id", "state", "signed_at")),),
    buttons=_ledger_buttons,
    empty="还没有交办单，或者筛选得太窄。",
)

PARTS = Book(
    key="errand_parts",
    title="交办事项（按单位）",
    noun="交办事项",
    url="/errands/parts",
    read="errand.read",
    model=ErrandPart,
    rows=lambda by: ErrandPart.objects.received_by(by),
    order="-opened_on",
    caliber="您有权查看的承办单位，一单位一行。时限为批准延期后的时限；反馈日期为最近一次反馈。",
    columns=(
        Column("title", "交办事项", value="errand.title", width=40),
        Column("number", "文号", value="errand.number_words", width=18),
        Column("source_words", "来源", value="errand.source_words", width=18),
        Column("unit", "承办单位", kind="unit", sort="unit__order", width=14),
        Column("opened_on", "发出日期", kind="date", sort=True),
        Column("signed_on", "签收日期", kind="date"),
        Column("due_on", "办结时限", kind="date", sort=True),
        Column("answered_on", "反馈日期", kind="date"),
        Column("answer", "办理结果", in_list=False, width=40),
        Column("state", "状态", value="state_label", width=10),
        Column("late", "逾期", value=lambda part: "逾期反馈" if part.is_late else "", width=10),
    ),
    filters=(
        Keyword(("errand__title", "answer"), help="事项、办理结果"),
        Choice("state", "状态", lambda by: list(PART_FLOW.states.items())),
        Choice("unit", "单位", _units, lookup="unit_id"),
        Days("due_on", "时限"),
        Flag("open", "只看未办结", on=lambda rows: rows.filter(closed_on=None)),
    ),
    buttons=_part_buttons,
    empty="还没有交办事项，或者筛选得太窄。",
)


def _in_of(collection: Collection) -> str:
    fillings = collection.fillings.all()
    return f"{sum(one.is_in for one in fillings)}/{len(fillings)}" if fillings else "—"


def _collect_button(by: By) -> Iterable[Button]:
    if by.may.reach("collection.open"):
        yield {"title": "发起收表", "url": "/collections/new", "icon": "plus", "primary": True}


COLLECTIONS = Book(
    key="collections",
    title="收表",
    noun="收表",
    url="/collections",
    read="collection.read",
    model=Collection,
    rows=lambda by: Collection.objects.seen_by(by),
    order="-opened_on",
    caliber="您有权查看的收表，一行一表。已报为已报送（含零报告）单位数与应报单位数。",
    columns=(
        Column("title", "表名", width=40),
        Column("opened_on", "发起日期", kind="date", sort=True),
        Column("due_on", "报送时限", kind="date"),
        Column("handed_in", "已报", value=_in_of, width=10),
        Column("state", "状态", value="state_label", width=10),
        Column("opened_by", "发起人", in_list=False, width=16),
    ),
    filters=(
        Keyword(("title", "note"), help="表名、要求"),
        Choice("state", "状态", lambda by: list(COLLECTION_FLOW.states.items())),
        Days("due_on", "时限"),
    ),
    list_prefetch=(
        Prefetch("fillings", Filling.objects.select_related(None).only("collection_id", "state", "unit_id")),
    ),
    buttons=_collect_button,
    empty="还没有收表，或者筛选得太窄。",
)
