"""Bringing a file in as a draft: its text through the reader, the original kept as it came."""

from collections.abc import Sequence
from typing import Any

from anwei.files import store
from anwei.journal.acts import act, say
from anwei.journal.by import By
from anwei.plans.actions import import_plan
from anwei.plans.models import Finding, Plan
from anwei.plans.sources import Source


@act("plan.import")
def import_document(
    by: By,
    *,
    source: Source,
    source_name: str,
    year: int | None = None,
    replaces: Plan | None = None,
    outside: bool = False,
    originals: Sequence[Any] = (),
) -> tuple[Plan, list[str]]:
    """(draft, what is wrong with the originals). What the file reader noticed becomes findings of the whole document;
    an original of a kind that is not let in is left out with words, the draft stays."""
    text = source.text.replace("\x00", "")
    plan = import_plan(by, text=text, source_name=source_name, year=year, replaces=replaces)
    if outside:
        plan.outside = True
        plan.save(update_fields=["outside"])
    Finding.objects.bulk_create(Finding(plan=plan, start=0, end=0, message=words[:500]) for words in source.problems)
    _, problems, _ = store.keep(by, plan, originals)
    say(f"导入文件“{source_name}”（{source.kind}）", about_rows=[plan])
    return plan, problems
