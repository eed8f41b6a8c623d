"""Debris of Word and PDF changes nothing; nothing a file contains crashes the reader or makes it slow."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwei.plans.reader import NotAPlan, draft_to_json, read_plan

TEXT = (Path(__file__).parents[3] / "examples" / "key-points-2023.txt").read_text(encoding="utf-8")
SMALL = "\n".join(TEXT.split("\n")[2:12])


def essence(text):
    draft, _ = read_plan(text)
    return [
        (m.chapter, m.number, m.title, m.lead, m.responsible, m.deadlines, m.ongoing, m.relative, len(m.cadences))
        for m in draft.measures
    ]


@pytest.mark.parametrize("width", [24, 30, 37, 42])
def test_hard_line_breaks_of_a_fixed_width_change_nothing(width):
    wrapped = "\n".join(line[i : i + width] for line in TEXT.split("\n") for i in range(0, len(line) or 1, width))
    assert essence(wrapped) == essence(TEXT)


def test_blanks_inside_words_change_nothing():
    spaced = TEXT.replace("单位", "单 位").replace("责任", "责 任").replace("安委", "安 委").replace("12月", "12 月")
    assert [row[3:] for row in essence(spaced)] == [row[3:] for row in essence(TEXT)]


def test_full_width_digits_and_half_width_marks_change_nothing():
    wide = TEXT.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert essence(wide)[0][1] == "1"
    assert [row[3:] for row in essence(wide)] == [row[3:] for row in essence(TEXT)]
    narrow = TEXT.translate(str.maketrans("：，；", ":,;"))
    assert [row[5:] for row in essence(narrow)] == [row[5:] for row in essence(TEXT)]


def test_page_numbers_and_running_heads_are_no_text():
    pages = TEXT.split("\n")
    broken = []
    for number, line in enumerate(pages):
        half = len(line) // 2
        torn = [line[:half], f"— {number} —", "区安委会文件", line[half:]] if len(line) > 200 else [line]
        broken.extend(torn)
    assert essence("\n".join(broken)) == essence(TEXT)


@given(st.integers(0, len(SMALL) - 1).flatmap(lambda at: st.tuples(st.just(at), st.integers(0, len(SMALL) - at))))
@settings(max_examples=60, deadline=None)
def test_any_part_of_a_plan_is_read_or_refused(cut):
    at, size = cut
    read_or_refuse(SMALL[:at] + SMALL[at + size :])


@given(
    st.text(
        alphabet="一二三、。，；：（）()【】《》1234年月日底前牵头责任单位配合负责完成时限每季度至少次区局等\n\t 第阶段附件①**.—",
        max_size=300,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused(text):
    read_or_refuse("2023年工作要点\n一、任务\n1." + text)


@given(st.lists(st.tuples(st.integers(0, len(SMALL)), st.text(max_size=6)), max_size=8))
@settings(max_examples=60, deadline=None)
def test_insertions_never_crash_the_reader(insertions):
    text = SMALL
    for at, piece in insertions:
        text = text[:at] + piece + text[at:]
    read_or_refuse(text)


def read_or_refuse(text):
    try:
        draft, problems = read_plan(text)
    except NotAPlan as refusal:
        assert str(refusal)
        return
    for measure in draft_to_json(draft, problems)["measures"]:
        start, end = measure["span"]
        assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n ",
        "今天天气不错。\n1. 买苹果\n2. 买牛奶",
        "中华人民共和国安全生产法\n第一条 为了加强安全生产工作，制定本法。\n第二条 本法适用于生产经营单位。",
        "2023年安全生产工作总结\n一、主要工作\n（一）压实责任。研究4次。\n二、存在问题\n（一）基础薄弱。",
        "name,phone\n张三,123\n李四,456",
    ],
)
def test_what_is_no_plan_is_refused_in_chinese(text):
    with pytest.raises(NotAPlan, match=r"[一-龥]{6}"):
        read_plan(text)


HOSTILE = [
    "（",
    "区应急局、",
    "责任单位：",
    "（区应急局牵头，",
    "每月",
    "6月底前完成甲，",
    "1.甲。",
    "三、甲\n",
    "\n",
    "《",
    "由",
    "和区应急局",
    "（一）整治\n1.落实\n（1）检查\n①整改\n（二）检查\n",
    "第一阶段（3月）。动员。\n第二阶段（4月）。整治。\n",
    "6月底前，",
    "序号  任务  责任单位  时限\n1  整治  区住建局、  6月\n   检查  各镇\n",
]


@pytest.mark.parametrize("piece", ["plan", *HOSTILE])
def test_the_work_grows_no_faster_than_the_text(piece):
    """Twice the text may take twice the time; the bound leaves room for a busy machine, not for a quadratic pass."""
    unit = TEXT if piece == "plan" else piece
    once = unit * (4 if piece == "plan" else 12_000 // len(piece))
    small, large = spent(once), spent(once * 4)
    assert large < small * 9 + 0.15


def spent(body):
    best = float("inf")
    for _ in range(2):
        begin = time.process_time()
        read_or_refuse("2023年安全生产工作要点\n一、任务\n1.排查。" + body)
        best = min(best, time.process_time() - begin)
    return best


def test_a_row_whose_number_column_holds_something_else_has_a_span_in_order():
    text = (
        "台账\n任务 | 责任单位 | 完成时限 | 序号\n储备沙袋 | 各街道 | 5月底 | 常态化\n检查泵站 | 区水利局 | 6月底 | 2\n"
    )
    for measure in draft_to_json(*read_plan(text))["measures"]:
        assert measure["span"][0] < measure["span"][1]
