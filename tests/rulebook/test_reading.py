"""Bad data is refused with file, line and rule: whoever edits a number of the law sees where and why."""

from datetime import date
from pathlib import Path

import pytest

from anwei.rulebook.activities import load_activity_kinds
from anwei.rulebook.demands import load_demands
from anwei.rulebook.parameters import load_parameters
from anwei.rulebook.reading import RulebookError
from anwei.rulebook.unit_classes import load_profiles
from anwei.rulebook.workdays import load_workdays

GOOD = """\
- key: test.days
  label: 某期限
  unit: 日
  source: {law: 某条例, article: 第二十九条}
  mark: seen
  verified: true
  values:
    - {from: 2007-06-01, value: 60}
    - {from: 2024-01-01, value: 90}
"""


def refused(tmp_path: Path, text: str, load=None) -> str:
    """The message, after the file's name, for a file of parameters (or of another sort) with that text."""
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        load_parameters(tmp_path) if load is None else load(path)
    assert "bad.yaml" in str(caught.value)
    return str(caught.value).split("bad.yaml", 1)[1]


def test_the_sample_is_good(tmp_path):
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    (only,) = load_parameters(tmp_path).values()
    assert [only.at(day).number for day in (date(2023, 12, 31), date(2024, 1, 1))] == [60, 90]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("unit: 日", "units: 日", ":3 不认识的键 units，可用：key、label、unit"),
        ("  unit: 日\n", "", ":1 缺少 unit，请补上"),
        ("  unit: 日\n", "  unit: 日\n  unit: 年\n", ":4 键 unit 写了两次"),
        ("value: 60", "value: 六十", ":8 应为整数，现为 “六十”"),
        ("value: 60", "value: 60.5", ":8 应为整数，现为 “60.5”"),
        ("value: 60", "value: [60]", ":8 应为整数，现为 列表"),
        ("from: 2024-01-01", "from: 2007-06-01", ":9 2007-06-01 不晚于上一条 2007-06-01"),
        ("from: 2024-01-01", "from: 2001-01-01", ":9 2001-01-01 不晚于上一条"),
        ("from: 2024-01-01", "from: 2024-02-30", ":9 2024-02-30 不是有效日期，请按 年-月-日 填写"),
        ("from: 2024-01-01", "from: 明年", ":9 应为日期 年-月-日，现为 “明年”"),
        (", article: 第二十九条", "", ":4 已核（verified: true）的条目必须写明条款"),
        ("source: {law: 某条例, article: 第二十九条}", "source: 某条例", ":4 应为“键: 值”"),
        ("source: {law: 某条例, article: 第二十九条}", "source: {law: '', article: 第二十九条}", ":4 文字是空的"),
        ("mark: seen", "mark: memory", ":6 标记为 memory（未见原文）的条目不能写 verified: true"),
        ("mark: seen", "mark: heard", ":5 heard 不在可用值之内"),
        ("verified: true", "verified: 是", ":6 应为true 或 false，现为 “是”"),
        ("  values:", "  type: months\n  values:", ":7 months 不在可用值之内，可用：integer、month_day"),
        ("label: 某期限", "label: 2023", ":2 应为文字（数字和日期请加引号），现为 “2023”"),
        ("label: 某期限", "label: [", ": "),
    ],
)
def test_a_slip_in_a_parameter_is_named_with_its_line_and_the_rule(tmp_path, old, new, message):
    assert old in GOOD
    found = refused(tmp_path, GOOD.replace(old, new, 1))
    if message == ": ":
        assert "不是合格的 YAML" in found
    else:
        assert found.startswith(message)


def test_the_same_key_in_two_files_is_refused(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    assert refused(tmp_path, GOOD).startswith(":1 编号 test.days 已在第 1 行（或另一文件）用过")


def test_an_empty_file_and_an_empty_list_of_values_are_refused(tmp_path):
    assert "是空文件" in refused(tmp_path, "# nothing\n")
    cut = GOOD.split("  values:", maxsplit=1)[0]
    assert "values 是空的" in refused(tmp_path, cut + "  values: []\n")


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_bytes(b"\xff\xfe\x00bad")
    with pytest.raises(RulebookError, match="不是合格的 YAML"):
        load_parameters(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("off: {2022-12-31: 元旦}\n  worked: []", ":4 2022-12-31 不在 2023 年，请移到 2022 年下面"),
        ("off: {2023-01-01: 元旦}\n  worked: [2023-01-03]", ":5 2023-01-03 本来就是周一至周五"),
        ("off: {2023-01-28: 春节}\n  worked: [2023-01-28]", ":5 2023-01-28 既放假又上班"),
    ],
)
def test_a_slip_in_the_calendar_is_named_with_its_line(tmp_path, text, message):
    head = "- year: 2023\n  confirmed: true\n  notice: 某号\n  "
    assert refused(tmp_path, head + text + "\n", load_workdays).startswith(message)


