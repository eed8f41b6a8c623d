"""ECharts options out of the dashboard's values. Colours are those of the lamps; patterns come from app.js."""

from typing import Any

from anwei.portal.desk.dashboard import DRAWN_KEYS, ChapterLine, MonthEnd
from anwei.portal.templatetags.look import LOOKS

COLOURS = {
    "met": "#1a7f37",
    "met_late": "#b08a2e",
    "submitted": "#0b5cad",
    "extended": "#6b3fa0",
    "not_due": "#c2cad4",
    "due_soon": "#ffd666",
    "overdue": "#c62828",
}
_SHORT = 14


def chapters_option(lines: list[ChapterLine], rows: str) -> dict[str, Any]:
    """Stacked bars, one a chapter; `rows` is the address of the rows, to which chapter and standing are added."""
    shown = list(reversed(lines))  # ECharts draws the first category at the foot
    return {
        "tooltip": {"trigger": "item"},
        "legend": {"bottom": 0, "itemWidth": 16, "itemHeight": 10, "data": [LOOKS[key].word for key in DRAWN_KEYS]},
        "grid": {"left": 8, "right": 24, "top": 8, "bottom": 52, "containLabel": True},
        "xAxis": {"type": "value", "minInterval": 1, "splitLine": {"lineStyle": {"color": "#dfe4ea"}}},
        "yAxis": {"type": "category", "data": [_name(line.title) for line in shown], "axisTick": {"show": False}},
        "series": [
            {
                "name": LOOKS[key].word,
                "type": "bar",
                "stack": "all",
                "barMaxWidth": 22,
                "color": COLOURS[key],
                "data": [
                    {"value": line.counts[key], "url": f"{rows}&chapter={line.order}&standing={key}&owed=1"}
                    for line in shown
                ],
            }
            for key in DRAWN_KEYS
        ],
    }


def _name(title: str) -> str:
    """一、坚持思想引领 — the first clause of a chapter's heading."""
    words = title.split("，", maxsplit=1)[0]
    return words if len(words) <= _SHORT else words[: _SHORT - 1] + "…"


def trend_option(ends: list[MonthEnd], page: str) -> dict[str, Any]:
    """办结率 as a line, overdue dues as bars; `page` is the dashboard's address, to which the day is added."""
    labels = [f"{one.day.month}.{one.day.day}" for one in ends]
    rates = [None if one.figures.rate is None else round(one.figures.rate * 100, 1) for one in ends]
    links = [f"{page}&on={one.day}" for one in ends]
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"bottom": 0, "itemWidth": 16, "itemHeight": 10, "data": ["办结率（%）", "逾期（项）"]},
        "grid": {"left": 8, "right": 8, "top": 28, "bottom": 40, "containLabel": True},
        "xAxis": {"type": "category", "data": labels, "axisTick": {"show": False}},
        "yAxis": [
            {"type": "value", "min": 0, "max": 100, "name": "%", "splitLine": {"lineStyle": {"color": "#dfe4ea"}}},
            {"type": "value", "minInterval": 1, "name": "项", "splitLine": {"show": False}},
        ],
        "series": [
            {
                "name": "办结率（%）",
                "type": "line",
                "color": "#0b5cad",
                "symbolSize": 8,
                "z": 5,
                "lineStyle": {"width": 3},
                "label": {
                    "show": True,
                    "position": "top",
                    "backgroundColor": "rgba(255,255,255,.85)",
                    "padding": [1, 4],
                    "borderRadius": 3,
                },
                "data": [{"value": rate, "url": link} for rate, link in zip(rates, links, strict=True)],
            },
            {
                "name": "逾期（项）",
                "type": "bar",
                "yAxisIndex": 1,
                "barMaxWidth": 18,
                "color": "#e39a9a",
                "data": [{"value": one.figures.overdue, "url": link} for one, link in zip(ends, links, strict=True)],
            },
        ],
    }
