"""One of everything that has an address: a plan in force and a draft, and of each object one that is 青榆镇's own.

`address(route)` fills a route of the resolver ("duties/<int:pk>/waive") with the numbers of these objects. A route whose
object is not told here is a KeyError: whoever adds an address adds its object, and its line in tests/doors.yaml.
"""

import io
import re
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from anwei.accidents.actions import record_accidents
from anwei.activities.actions import record_activities
from anwei.books import staging
from anwei.duties.actions import ask_extension, attach_to_part, hand_back, start_return
from anwei.duties.models import Dispatch, Due, Duty
from anwei.errands import actions as errands
from anwei.errands.models import MoreTime, VillageLink
from anwei.errands.sheets import read_empty
from anwei.files.models import Attachment
from anwei.files.store import keep
from anwei.journal.models import Entry
from anwei.outbox.models import Notice
from anwei.plans.actions import import_plan
from anwei.plans.models import Assignment, Plan
from anwei.plans.urls import urlpatterns
from anwei.references import about
from anwei.registers.actions import record_evaluation, register_installations
from anwei.units.models import GroupMember
from tests.accidents.conftest import furniture
from tests.activities.conftest import study
from tests.district import Cast
from tests.files.samples import picture, upload
from tests.plan import TEXT
from tests.registers.conftest import pipeline

DAY = "2023-09-25"
HOLE = re.compile(r"<\w+:(\w+)>")
REVIEW = {str(one.pattern) for one in urlpatterns}  # these ask for a plan that is not yet in force


@dataclass(frozen=True)
class Everything:
    """`things`: (start of the route up to the number, name of the number) -> what is filled in."""

    things: dict[tuple[str, str], object]

    def address(self, route: str) -> str:
        told = filled = route.replace("plans/", "draft/") if route in REVIEW else route
        for hole in HOLE.finditer(told):
            filled = filled.replace(hole[0], str(self._thing(told[: hole.start()], hole[1])), 1)
        return "/" + filled.replace("draft/", "plans/")

    def _thing(self, start: str, name: str) -> object:
        """The longest start that is told for this number."""
        told = [key for key in self.things if key[1] == name and start.startswith(key[0])]
        if not told:
            raise KeyError(f"tests/everything.py has no {name} for {start}")
        return self.things[max(told, key=lambda key: len(key[0]))]


def build(cast: Cast, plan: Plan) -> Everything:
    """`plan` is the small plan in force; everything else is made here, on the demonstration day."""
    return Everything({
        **_gate(cast), **_plans(cast, plan), **_duties(cast, plan), **_ledgers(cast), **_errands(cast),
    })  # fmt: skip


def _gate(cast: Cast) -> dict:
    person = cast.people["qingyu.clerk"]
    member = GroupMember.objects.filter(group__key="sc_fire_members").first()
    return {
        ("units/", "pk"): cast.units["sc_fire"].pk,
        ("groups/", "pk"): member.group_id,
        ("members/", "pk"): member.pk,
        ("people/", "pk"): person.pk,
        ("people/", "post_pk"): person.posts.get().pk,
        ("settings/", "key"): "session.idle_minutes",
        ("journal/", "pk"): Entry.objects.first().pk,
        ("notices/", "pk"): Notice.objects.filter(to=about(cast.units["qingyu"])).first().pk,
    }


def _plans(cast: Cast, plan: Plan) -> dict:
    """The draft stands in the routes of the review, the plan in force in all others."""
    by = cast.by("office", DAY)
    draft = import_plan(by, text=TEXT.replace("12月底前", "择日"), source_name="要点.txt")
    keep(by, draft, [upload("要点.txt", draft.source_text.encode())])
    found = {("plans/", "pk"): plan.pk, ("plans/", "measure"): plan.measures.get(number="1").pk}
    return found | {
        ("draft/", "pk"): draft.pk,
        ("draft/", "measure"): draft.measures.get(number="1").pk,
        ("draft/", "finding"): draft.findings.first().pk,
        ("draft/", "reference"): Assignment.objects.filter(measure__plan=draft).first().pk,
    }


