"""A small plan for tests: four measures in two chapters, handed down to the cast of tests/district.py on 17 March 2023.

1 集体学习     led by 区安委办; 安委会各成员单位 and 各镇（街道） study once each half-year (counted)
2 消防整治     led by 区消防安全专委会 (acted for by 区消防救援大队); only the half-yearly return can say it
3 典型案例     led by 区应急局; 区住建局 and 区消防救援大队 publish one a quarter (counted)
4 应急准备     led by 区应急局; 「有关部门」 stays open, to be named by the office; the return
"""

from datetime import date

import pytest

from anwei.duties.actions import adopt
from anwei.plans.actions import Head, import_plan, set_head
from anwei.plans.models import Plan
from tests.district import Cast

TITLE = "临江区2023年安全生产工作要点"
TEXT = f"""{TITLE}
一、压实安全责任
1.强化重要论述集体学习。将学习贯彻习近平总书记关于安全生产重要论述纳入理论学习中心组重点学习内容，至少半年组织1次集体学习。（牵头单位：区安委办；责任单位：安委会各成员单位，各镇（街道）；完成时限：6月、12月底前）
2.开展消防安全整治。持续推进老旧小区、自建房消防安全隐患排查整治，打通“生命通道”。（牵头单位：区消防安全专委会；责任单位：专委会成员单位，各镇（街道）；完成时限：12月底前）
二、严格执法检查
3.强化典型案例公布。严格执法检查，每季度至少公布1个典型执法案例。（牵头单位：区应急局；责任单位：区住建局，区消防救援大队；完成时限：常态化推进）
4.做好应急准备。完善应急预案，配齐应急物资。（牵头单位：区应急局；责任单位：有关部门，各镇（街道）；完成时限：12月底前）
"""
ISSUED = date(2023, 3, 10)
HANDED_DOWN = date(2023, 3, 17)


def draft_plan(cast: Cast) -> Plan:
    """The plan read and headed, not yet handed down."""
    office = cast.by("office", ISSUED)
    plan = import_plan(office, text=TEXT, source_name="要点.txt")
    return set_head(office, plan, plan.version, Head(TITLE, 2023, "临江区安全生产委员会", "临安委〔2023〕2号", ISSUED))


@pytest.fixture
def small_draft(district: Cast) -> Plan:
    return draft_plan(district)


@pytest.fixture
def small_plan(district: Cast, small_draft: Plan) -> Plan:
    """Handed down on 17 March by the office."""
    return adopt(district.by("office", HANDED_DOWN), small_draft)
