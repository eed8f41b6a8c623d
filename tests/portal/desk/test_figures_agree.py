"""Every figure opens its rows: the number above and the list below are counted alike."""

import html
import re
from datetime import date

import pytest

from anwei.duties.matrix import matrix, table_of
from anwei.units.models import Unit

FIGURE = re.compile(r'href="(/duties\?[^"]*)"><span class="visually-hidden">([^<]*)：</span>(\d+)<')
DAYS = ["2023-04-30", "2023-09-25"]
PLACES = ["/matrix", "/matrix?page=members", "/matrix?chapter=1", "/matrix?standing=overdue", "/dashboard", "plan"]
pytestmark = pytest.mark.django_db


def listed(client, address):
    answer = client.get(html.unescape(address).replace("/duties?", "/duties.json?"))
    assert answer.status_code == 200, address
    return answer.json()["total"]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("place", PLACES)
def test_a_figure_is_as_long_as_the_list_that_it_opens(browser, small_plan, study, place, day):
    study("qingyu", "2023-04-20")
    client = browser("office")
    place = f"/plans/{small_plan.pk}" if place == "plan" else place
    found = FIGURE.findall(client.get(f"{place}{'&' if '?' in place else '?'}on={day}").text)
    assert {"应办事项", "到期应办", "逾期"} <= {name for _, name, _ in found}
    for address, name, number in found:
        assert listed(client, address) == int(number), (name, address)


@pytest.mark.parametrize("day", DAYS)
def test_the_sums_of_the_matrix_are_the_sums_of_its_cells(small_plan, study, day):
    study("qingyu", "2023-04-20")
    table = table_of(small_plan, date.fromisoformat(day))
    found = matrix(small_plan, table, list(Unit.objects.official()), list(small_plan.measures.all()))
    lines = [line for block in found.blocks for line in block.lines]
    for line in lines:
        cells = [cell for cell in line.cells if cell]
        assert (line.figures.met, line.figures.owed) == (sum(c.done for c in cells), sum(c.due for c in cells))
    for place, column in enumerate(found.columns):
        cells = [cell for line in lines if (cell := line.cells[place])]
        assert (column.met, column.owed) == (sum(c.done for c in cells), sum(c.due for c in cells))
    assert found.figures.met == sum(line.figures.met for line in lines) > 0


def test_a_day_of_the_calendar_opens_what_falls_due_on_it_in_every_plan(browser, small_plan):
    client = browser("office")
    page = client.get("/calendar?month=2023-06&scope=all").text
    found = [
        (address, number)
        for number, address in re.findall(r'title="(\d+)项任务到期"><a href="([^"]*)"', page)
        if "day=2023-06-" in address
    ]
    assert found
    for address, number in found:
        assert listed(client, address) == int(number), address
