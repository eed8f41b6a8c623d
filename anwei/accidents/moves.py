"""What can be done with an accident, as data: the buttons, their forms, their actions, and when each is open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from anwei.accidents import actions, forms
from anwei.accidents.models import Accident


@dataclass(frozen=True, slots=True)
class Step:
    """`open(accident, still)` says whether the step can be taken now, `still` whether the clock stands still; the action
    itself checks again."""

    key: str
    title: str
    icon: str
    form: type[forms.MoveForm]
    action: Callable[..., Any]
    open: Callable[[Accident, bool], bool]
    done: str


def _running(accident: Accident) -> bool:
    return accident.district_investigates and accident.report_submitted_on is None


STEPS = (
    Step("casualties", "更新伤亡", "edit", forms.CasualtiesForm, actions.update_casualties,
         lambda a, still: True, "已更新伤亡。"),
    Step("suspend", "技术鉴定开始", "clock-pause", forms.SuspendForm, actions.suspend,
         lambda a, still: _running(a) and not still, "已登记，调查时限停止计算。"),
    Step("resume", "技术鉴定结束", "clock", forms.ResumeForm, actions.resume,
         lambda a, still: _running(a) and still, "已登记，调查时限接着计算。"),
    Step("extend", "延长期限", "calendar-due", forms.ExtendForm, actions.extend,
         lambda a, still: _running(a), "已登记延期。"),
    Step("report", "提交报告", "file-text", forms.ReportForm, actions.submit_report,
         lambda a, still: _running(a) and not still, "已登记调查报告提交。"),
    Step("ratify", "批复", "rubber-stamp", forms.RatifyForm, actions.ratify,
         lambda a, still: a.district_investigates and a.report_submitted_on is not None and a.ratified_on is None,
         "已登记批复。"),
    Step("hand-up", "移交上级调查", "arrow-up", forms.HandUpForm, actions.hand_up,
         lambda a, still: a.district_investigates and a.ratified_on is None, "已移交，本区的调查时限到此为止。"),
    Step("units", "参加单位", "users", forms.UnitsForm, actions.name_units,
         lambda a, still: a.ratified_on is None, "已更新参加单位。"),
    Step("void", "作废", "x", forms.VoidForm, actions.void_accident,
         lambda a, still: True, "已作废。自今天起不再计入，此前的统计不变。"),
)  # fmt: skip


def open_moves(accident: Accident) -> list[Step]:
    """In the order of the buttons; one query."""
    if not accident.is_valid:
        return []
    still = _running(accident) and accident.suspensions.filter(voided_on=None, until=None).exists()
    return [one for one in STEPS if one.open(accident, still)]