def test_a_confirmed_year_names_its_notice_and_years_stand_in_order(tmp_path):
    year = "- year: {}\n  confirmed: {}\n  notice: {}\n  off: {{}}\n  worked: []\n"
    assert "必须写明放假安排通知的文号" in refused(tmp_path, year.format(2023, "true", "null"), load_workdays)
    twice = year.format(2023, "false", "null") * 2
    assert refused(tmp_path, twice, load_workdays).startswith(":6 2023 年重复或次序不对")


REPORT = """\
- id: return
  label: 落实情况
  kind: report
  every: half_year
  finish: 报告1份
  proof: 落实情况表
  source: {law: 通行做法}
  mark: convention
  verified: false
"""
COUNT = """\
- id: study
  label: 学习
  kind: count
  fact: activity.collective_study
  offered_by: activities
  phrases: [集体学习]
  every: half_year
  number: study.per_half_year
  proof: 台账
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (COUNT, ":1 report 类的条目必须有且只有一条"),
        (REPORT + COUNT.replace("  every: half_year\n", ""), ":10 count 类的任务要求缺少 every"),
        (REPORT + COUNT.replace("half_year\n  number", "weekly\n  number"), ":16 weekly 不在可用值之内"),
        (REPORT + COUNT.replace("study.per_half_year", "study.nothing"), ":17 没有参数 study.nothing"),
        (REPORT + COUNT.replace("[集体学习]", "[{all: []}]"), ":15 all 和 any 都是空的"),
        (REPORT + COUNT.replace("  phrases: [集体学习]\n", ""), ":10 count 类的任务要求至少要有 phrases"),
        (REPORT + COUNT + "  who: {kinds: [city]}\n", ":19 city 不在可用值之内"),
        (REPORT + COUNT + "  mark: seen\n", ":19 出处随 number 所指的参数，请删去"),
        (REPORT.replace("  mark: convention\n", ""), ":1 没有 number 的条目要写 source、mark、verified"),
        (REPORT + REPORT, ":10 编号 return 已在第 1 行"),
    ],
)
def test_a_slip_in_the_catalogue_of_demands_is_named_with_its_line(tmp_path, text, message):
    assert refused(tmp_path, text, load_demands).startswith(message)


KINDS = """\
fields:
  topic: {label: 主题, type: text}
kinds:
- key: study
  label: 学习
  group: 学习
  fact: activity.study
  description: 按当天计
  fields: [topic]
  required: [topic]
  held_by: [town]
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("fields: [topic]", "fields: [topic, host]", ":9 host 不在可用值之内，可用：topic"),
        ("required: [topic]", "required: [host]", ":10 host 不在可用值之内"),
        ("held_by: [town]", "held_by: [city]", ":11 city 不在可用值之内"),
        ("held_by: [town]", "held_by: [town]\n  together_with: [film]", ":12 film 不在可用值之内，可用：study"),
        ("type: text", "type: picture", ":2 picture 不在可用值之内"),
        ("type: text", "type: choice", ":2 choices 只给 type: choice 用"),
    ],
)
def test_a_slip_in_the_kinds_of_activities_is_named_with_its_line(tmp_path, old, new, message):
    assert refused(tmp_path, KINDS.replace(old, new, 1), load_activity_kinds).startswith(message)


def test_a_class_without_one_of_the_steps_is_refused(tmp_path):
    text = (
        "- key: 甲\n  label: 属地\n  steps: {remind: true, prompt_letter: true, chase_order: true, circular: true}\n"
        "  ranked: true\n  assessment: 排等次\n  source: {law: 通行做法}\n  mark: convention\n  verified: false\n"
    )
    assert refused(tmp_path, text, load_profiles).startswith(":3 缺少 admonition")
