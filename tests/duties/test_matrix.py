"""进展一览: every figure counted once by hand on the small plan, as of 10 July 2023.

One line per measure and unit: the dues that had opened by then.
  1 studies       青榆镇 met on 8 June, 汀岚镇 late by a make-up of 5 July, 区住建局 extended to 15 July, the three others overdue;
                  the lead 区安委办 owes the first half's return: overdue. The second half is open for all seven.
  2 消防整治       青榆镇 «不涉及» in both halves; the four others and 区消防安全专委会 overdue since 8 June.
  3 典型案例       区住建局 and 区消防救援大队: two quarters overdue each, the third open; the lead 区应急局 owes the return.
  4 应急准备       区应急局 and the two towns: overdue, the second half open.
"""

from datetime import date

import pytest

from anwei.duties.actions import ask_extension, confirm_waivers, decide_extension, record_make_up
from anwei.duties.matrix import a_month_before, falls_due, figures, matrix, table_of
from anwei.duties.progress import by_measure, unit_progress
from anwei.references import about
from tests.duties.asking import due, duty, studied

pytestmark = pytest.mark.django_db
ON = date(2023, 7, 10)


@pytest.fixture
def plan(district, small_plan):
    studied(district, "qingyu", "2023-06-08")
    late = studied(district, "tinglan", "2023-07-05")
    record_make_up(district.by("office", "2023-07-06"), due(district, "tinglan", "1"), fact=about(late), reason="补学")
    asked = ask_extension(
        district.by("housing.clerk", "2023-06-20"),
        due(district, "housing", "1"),
        until=date(2023, 7, 15),
        reason="换届",
    )
    decide_extension(district.by("office.head", "2023-06-21"), asked, grant=True)
    confirm_waivers(district.by("qingyu.reviewer", "2023-04-10"), [duty(district, "qingyu", "2")], reason="没有")
    return small_plan


@pytest.fixture
def shown(district, plan):
    columns = [district.units[code] for code in ("committee_office", "party_office", "emergency_bureau", "housing", "fire_brigade", "qingyu", "tinglan")]  # fmt: skip
    measures = list(plan.measures.select_related("chapter").order_by("order"))
    return matrix(plan, table_of(plan, ON), columns, measures)


def line(shown, number):
    return next(one for block in shown.blocks for one in block.lines if one.measure.number == number)


def cells(shown, number) -> dict[str, str]:
    """unit code -> «standing done/due» of a line."""
    found = zip(shown.units, line(shown, number).cells, strict=True)
    return {unit.code: f"{cell.standing} {cell.done}/{cell.due}" for unit, cell in found if cell}


def test_a_cell_shows_its_worst_opened_due_and_how_many_are_done(shown):
    assert cells(shown, "1") == {
        "committee_office": "overdue 0/2",
        "party_office": "overdue 0/2",
        "emergency_bureau": "overdue 0/2",
        "housing": "extended 0/2",
        "fire_brigade": "overdue 0/2",
        "qingyu": "not_due 1/2",
        "tinglan": "met_late 2/2",
    }
    assert cells(shown, "2") == {
        "housing": "overdue 0/2",
        "fire_brigade": "overdue 0/4",  # its own and, as secretariat, the committee's
        "qingyu": "not_applicable 0/0",
        "tinglan": "overdue 0/2",
    }
    assert cells(shown, "3") == {
        "emergency_bureau": "overdue 0/2",
        "housing": "overdue 0/3",
        "fire_brigade": "overdue 0/3",
    }


def test_a_due_whose_window_has_not_begun_is_in_no_cell_and_not_owed_yet(shown):
    assert cells(shown, "3")["housing"].endswith("/3")
    assert line(shown, "3").figures.owed == 8  # two units with three quarters of the four, the lead with two halves


@pytest.mark.parametrize(
    ("number", "owed", "fallen", "done", "overdue"),
    [
        ("1", 14, 6, 2, 4),  # of seven first halves one is extended and is not asked yet
        ("2", 8, 4, 0, 4),  # 青榆镇's two are outside
        ("3", 8, 5, 0, 5),
        ("4", 6, 3, 0, 3),
    ],
)
def test_the_four_figures_of_each_line(shown, number, owed, fallen, done, overdue):
    found = line(shown, number).figures
    assert (found.owed, found.due, found.done, found.overdue) == (owed, fallen, done, overdue)


@pytest.mark.parametrize("number", ["1", "2", "3", "4"])
def test_the_cells_of_a_line_add_up_to_its_figures(shown, number):
    mine = [cell for cell in line(shown, number).cells if cell]
    found = line(shown, number).figures
    assert (sum(cell.done for cell in mine), sum(cell.due for cell in mine)) == (found.met, found.owed)


def test_lines_columns_and_chapters_add_up_to_the_whole(shown):
    whole = shown.figures
    assert (whole.owed, whole.due, whole.done, whole.overdue) == (36, 18, 2, 16)
    assert whole.rate_words == "11.1%"
    for parts in ([block.figures for block in shown.blocks], shown.columns):
        for name in ("owed", "due", "done", "overdue", "met"):
            assert sum(getattr(part, name) for part in parts) == getattr(whole, name), name
    assert [block.title for block in shown.blocks] == ["压实安全责任", "严格执法检查"]


def test_where_nothing_is_due_yet_there_is_no_rate(plan):
    early = figures(table_of(plan, date(2023, 3, 20)))
    assert (early.due, early.rate, early.rate_words) == (0, None, "—")


def test_the_matrix_of_an_earlier_day_knows_nothing_of_what_came_later(plan):
    june = figures(table_of(plan, a_month_before(ON)))
    assert a_month_before(ON) == date(2023, 6, 30)
    # nine returns of 8 June and two first quarters are overdue; on its last day a study is not late
    assert (june.done, june.overdue) == (1, 9 + 2)
    assert june.due > june.done


def test_the_calendar_counts_what_falls_due_on_each_day_and_leaves_out_what_is_waived(plan):
    found = falls_due(table_of(plan, ON), date(2023, 6, 1), date(2023, 7, 31))
    assert found == [
        (date(2023, 6, 8), 9, 0),  # ten returns, 青榆镇's of measure 2 is «不涉及»
        (date(2023, 6, 30), 7, 2),  # five studies (one is extended) and two quarters
        (date(2023, 7, 15), 1, 0),  # the extension
    ]


def test_progress_of_a_measure_counts_units_that_have_nothing_open(plan):
    table = table_of(plan, ON)
    series = {number: plan.measures.get(number=number).series_id for number in "1234"}
    found = by_measure(table)
    assert (found[series["1"]].standing, found[series["1"]].done, found[series["1"]].units) == ("overdue", 1, 7)
    assert (found[series["2"]].done, found[series["2"]].units) == (0, 4)  # 青榆镇 owes nothing there
    mine = table.where(table.series == series["1"])
    units = {unit: (worst, done, owed) for unit, worst, done, owed in unit_progress(mine)}
    assert units[duty_unit(plan, "汀岚镇")] == ("met_late", 2, 2)


def duty_unit(plan, short):
    return plan.duties.filter(unit__short=short).values_list("unit_id", flat=True)[0]


def test_an_empty_table_is_an_empty_matrix(district, small_draft):
    shown = matrix(small_draft, table_of(small_draft, ON), [district.units["qingyu"]], [])
    assert (shown.figures.owed, shown.blocks) == (0, [])
