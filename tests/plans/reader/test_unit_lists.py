"""Lists of units: separators, names with marks of their own, open lists."""

import pytest

from tests.plans.reader.reading import one


@pytest.mark.parametrize(
    ("value", "units", "is_open"),
    [
        (
            "区发改委、区教育局，区民政局；区司法局,区财政局",
            ["区发改委", "区教育局", "区民政局", "区司法局", "区财政局"],
            False,
        ),
        ("区发改委 区教育局、区民政局", ["区发改委", "区教育局", "区民政局"], False),
        ("区发改委和区教育局及各镇", ["区发改委", "区教育局", "各镇"], False),
        (
            "区住房和城乡建设局、区人力资源和社会保障局、区文化和旅游局",
            ["区住房和城乡建设局", "区人力资源和社会保障局", "区文化和旅游局"],
            False,
        ),
        ("各县（市、区）人民政府、各镇（街道）", ["各县（市、区）人民政府", "各镇（街道）"], False),
        ("各镇、街道，经开区管委会", ["各镇、街道", "经开区管委会"], False),
        ("相关行业、领域主管部门", ["相关行业、领域主管部门"], False),
        ("公安**分局、**新城管理局", ["公安**分局", "**新城管理局"], False),
        ("区发改委、区商务局等有关部门，各镇（街道）", ["区发改委", "区商务局", "各镇（街道）"], True),
        ("区发改委等部门", ["区发改委"], True),
        ("区发改委、区商务局等8个部门", ["区发改委", "区商务局"], True),
        ("区发改委、区商务局等市直有关单位及各街道", ["区发改委", "区商务局", "各街道"], True),
        ("安委会各成员单位", ["安委会各成员单位"], False),
        ("区委 宣传部、区 应急局", ["区委宣传部", "区应急局"], False),
        ("区应急局、\n区公安局、区消防救\n援大队", ["区应急局", "区公安局", "区消防救援大队"], False),
        ("区公安局、区交通运输局按职责分工负责", ["区公安局", "区交通运输局"], False),
        ("无", [], False),
    ],
)
def test_a_list_gives_its_units_exactly_as_written(value, units, is_open):
    measure = one(f"（牵头单位：区安委办，责任单位：{value}，完成时限：6月）")
    assert measure["responsible"] == units
    assert measure["deadlines"] == ["2023-06-30"]
    assert [role["open"] for role in measure["roles"] if role["role"] == "责任单位"] in ([is_open], [])
