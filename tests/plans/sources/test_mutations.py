"""Whatever bytes come: text or a message, never a crash."""

import functools
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anwei.plans.sources import Limits, Source, Unreadable, read_source
from tests.plans.sources.samples import (
    csv_table,
    docx_of,
    docx_table,
    docx_xml,
    package,
    paragraph,
    plan_text,
    printed,
    sheet_of,
)

LIMITS = Limits(seconds=20)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


@functools.cache
def real(kind: str) -> bytes:
    rows = [["序号", "重点任务", "牵头单位", "完成时限"], [1, "学习", "甲局", "6月"], [2, "宣传", "乙局", "年底"]]
    return {
        "docx": lambda: docx_of(["一、思想", "1.学习（牵头单位：甲）"]),
        "table": docx_table,
        "xlsx": lambda: sheet_of(rows, ((1, 2, 2, 2, "甲局"),)),
        "pdf": lambda: printed(plan_text().split("\n")[:4]),
        "txt": lambda: plan_text().encode(),
        "csv": csv_table,
    }[kind]()


def survives(data: bytes, name: str = "坏.docx") -> None:
    try:
        source = read_source(name, data, LIMITS)
    except Unreadable as refused:
        assert str(refused).startswith(f"文件「{name}」")
    else:
        assert isinstance(source, Source) and source.text.strip()


def changed(data: bytes, draw) -> bytes:
    """A few bytes set, a piece cut out, doubled or the end torn off."""
    made = bytearray(data)
    for _ in range(draw(st.integers(0, 6))):
        made[draw(st.integers(0, len(made) - 1))] = draw(st.integers(0, 255))
    start = draw(st.integers(0, len(made)))
    end = min(len(made), start + draw(st.integers(0, 200)))
    how = draw(st.sampled_from(["keep", "cut", "double", "tear"]))
    if how == "cut":
        del made[start:end]
    elif how == "double":
        made[start:start] = made[start:end]
    elif how == "tear":
        del made[start:]
    return bytes(made)


@pytest.mark.parametrize(("kind", "examples"), [("docx", 120), ("table", 60), ("txt", 60), ("csv", 60)])
def test_changed_bytes_of_real_files_give_text_or_a_message(kind, examples):
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def check(data):
        survives(changed(real(kind), data.draw))

    check()


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_changed_bytes_of_files_read_in_a_child_process_give_text_or_a_message(kind):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def check(data):
        survives(changed(real(kind), data.draw))

    check()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_changed_xml_inside_a_whole_zip_gives_text_or_a_message(data):
    """Mutated zips mostly fail at the checksum; here the damage reaches the walk itself."""
    table = "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>"
    whole = docx_xml(
        paragraph("甲", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') * 2 + table, numbering=NUMBERING
    )
    with zipfile.ZipFile(BytesIO(whole)) as given_zip:
        parts = {name: given_zip.read(name) for name in given_zip.namelist()}
    path = data.draw(st.sampled_from(sorted(parts)))
    old = data.draw(
        st.sampled_from(["w:val", '"0"', '"1"', "<w:p/>", "w:tc", "w:tr", "gridSpan", "numPr", "w:t", "start"])
    )
    new = data.draw(st.sampled_from(["", '"-9"', '"999999999999"', '"x"', "<w:tbl/>", "<w:p><w:p/></w:p>", "w:t", "w:tbl", "mc:AlternateContent", "w:sdt"]))  # fmt: skip
    parts[path] = parts[path].replace(old.encode(), new.encode(), data.draw(st.integers(1, 3)))
    survives(package(parts))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_message(data):
    survives(data, "任意.txt")


CELLS = st.text(alphabet="一1-、.（）：牵头单位局序号\n\t =#", max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=6))
def test_any_cells_under_a_head_give_text_or_a_message(rows):
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in [["序号", "重点任务", "牵头单位", "时限"], *rows])
    survives(text.encode(), "表.csv")
