"""The original with its marks: nothing of the text is lost, every mark has its place, doubts show above the rest."""

from hypothesis import given
from hypothesis import strategies as st

from anwei.plans.marking import DOUBT, FOUND, Mark, find_reference, find_rest, pieces

TEXT = "责任单位：区应急局等有关部门，各镇（街道）"


def test_the_words_under_a_mark_are_the_words_of_its_span():
    found = pieces(TEXT, [Mark(5, 9, FOUND, "a"), Mark(9, 14, DOUBT, "b")])
    assert [(piece.text, piece.mark.anchor) for piece in found if piece.mark] == [
        ("区应急局", "a"),
        ("等有关部门", "b"),
    ]


def test_a_doubt_shows_where_it_overlaps_what_was_recognised_and_both_anchors_stay():
    found = pieces(TEXT, [Mark(0, len(TEXT), DOUBT, "whole"), Mark(5, 9, FOUND, "inside")])
    assert {piece.mark.kind for piece in found} == {DOUBT}
    anchors = [a for piece in found for a in (*piece.anchors, *([piece.mark.anchor] if piece.mark.anchor else []))]
    assert sorted(anchors) == ["inside", "whole"]


def test_the_shorter_of_two_doubts_shows():
    found = pieces(TEXT, [Mark(0, len(TEXT), DOUBT, "long"), Mark(9, 14, DOUBT, "short")])
    assert next(piece.mark.anchor for piece in found if piece.text == "等有关部门") == "short"


def test_a_span_beyond_the_text_marks_nothing():
    assert [piece.mark for piece in pieces(TEXT, [Mark(5, 999, DOUBT), Mark(-1, 3, DOUBT)])] == [None]


SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from([DOUBT, FOUND]))


@given(st.text(max_size=25), st.lists(SPANS, max_size=8), st.lists(st.integers(0, 30), max_size=4))
def test_no_letter_is_lost_or_doubled_and_each_anchor_stands_once(text, spans, places):
    marks = [Mark(a, b, kind, f"m{n}") for n, (a, b, kind) in enumerate(spans)]
    found = pieces(text, marks, [(at, f"p{n}") for n, at in enumerate(places)])
    assert "".join(piece.text for piece in found) == text
    anchors = [a for piece in found for a in (*piece.anchors, *([piece.mark.anchor] if piece.mark else [])) if a]
    wanted = [m.anchor for m in marks if m.start < m.end <= len(text)] + [f"p{n}" for n in range(len(places))]
    assert sorted(anchors) == sorted(wanted)


def test_a_name_broken_over_two_lines_is_found():
    broken = "责任单位：区住房和\n　城乡建设局"
    start, end = find_reference(broken, "区住房和城乡建设局", 0, len(broken))
    assert broken[start:end] == "区住房和\n　城乡建设局"


def test_the_open_end_of_a_list_is_the_words_that_leave_it_open():
    start, end = find_rest(TEXT, 0, len(TEXT))
    assert TEXT[start:end] == "等有关部门"
