"""The example plan reads the same from every kind of file: 27 measures, the same units, the same dates."""

import datetime

import pytest

from anwei.plans.reader import read_plan
from anwei.plans.sources import read_source
from tests.plans.sources.samples import csv_table, docx_of, docx_table, plan_rows, plan_text, printed, xlsx_table
from tests.plans.sources.test_office import converted, needs_office


def lines() -> list[str]:
    return [line for line in plan_text().split("\n") if line]


def facts(name: str, data: bytes) -> list[tuple]:
    """What the office would check, measure by measure."""
    draft, problems = read_plan(read_source(name, data).text)
    assert problems == []
    return [
        (m.number, m.title, m.chapter, m.lead, m.responsible, m.deadlines, m.deadline_text, m.ongoing, m.relative)
        for m in draft.measures
    ]


def expected() -> list[tuple]:
    return facts("要点.txt", plan_text().encode())


def test_the_text_gives_27_measures_with_the_words_that_stand_there():
    rows = plan_rows()
    found = expected()
    assert [(fact[0], fact[1], fact[6]) for fact in found] == [(row[1], row[2], row[6]) for row in rows]
    assert [fact[3] for fact in found] == [tuple(row[4].split("、")) for row in rows]
    assert found[0][5] == (datetime.date(2023, 6, 30), datetime.date(2023, 12, 31))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("要点.txt", lambda: plan_text().encode("gb18030")),
        ("要点.txt", lambda: plan_text().encode("utf-16")),
        ("要点.docx", lambda: docx_of(plan_text().split("\n"))),
        ("分解表.docx", docx_table),
        ("分解表.xlsx", xlsx_table),
        ("分解表.csv", csv_table),
        ("要点.pdf", lambda: printed(lines(), head="临江区安全生产委员会文件")),
        ("窄页.pdf", lambda: printed(lines(), columns=26, rows=25)),
    ],
)
def test_every_kind_of_file_gives_the_same_measures(name, make):
    assert facts(name, make()) == expected()


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "ending"),
    [(lambda: docx_of(lines()), "pdf"), (docx_table, "pdf"), (lambda: docx_of(lines()), "doc"), (docx_table, "rtf")],
)
def test_what_libreoffice_makes_of_the_plan_gives_the_same_measures(make, ending, tmp_path):
    assert facts(f"要点.{ending}", converted(make(), ending, tmp_path)) == expected()
