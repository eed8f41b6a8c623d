"""The look: vendored files are the ones looked at, lamps have colour, shape and word, contrasts can be read."""

import datetime
import re
import shutil
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from anwei.portal.navigation import ENTRIES
from anwei.portal.style_page import ExampleForm, examples
from anwei.portal.templatetags import look
from tools import vendor

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "anwei" / "portal" / "static"
TEMPLATES = ROOT / "anwei" / "portal" / "templates"
THEME = (STATIC / "anwei" / "theme.css").read_text(encoding="utf-8")
APP = (STATIC / "anwei" / "app.js").read_text(encoding="utf-8")
# WCAG 2.1 AA: ordinary text on its ground; lines and shapes that carry meaning.
TEXT, SHAPE = 4.5, 3.0
WORDS = ["未到期", "临期", "待审", "办结", "逾期办结", "逾期", "延期中", "不涉及", "无事件", "未定日"]


def tokens() -> dict[str, str]:
    """Colours of :root by name."""
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})\b", THEME.split("}")[0]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lamp_colours(key: str) -> tuple[str, str]:
    """Letters and ground of a lamp as theme.css gives them; what it leaves out comes from .lamp, clear is the panel."""
    rules = {css: re.search(rf"^\.{css} {{([^}}]*)}}", THEME, re.MULTILINE) for css in ("lamp", f"lamp-{key}")}
    base, own = (dict(re.findall(r"--([cs]): ([^;]+);", rule[1] if rule else "")) for rule in rules.values())
    known = {f"var(--{name})": value for name, value in tokens().items()} | {"transparent": "#ffffff"}
    return tuple(known.get(value, value) for value in ({**base, **own}[side] for side in "cs"))


def draw(source: str, **context) -> str:
    return Template(source).render(Context(context))


def test_vendored_files_are_those_of_the_lock_and_hold_nothing_forbidden():
    assert vendor.check() == []


@pytest.fixture
def vendored_copy(tmp_path):
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    for entry in vendor.locked():
        (tmp_path / entry["path"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / entry["path"], tmp_path / entry["path"])
    return tmp_path


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (".a{color:oklch(50% 0 0)}", "forbidden syntax oklch("),
        (".a:has(b){}", "forbidden syntax :has("),
        ("@import url(https://example.org/a.css);", "outside address https://example.org/a.css"),
        ("/*# sourceMappingURL=a.map */", "source map comment"),
        (" ", "differs from vendor.lock"),
    ],
)
def test_a_vendored_file_that_was_changed_is_reported(vendored_copy, added, said):
    file = vendored_copy / vendor.SERVED / "bootstrap.min.css"
    file.write_text(file.read_text(encoding="utf-8") + added, encoding="utf-8")
    assert any(said in problem for problem in vendor.check(vendored_copy))


def test_a_missing_and_a_stray_vendored_file_are_reported(vendored_copy):
    (vendored_copy / vendor.SERVED / "icons.svg").unlink()
    (vendored_copy / vendor.SERVED / "jquery.js").write_text("1", encoding="utf-8")
    problems = vendor.check(vendored_copy)
    assert any("icons.svg: missing" in one for one in problems)
    assert any("jquery.js: not in vendor.lock" in one for one in problems)


def test_our_own_styles_and_script_keep_the_same_rules():
    assert vendor.faults(THEME) == [] and vendor.faults(APP) == []
    assert "eval(" not in APP and "innerHTML" not in APP
    assert len(THEME.splitlines()) <= 600 and len(APP.splitlines()) <= 150


def test_every_icon_that_a_page_or_the_code_names_is_in_the_sprite():
    sprite = (STATIC / "vendor" / "icons.svg").read_text(encoding="utf-8")
    here = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "anwei").rglob("templates/**/*.html"))
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "anwei").rglob("*.py"))
    named = set(re.findall(r'{% icon "([^"]+)"', pages)) | set(re.findall(r'icon="([a-z][^"]*)"', pages + code))
    named |= set(re.findall(r'"icon": "([^"]+)"', code)) | {entry.icon for entry in ENTRIES}
    assert named and named <= here, f"tools/icons.txt lacks {sorted(named - here)}"


def test_the_ten_standings_have_the_agreed_words_and_ten_different_shapes():
    assert [one.word for one in look.STANDINGS] == WORDS
    assert len({one.shape for one in look.STANDINGS}) == len(WORDS)


@pytest.mark.parametrize("form", look.FORMS)
@pytest.mark.parametrize("one", look.STANDINGS, ids=lambda one: one.key)
def test_every_lamp_has_colour_shape_and_word_in_every_form(one, form):
    lamp = draw("{% lamp standing form %}", standing=one.key, form=form)
    assert one.word in lamp and one.shape in lamp
    css = f"lamp-{one.key.replace('_', '-')}"
    assert css in lamp
    assert re.search(rf"\.{css}( i|\b[^{{]*{{)", THEME), "theme.css draws no shape for it"


