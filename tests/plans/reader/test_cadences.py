"""Cadences in running text."""

import pytest

from tests.plans.reader.reading import one


@pytest.mark.parametrize(
    ("text", "at_least", "every", "deed"),
    [
        ("至少半年组织1次集体学习", 1, "half_year", "集体学习"),
        ("每季度至少公布1个案例", 1, "quarter", "案例"),
        ("每月召开一次安全例会", 1, "month", "安全例会"),
        ("每月调度工作进展", 1, "month", "工作进展"),
        ("组织应急演练每年不少于2次", 2, "year", "应急演练"),
        ("开展专题学习，每半年至少1次", 1, "half_year", "专题学习"),
        ("每年组织不少于两次的综合演练", 2, "year", "综合演练"),
        ("全年开展督导检查不少于4次", 4, "year", "督导检查"),
        ("每半年听取１次安全生产汇报", 1, "half_year", "安全生产汇报"),
        ("每三个月开展1次联合执法", 1, "quarter", "联合执法"),
    ],
)
def test_a_cadence_says_how_often_and_what(text, at_least, every, deed):
    found = one(f"{text}。（责任单位：区应急局）")["cadences"]
    assert [(c["at_least"], c["every"], c["object"]) for c in found] == [(at_least, every, deed)]
    assert found[0]["text"] in text


def test_several_cadences_in_one_sentence():
    found = one("区委常委会每季度至少研究1次安全生产，每半年至少组织1次集体学习。（责任单位：区委办）")["cadences"]
    assert [(c["at_least"], c["every"]) for c in found] == [(1, "quarter"), (1, "half_year")]


@pytest.mark.parametrize("text", ["引导每位公民参与", "每年增长5%", "落实季度小结制度", "逐月下降", "每个企业建档"])
def test_what_only_sounds_like_a_cadence_is_none(text):
    assert one(f"{text}。（责任单位：区应急局）")["cadences"] == []
