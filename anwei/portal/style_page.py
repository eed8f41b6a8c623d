"""The living style page: every part of the interface with example words, to look at and to test."""

import calendar
import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

from anwei.portal.templatetags.look import STANDINGS

DAY = datetime.date(2023, 9, 25)
MOMENT = datetime.datetime(2023, 9, 25, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
UNITS = (
    "青榆镇", "汀岚镇", "稻湾镇", "石麓镇", "柳汊镇", "塔影街道", "榆岸街道",
    "舟埠街道", "澄汀街道", "桐阶街道", "北栈街道", "映堤街道", "物流园", "新城管理局",
)  # fmt: skip
MEASURES = (
    "1 集体学习",
    "2 宣传贯彻",
    "12 危化与长输管道",
    "13 消防安全",
    "15 燃气与自建房",
    "21 执法与案例",
    "25 应急演练",
)


class ExampleForm(forms.Form):
    topic = forms.CharField(label="学习主题", help_text="例：学习安全生产重要论述", max_length=60)
    held_on = forms.DateField(label="学习日期", help_text="按学习当天计，补录会标出")
    host = forms.ChoiceField(label="组织单位", choices=[("", "请选择"), ("qy", "青榆镇"), ("tl", "汀岚镇")])
    sort = forms.ChoiceField(
        label="形式", choices=[("a", "理论学习中心组"), ("b", "党委会"), ("c", "专题讲座")], widget=forms.RadioSelect
    )
    units = forms.MultipleChoiceField(
        label="参加单位", choices=list(enumerate(UNITS[:6])), widget=forms.CheckboxSelectMultiple, required=False
    )
    words = forms.CharField(
        label="补充说明",
        required=False,
        help_text="不超过150字",
        widget=forms.Textarea(attrs={"rows": 3, "data-count-words": "150"}),
    )
    paper = forms.FileField(label="佐证材料", required=False, help_text="照片、签到表、PDF，单个不超过20MB")
    shared = forms.BooleanField(label="与其他单位联合组织", required=False)


class FilterExample(forms.Form):
    q = forms.CharField(label="关键词", required=False)
    chapter = forms.ChoiceField(label="章", choices=[("", "全部"), ("1", "一、思想认识")], required=False)
    standing = forms.ChoiceField(
        label="状态", choices=[("", "全部"), *((one.key, one.word) for one in STANDINGS)], required=False
    )
    on = forms.DateField(label="回看日期", required=False, initial=DAY)


def figures() -> list[dict[str, Any]]:
    caliber = "到期应办中已办结（含逾期办结）÷到期应办；不涉及和延期中不进分母。"
    common = {"url": "#rows", "period": "2023年1月1日至9月25日", "source": "任务台账", "as_of": MOMENT}
    return [
        {"name": "应办事项", "number": "751", "unit": "项", "caliber": "已下达且涉及本单位的任务数。", **common},
        {"name": "到期应办", "number": "412", "unit": "项", "caliber": "时限在截至日以前的应办事项。", **common},
        {
            "name": "办结率",
            "number": "96.8",
            "unit": "%",
            "caliber": caliber,
            "note": "比上月末高1.2个百分点",
            **common,
        },
        {"name": "逾期", "number": "13", "unit": "项", "alarm": True, "caliber": "过了时限仍未办结。", **common},
        {"name": "待点名", "number": "1", "unit": "项", "caliber": "要点写“有关部门”，还没有点名的。", **common},
    ]


def inbox() -> dict[str, Any]:
    columns = ["事项", "状态", "从哪来", "谁交办", "时限", "下一步", "操作"]
    rows = [
        ("overdue", "九月份公布典型执法案例1个", "要点第21条", "区安委办", "9月22日", "逾期3天", "本单位填报"),
        ("due_soon", "重大隐患反馈：老街", "督办单〔12〕号", "区安委办", "9月27日", "还剩2个工作日", "本单位反馈"),
        ("submitted", "上半年工作要点落实情况表", "要点全部条", "区安委办", "9月28日", "已报送", "区安委办审核"),
        ("not_due", "下半年集体学习1次", "要点第1条", "区安委办", "12月31日", "还剩68个工作日", "本单位办理"),
        ("met_late", "上半年集体学习1次", "要点第1条", "区安委办", "6月30日", "7月12日补学", "—"),
    ]  # fmt: skip
    return {
        "label": "待办",
        "columns": [{"label": name, "css": "actions" if name == "操作" else ""} for name in columns],
        "rows": [
            {
                "url": "#row",
                "overdue": standing == "overdue",
                "source": "互联网＋执法　9月24日导入" if standing == "met_late" else "",
                "cells": [
                    {"value": what, "url": "#row"},
                    {"standing": standing},
                    {"value": origin},
                    {"value": giver},
                    {"value": until, "note": left},
                    {"value": turn},
                    {"actions": [{"title": "办理", "url": "#do"}, {"title": "转村社区", "url": "#on"}]},
                ],
            }
            for standing, what, origin, giver, until, left, turn in rows
        ],
    }


def matrix() -> dict[str, Any]:
    keys = [look.key for look in STANDINGS]
    rows = []
    for at, title in enumerate(MEASURES):
        cells = []
        for column in range(len(UNITS)):
            key = "met" if (at * 5 + column) % 3 else keys[(at * 3 + column) % len(keys)]
            counted = key not in ("not_applicable", "idle", "unanchored")
            cells.append({"standing": key, "counted": counted, "done": 2 if key.startswith("met") else 1, "due": 2})
        rows.append({"title": title, "lead": "区安委办", "cells": cells})
    return {"units": UNITS, "rows": rows, "span": len(UNITS) + 2}


def month() -> dict[str, Any]:
    due = {8: "not_due", 15: "met", 22: "overdue", 27: "due_soon", 28: "submitted", 30: "not_due"}
    weeks = []
    for week in calendar.Calendar().monthdatescalendar(DAY.year, DAY.month):
        weeks.append([
            {
                "number": one.day,
                "other": one.month != DAY.month,
                "today": one == DAY,
                "items": [{"title": "案例公布", "url": "#due", "standing": due[one.day]}]
                if one.month == DAY.month and one.day in due
                else [],
            }
            for one in week
        ])  # fmt: skip
    return {"title": "2023年9月", "weeks": weeks}


def steps() -> list[dict[str, Any]]:
    place = {"unit": "青榆镇应急管理站", "post": "联络员"}
    office = {"unit": "区安委办", "post": "综合岗"}
    told = "6月8日组织集体学习1次，参加23人；检查企业142家次，发现隐患316处，按期整改301处。"
    rows = [
        (100, office, "下达", "草稿", "待签收", "", ""),
        (98, place, "签收", "待签收", "办理中", "", ""),
        (12, place, "报送", "办理中", "待审", told, ""),
        (11, office, "退回", "待审", "办理中", "签到表缺第二页，请补正后再报。", "back"),
        (0, office, "办结", "待审", "办结", "", "end"),
    ]
    made = [
        {
            "at": MOMENT - datetime.timedelta(days=ago),
            "what": what, "from_word": before, "to_word": after, "words": words, "tone": tone, **who,
        }
        for ago, who, what, before, after, words, tone in rows
    ]  # fmt: skip
    made[2]["files"] = [{"title": "签到表.pdf", "url": "#file"}, {"title": "现场照片.jpg", "url": "#file"}]
    made[4]["late_entry"] = True
    return made


def examples() -> dict[str, Any]:
    """The context of portal/styleguide.html, all words made up for the demonstration district."""
    wrong = ExampleForm({"topic": "", "held_on": "2023-02-30", "sort": "a", "host": "qy"})
    return {
        "as_of": MOMENT,
        "facts": ["填报单位：青榆镇", "表号：临安委表〔2023〕2号", "截至 2023年9月25日9时00分"],
        "head_actions": [
            {"title": "报送", "url": "#send", "icon": "send", "primary": True},
            {"title": "申请延期", "url": "#extend", "icon": "clock-pause"},
            {"title": "导出", "url": "#xlsx", "icon": "file-spreadsheet"},
            {"title": "退回", "icon": "arrow-back-up", "disabled_why": "已经办结，不能退回"},
        ],
        "figures": figures(),
        "table": inbox(),
        "matrix": matrix(),
        "month": month(),
        "steps": steps(),
        "page": {"words": "共 316 条", "older_url": "#older"},
        "filters": FilterExample(),
        "chips": [{"label": "状态：逾期", "remove_url": "#"}, {"label": "单位：青榆镇", "remove_url": "#"}],
        "form": wrong,
        "chart_url": static("anwei/style-chart.json"),
        "chart_columns": ["章", "办结", "逾期办结", "逾期"],
        "chart_rows": [["一", 88, 4, 2], ["二", 72, 6, 5], ["三", 64, 2, 1], ["四", 93, 3, 3], ["五", 51, 1, 2]],
        "consequences": [
            "「下半年集体学习」等 6 项任务按不涉及处理，不计入应办。",
            "登记册里出现第一个对象时，这 6 项自动恢复。",
        ],
    }


def style_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/styleguide.html", examples())