@pytest.mark.parametrize("one", look.STANDINGS, ids=lambda one: one.key)
def test_the_letters_of_every_lamp_can_be_read_on_its_ground(one):
    letters, ground = lamp_colours(one.key.replace("_", "-"))
    assert contrast(letters, ground) >= TEXT


@pytest.mark.parametrize(
    ("letters", "ground", "least"),
    [
        ("ink", "ground", TEXT), ("ink-2", "ground", TEXT), ("ink-3", "ground", TEXT), ("ink-3", "panel", TEXT),
        ("ink-3", "grey-soft", TEXT), ("action", "panel", TEXT), ("action", "ground", TEXT), ("red", "red-soft", TEXT),
        ("action-deep", "action-soft", TEXT), ("amber-ink", "amber-soft", TEXT), ("amber-ink", "amber", TEXT),
        ("late", "panel", TEXT), ("green", "panel", SHAPE), ("line-2", "ink", SHAPE), ("panel", "head", TEXT),
    ],
)  # fmt: skip
def test_colours_can_be_told_from_their_ground(letters, ground, least):
    assert contrast(tokens()[letters], tokens()[ground]) >= least


def test_a_lamp_counts_and_an_unknown_standing_is_a_mistake_of_the_caller():
    assert '<b class="lamp-count">1/2</b>' in draw('{% lamp "overdue" "cell" done=1 due=2 %}')
    assert draw("{% lamp standing %}", standing=None) == ""
    with pytest.raises(ValueError, match="gone"):
        draw('{% lamp "gone" %}')


def test_days_and_moments_are_written_as_the_office_writes_them():
    day = datetime.date(2023, 9, 5)
    moment = datetime.datetime(2023, 9, 5, 1, 5, tzinfo=datetime.UTC)
    shown = draw("{{ d|day }} {{ d|weekday }} {{ d|short_day }} {{ m|moment }} {{ n|day }}", d=day, m=moment, n=None)
    assert shown == "2023年9月5日 星期二 2023.9.5 2023年9月5日9时05分 "


def test_a_wrong_day_is_shown_again_as_it_was_typed_and_a_right_one_as_a_date_field_wants_it():
    page = str(ExampleForm({"held_on": "2023-02-30"})["held_on"])
    assert 'type="text"' in page and 'value="2023-02-30"' in page
    page = str(ExampleForm(initial={"held_on": datetime.date(2023, 9, 5)})["held_on"])
    assert 'type="date"' in page and 'value="2023-09-05"' in page


def test_a_field_ties_label_help_and_error_to_its_input():
    field = ExampleForm({"held_on": "2023-02-30"})["held_on"].as_field_group()
    assert '<label for="id_held_on">学习日期' in field and "（必填）" in field
    assert 'aria-describedby="id_held_on_helptext id_held_on_error"' in field and 'aria-invalid="true"' in field
    assert 'id="id_held_on_helptext"' in field and 'id="id_held_on_error"' in field


def test_the_style_page_shows_every_part():
    page = render_to_string("portal/styleguide.html", examples())
    for part in (
        "figure-number",
        "ledger-cards",
        "matrix",
        "timeline",
        "month-today",
        "errorlist",
        "red-head",
        "empty",
    ):
        assert f'class="{part}' in page or f" {part}" in page, part
    assert "{{" not in page and "{%" not in page


@pytest.mark.parametrize("name", ["400", "403", "404", "429", "500"])
def test_an_error_page_stands_alone_and_says_what_to_do(name):
    page = render_to_string(f"{name}.html")
    assert '<html lang="zh-CN">' in page and "<h1>" in page and "请" in page
    assert not re.search(r"[a-z]+error|exception|traceback", page, re.IGNORECASE)


def test_a_refusal_tells_its_reason():
    assert "这份督办单由区安委办办理" in render_to_string("403.html", {"exception": "这份督办单由区安委办办理"})


def test_the_frame_works_without_anybody_signed_in():
    page = render_to_string("base.html", {"site": {"district": "临江区"}})
    assert "临江区安全生产工作平台" in page and "跳到正文" in page
    assert "退出登录" not in page and 'id="side"' not in page


def test_a_page_without_the_frame_shows_the_demonstration_day():
    site = {"district": "临江区", "demo": True, "today": datetime.date(2023, 9, 25)}
    page = render_to_string("alone.html", {"site": site})
    assert "临江区安全生产工作平台" in page and "2023年9月25日　星期一" in page
