from datetime import date
from pathlib import Path

import pytest

from anwei.rulebook import Override, RulebookError, all_parameters, edition, parameter
from anwei.rulebook.parameters import load_parameters

TODAY = date(2023, 9, 25)


def test_the_accident_investigation_takes_60_days_by_article_29_and_that_was_read():
    found = parameter("accident.investigation_days").at(TODAY)
    assert found.number == 60
    assert str(found.source) == "生产安全事故报告和调查处理条例第二十九条"
    assert found.verified
    assert found.since == date(2007, 6, 1)


@pytest.mark.parametrize(
    ("key", "value", "verified"),
    [
        ("study.per_half_year", 1, True),
        ("typical_case.per_quarter", 1, False),
        ("accident.investigation_extension_days", 60, True),
        ("accident.ratification_days", 15, True),
        ("talk.per_year", 1, False),
        ("return.text_limit", 150, False),
        ("return.lead_working_days", 5, False),
        ("sign_in.max_failures", 5, False),
    ],
)
def test_the_numbers_of_the_spine_and_whether_they_were_read(key, value, verified):
    found = parameter(key).at(TODAY)
    assert (found.number, found.verified) == (value, verified)


def test_before_a_rule_is_in_force_there_is_no_value_but_a_message():
    with pytest.raises(RulebookError, match=r"自 2007-06-01 起才有规定，2007-05-31 的事项请按当时的文件人工确定"):
        parameter("accident.investigation_days").at(date(2007, 5, 31))


def test_an_unknown_key_is_named():
    with pytest.raises(RulebookError, match=r"没有参数 accident\.days"):
        parameter("accident.days")


def test_the_days_of_the_return_fall_in_the_year_asked():
    assert parameter("return.half_year_day").at(TODAY).in_year(2023) == date(2023, 6, 15)
    assert parameter("return.year_day").at(TODAY).in_year(2024) == date(2024, 12, 15)
    with pytest.raises(RulebookError, match="不是 月-日"):
        parameter("return.text_limit").at(TODAY).in_year(2023)
    with pytest.raises(RulebookError, match="不是数字"):
        _ = parameter("return.half_year_day").at(TODAY).number


def test_the_29th_of_february_falls_on_the_28th_where_there_is_none():
    own = [Override("return.half_year_day", "02-29", date(2023, 1, 1))]
    found = parameter("return.half_year_day").at(TODAY, own)
    assert (found.in_year(2023), found.in_year(2024)) == (date(2023, 2, 28), date(2024, 2, 29))


def test_a_district_sets_its_own_number_from_a_day_on():
    own = [
        Override("duty.due_soon_working_days", 5, date(2023, 7, 1), "区安委办通知"),
        Override("duty.due_soon_working_days", "7", date(2023, 9, 1), "改口径"),
        Override("duty.due_soon_working_days", 20, date(2023, 10, 1), "尚未开始"),
        Override("return.text_limit", 300, date(2023, 1, 1)),
    ]
    entry = parameter("duty.due_soon_working_days")
    assert entry.at(date(2023, 6, 30), own).number == 10
    assert entry.at(date(2023, 7, 1), own).number == 5
    found = entry.at(TODAY, own)
    assert (found.number, found.overridden, found.reason, found.verified) == (7, True, "改口径", False)


def test_a_number_of_the_law_cannot_be_set_by_a_district():
    own = [Override("accident.investigation_days", 90, date(2023, 1, 1))]
    with pytest.raises(RulebookError, match="由法规确定，区级不能另设"):
        parameter("accident.investigation_days").at(TODAY, own)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("return.text_limit", "很多", "很多 不是整数，请填写整数（单位：字）"),
        ("return.text_limit", True, "不是整数"),
        ("return.text_limit", None, "不是整数"),
        ("return.text_limit", 10, "10 超出范围，请填写 50 至 1000（单位：字）"),
        ("return.half_year_day", "06-31", "06-31 不是有效的 月-日"),
        ("return.half_year_day", 615, "615 不是有效的 月-日"),
    ],
)
def test_a_setting_of_the_wrong_sort_is_refused_in_words(key, value, message):
    with pytest.raises(RulebookError, match=message):
        parameter(key).checked(value)


def test_a_repealed_rule_has_no_value_from_that_day_on(tmp_path: Path):
    (tmp_path / "a.yaml").write_text(
        "- key: old.rule\n  label: 旧规\n  unit: 日\n  source: {law: 旧规定}\n  mark: memory\n  verified: false\n"
        "  values: [{from: 2010-01-01, value: 3}, {from: 2020-01-01, value: null}]\n",
        encoding="utf-8",
    )
    rule = load_parameters(tmp_path)["old.rule"]
    assert rule.at(date(2019, 12, 31)).number == 3
    assert rule.at(date(2020, 1, 1)).repealed
    with pytest.raises(RulebookError):
        _ = rule.at(date(2020, 1, 1)).number


def test_the_page_of_the_law_lists_every_number_in_force_with_its_source_and_mark():
    lines = {line.key: line for line in edition(TODAY)}
    assert len(lines) == len(all_parameters())
    study = lines["study.per_half_year"]
    assert (study.value, study.unit, study.verified, study.mark_in_words) == (1, "次／半年", True, "见原文")
    assert lines["return.half_year_day"].mark_in_words == "常例"
    own = {line.key: line for line in edition(TODAY, [Override("return.text_limit", 200, TODAY, "区里定")])}
    assert (own["return.text_limit"].value, own["return.text_limit"].mark_in_words) == (200, "本区设置")


def test_a_rule_that_is_not_yet_in_force_is_left_out_of_the_page():
    keys = {line.key for line in edition(date(2007, 6, 1))}
    assert "accident.investigation_days" in keys
    assert "accident.evaluation_days" not in keys


def test_nothing_is_called_verified_that_was_not_read():
    for entry in all_parameters():
        assert not entry.verified or (entry.standing.mark in ("seen", "derived") and entry.source.article)


def test_every_setting_accepts_its_own_default():
    for entry in all_parameters():
        if entry.setting:
            assert entry.checked(entry.values[-1][1]) == entry.values[-1][1]
