from anwei.errands import actions
from anwei.errands.models import Collection, Filling
from tests.books.makers import Maker


def _errands(cast, number):
    by = cast.by("office")
    units = [cast.units["qingyu"], cast.units["housing"]]
    texts = [f"第{place}件" for place in range(number)] + ["=1+1独一件"]
    return [actions.give(by, units=units, text=text, due_on=by.today) for text in texts]


def _parts(cast, number):
    by = cast.by("office")
    texts = [f"第{place}件" for place in range(number)] + ["=1+1独一件"]
    return [actions.give(by, units=[cast.units["qingyu"]], text=text, due_on=by.today).parts.get() for text in texts]


def _collections(cast, number):
    by = cast.by("office")
    made = []
    for title in [*(f"第{place}张表" for place in range(number)), "=1+1独一张"]:
        collection = Collection.objects.create(
            giver=by.unit, holder=by.unit, title=title, columns=[{"label": "甲"}, {"label": "乙"}], opened_on=by.today,
            due_on=by.today, state="open", opened_by="副主任",
        )  # fmt: skip
        for code in ("qingyu", "housing"):
            unit = cast.units[code]
            Filling.objects.create(
                collection=collection, unit=unit, holder=unit, due_on=by.today, opened_on=by.today, state="filling"
            )
        made.append(collection)
    return made


MAKERS = {
    "errands": Maker(_errands, "独一件"),
    "errand_parts": Maker(_parts, "独一件"),
    "collections": Maker(_collections, "独一张"),
}