def _duties(cast: Cast, plan: Plan) -> dict:
    clerk, town = cast.by("qingyu.clerk", DAY), cast.units["qingyu"]
    duty = Duty.objects.get(unit=town, demand__kind="count")
    due = Due.objects.get(duty=duty, window_start=date(2023, 7, 1))
    extension = ask_extension(clerk, due, until=date(2024, 1, 20), reason="换届")
    handback = hand_back(clerk, Duty.objects.filter(unit=town, demand__kind="report").first(), reason="不属于我镇")
    made = start_return(clerk, town, plan=plan, day=date(2023, 9, 1))
    part = made.parts.first()
    [photo], _ = attach_to_part(clerk, part, [upload("现场.jpg", picture())])
    return {
        ("duties/", "pk"): duty.pk,
        ("dues/", "pk"): due.pk,
        ("extensions/", "pk"): extension.pk,
        ("handbacks/", "pk"): handback.pk,
        ("dispatches/", "pk"): Dispatch.objects.get(unit=town).pk,
        ("returns/", "pk"): made.pk,
        ("parts/", "pk"): part.pk,
        ("parts/", "file_pk"): photo.pk,
    }


def _ledgers(cast: Cast) -> dict:
    clerk, office = cast.by("qingyu.clerk", DAY), cast.by("office", DAY)
    [activity], _ = record_activities(clerk, [study()])
    [installation], _ = register_installations(clerk, [pipeline(town="青榆镇", regulators="区应急局")])
    evaluation = record_evaluation(clerk, installation, day=date(2023, 9, 22))
    [accident], _ = record_accidents(office, [furniture()])
    found = {
        ("activities/", "pk"): activity.pk,
        ("installations/", "pk"): installation.pk,
        ("installations/", "evaluation_pk"): evaluation.pk,
        ("accidents/", "pk"): accident.pk,
    }
    for book, row in (("activities", activity), ("accidents", accident)):
        kept, *_ = keep(clerk, row, [upload("现场.jpg", picture())])
        found[f"{book}/", "file_pk"] = kept[0].pk
    for book in ("activities", "installations", "accidents"):
        staged = staging.stage(book, about(cast.people["qingyu.clerk"]), "表.xlsx", ["甲"], [["乙"]], 2)
        found[f"{book}/import/", "token"] = staged.token
    return found


def _errands(cast: Cast) -> dict:
    office, clerk, town = cast.by("office", DAY), cast.by("qingyu.clerk", DAY), cast.units["qingyu"]
    errand = errands.give(
        office, units=[town], text="请排查。", due_on=office.today, uploads=[upload("来.jpg", picture())]
    )
    part = errand.parts.get()
    errands.ask_more_time(clerk, part=part, until=date(2023, 9, 29), reason="忙")
    errands.give(clerk, units=[cast.units["old_street"]], text="请村里排查。", due_on=clerk.today)
    return _collection(cast) | {
        ("errands/", "pk"): errand.pk,
        ("errands/parts/", "pk"): part.pk,
        ("errands/parts/", "asked_pk"): MoreTime.objects.get().pk,
        ("errands/parts/", "word"): "grant",
        ("errands/", "file_pk"): Attachment.objects.of(errand).get().pk,
        ("e/", "token"): VillageLink.objects.get().token,
        ("e/", "file_pk"): 0,
    }


def _collection(cast: Cast) -> dict:
    """Out to 青榆镇 alone, which has handed in one row."""
    office, clerk = cast.by("office", DAY), cast.by("qingyu.clerk", DAY)
    table = [["序号", "场所名称", "钢瓶数"], [1, "例：某饭店", 4]]
    empty, problem = read_empty(table)
    assert empty is not None, problem
    made = errands.prepare(office, title="排查表", note="", sheet=empty, upload=upload("表.xlsx", sheet(table)))
    made = errands.open_collection(
        office, collection=made, columns=empty.columns, units=[cast.units["qingyu"]], due_on=date(2023, 9, 28), note=""
    )
    filling = made.fillings.get()
    filling = errands.save_rows(clerk, filling=filling, version=filling.version, rows=[[None, "甲饭店", 30]],
                                upload=upload("报.xlsx", sheet(table)))  # fmt: skip
    errands.hand_in(clerk, filling=filling)
    return {
        ("collections/", "pk"): made.pk,
        ("collections/", "file_pk"): Attachment.objects.of(made).get().pk,
        ("collections/fillings/", "pk"): filling.pk,
        ("collections/fillings/", "file_pk"): Attachment.objects.of(filling).get().pk,
        ("collections/fillings/", "copy_pk"): filling.copies.get().pk,
    }


def sheet(rows: list[list[object]]) -> bytes:
    """A workbook of one page, everything in it plain text or a plain number."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet()
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    return out.getvalue()
