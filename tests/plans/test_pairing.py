"""Old and new measures: by number, then by text; nothing is paired twice and nothing unlike is paired."""

from hypothesis import given
from hypothesis import strategies as st

from anwei.plans.pairing import Text, paired

FIRE = "紧盯大型商业综合体、仓储物流、地下空间等高风险场所，持续整治突出安全隐患，推进消防生命通道建设。"
GAS = "持续开展城镇燃气安全专项整治，督促使用燃气的餐饮经营场所依法安装可燃气体报警装置。"
DRILL = "健全完善安全生产应急预案，加强动态修订和完善，定期组织开展应急演练。"
OLD = [Text(1, "1", "强化消防安全整治", FIRE), Text(2, "2", "强化燃气安全整治", GAS)]


def olds(new):
    return [one.old for one in paired(new, OLD)]


def test_the_same_number_with_much_the_same_words_is_the_same_measure():
    assert olds(
        [Text(11, "1", "强化消防安全整治", FIRE + "加强电动自行车停放管理。"), Text(12, "2", "强化燃气安全整治", GAS)]
    ) == [1, 2]


def test_a_measure_put_in_front_shifts_the_numbers_but_not_the_pairs():
    new = [
        Text(11, "1", "完善应急预案", DRILL),
        Text(12, "2", "强化消防安全整治", FIRE),
        Text(13, "3", "强化燃气安全整治", GAS),
    ]
    assert olds(new) == [None, 1, 2]


def test_a_number_with_quite_other_words_is_a_new_measure():
    assert olds([Text(11, "1", "完善应急预案", DRILL)]) == [None]


@given(st.lists(st.tuples(st.sampled_from("123"), st.sampled_from([FIRE, GAS, DRILL, ""])), max_size=5))
def test_each_old_measure_is_proposed_at_most_once(rows):
    new = [Text(n, number, text[:8], text) for n, (number, text) in enumerate(rows)]
    found = [one.old for one in paired(new, OLD) if one.old is not None]
    assert len(found) == len(set(found)) and len(paired(new, OLD)) == len(new)
