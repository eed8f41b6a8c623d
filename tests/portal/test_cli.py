"""The command `anwei` as a person at a terminal meets it: a process, its output, its exit code."""

import json
import os
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest
from django.core.management import get_commands

from anwei.plans.reader import read_plan
from anwei.plans.sources import read_source
from anwei.portal import cli
from anwei.portal.plan_table import places, wrapped

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "examples" / "key-points-2023.txt"


def anwei(
    *arguments: object, given: bytes = b"", columns: int = 110, **environment: str
) -> subprocess.CompletedProcess:
    """Runs the command from the checkout with UTF-8 switched off in the environment."""
    surroundings = {"PATH": os.environ["PATH"], "COLUMNS": str(columns), "LC_ALL": "C", **environment}
    command = [sys.executable, "-m", "anwei.portal.cli", *map(str, arguments)]
    return subprocess.run(
        command, input=given, capture_output=True, cwd=ROOT, env=surroundings, timeout=60, check=False
    )


def words(done: subprocess.CompletedProcess) -> tuple[int, str, str]:
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def screen_width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def test_the_plan_is_a_table_with_chapters_units_and_dates():
    code, table, said = words(anwei("read", PLAN))
    assert (code, said) == (0, "")
    assert "区2023年安全生产工作要点" in table and "2023年度｜27 条" in table
    assert "一、坚持思想引领，进一步统筹发展和安全" in table.split("\n")
    assert [name.strip() for name in table.split("\n")[3].split("│")] == [
        "序号",
        "重点任务",
        "牵头单位",
        "责任单位",
        "完成时限",
    ]
    numbers = [line.split("│")[0].strip() for line in table.split("\n") if "│" in line]
    assert [number for number in numbers if number.isdigit()] == [str(number) for number in range(1, 28)]
    assert "6.30、12.31" in table and "常态化" in table


@pytest.mark.parametrize("columns", [60, 80, 111, 200])
def test_lines_fit_the_terminal_and_columns_stand_under_each_other(columns):
    lines = anwei("read", PLAN, columns=columns).stdout.decode().split("\n")
    assert max(map(screen_width, lines)) <= columns
    rows = [line for line in lines if "│" in line]
    bars = {tuple(screen_width(line[:at]) for at, sign in enumerate(line) if sign == "│") for line in rows}
    whole = max(bars, key=len)
    assert len(whole) == 4 and all(whole[: len(each)] == each for each in bars)


def test_a_very_narrow_terminal_still_gets_a_table():
    code, table, _ = words(anwei("read", PLAN, columns=5))
    assert code == 0 and "序号" in table


def test_wrapping_counts_places_and_keeps_closing_signs_off_the_line_start():
    assert wrapped("甲乙丙，丁", 6) == ["甲乙", "丙，丁"]
    assert wrapped("6.30、12.31", 7) == ["6.30、", "12.31"]
    assert wrapped("甲乙12月底", 6) == ["甲乙", "12月底"]
    assert wrapped("1234567", 3) == ["123", "456", "7"]
    assert all(places(line) <= 5 for line in wrapped("ab甲乙、12.5％。" * 9, 5))
    assert wrapped("甲\n乙", 10) == ["甲", "乙"]
    assert wrapped("\x1b[31m甲", 10) == ["[31m甲"]


def test_json_has_the_layout_that_machines_rely_on():
    code, text, said = words(anwei("read", PLAN, "--json"))
    plan = json.loads(text)
    assert (code, said) == (0, "")
    assert list(plan) == ["title", "year", "issuer", "document_number", "source_text", "measures", "problems"]
    assert len(plan["measures"]) == 27
    first = plan["measures"][0]
    assert set(first) == {
        "chapter", "chapter_path", "number", "title", "text", "lead", "responsible", "roles", "deadline_text", "deadlines",
        "phases", "ongoing", "relative_days", "relative", "cadences", "span",
    }  # fmt: skip
    assert first["lead"] == ["区安委办", "区委宣传部", "区委组织部"]
    assert first["deadlines"] == ["2023-06-30", "2023-12-31"]
    assert plan["source_text"][slice(*first["span"])].startswith("1.深入学习")
    assert "深入学习" in text, "Chinese as written, not as escapes"


def test_the_workbook_opens_as_a_task_table_ready_to_print(tmp_path):
    out = tmp_path / "任务表.xlsx"
    code, _, said = words(anwei("read", PLAN, "--xlsx", out))
    assert code == 0 and "27 条" in said
    with zipfile.ZipFile(out) as book:
        sheet, names = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/workbook.xml").decode()
    assert 'state="frozen"' in sheet and 'orientation="landscape"' in sheet and 'paperSize="8"' in sheet
    assert "_xlnm.Print_Titles" in names and "<f>" not in sheet


def test_the_workbook_reads_back_as_the_same_plan(tmp_path):
    out = tmp_path / "任务表.xlsx"
    anwei("read", PLAN, "--xlsx", out)
    one, two = (json.loads(anwei("read", path, "--json").stdout) for path in (PLAN, out))
    for key in ("number", "title", "lead", "responsible", "deadlines", "ongoing", "chapter", "text"):
        assert [each[key] for each in one["measures"]] == [each[key] for each in two["measures"]]
    assert two["problems"] == []


def test_words_that_look_like_formulas_stay_words_in_the_workbook(tmp_path):
    text = (
        '2023年安全生产工作要点\n一、思想\n1.=HYPERLINK("http://x")。内容。（牵头单位：=SUM(A1)，完成时限：6月底前）\n'
    )
    out = tmp_path / "a.xlsx"
    assert anwei("read", "-", "--xlsx", out, given=text.encode()).returncode == 0
    with zipfile.ZipFile(out) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet.lower()
    assert "=HYPERLINK" in read_source("a.xlsx", out.read_bytes()).text


def test_problems_go_to_standard_error_with_their_line_and_the_plan_is_read_all_the_same():
    text = "安全生产工作要点\n一、思想\n1.学习。内容。（牵头单位：区安委办，完成时限：6月底前）\n"
    code, table, said = words(anwei("read", "-", given=text.encode()))
    assert code == 0 and "学习" in table and said.startswith("疑问：")
    _, problems = read_plan(text)
    assert problems and problems[0].message in said


def test_the_year_can_be_given_for_a_plan_that_does_not_say_it():
    text = "安全生产工作要点\n一、思想\n1.学习。内容。（牵头单位：区安委办，完成时限：6月底前）\n".encode()
    given = json.loads(anwei("read", "-", "--json", "--year", "2024", given=text).stdout)
    assert given["measures"][0]["deadlines"] == ["2024-06-30"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("今天天气很好。\n".encode(), "没有读到"),
        (b"", "是空的"),
        (b"\x89PNG\r\n\x1a\n", "是图片"),
        (b"PK\x03\x04 torn", "没有传完整"),
    ],
)
def test_what_is_no_plan_ends_with_1_and_one_clear_line(tmp_path, content, said):
    (tmp_path / "文件.docx").write_bytes(content)
    code, table, message = words(anwei("read", tmp_path / "文件.docx"))
    assert code == 1 and table == "" and said in message and "文件.docx" in message and "Traceback" not in message


def test_a_missing_file_a_directory_and_an_output_that_cannot_be_written_end_with_1(tmp_path):
    assert words(anwei("read", tmp_path / "无")) == (1, "", f"文件「{tmp_path}/无」打不开：没有这个文件或目录\n")
    assert "这是一个目录" in words(anwei("read", tmp_path))[2]
    code, _, said = words(anwei("read", PLAN, "--xlsx", tmp_path / "无" / "a.xlsx"))
    assert code == 1 and "不能写入" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "用法：anwei 命令"),
        (["nonsense"], "没有“nonsense”这个命令"),
        (["--version"], "没有“--version”这个命令"),
        (["read"], "缺少参数：文件"),
        (["read", "a", "b"], "不认识的参数：b"),
        (["read", "a", "--json", "--xlsx", "b"], "不能和 --json 一起用"),
        (["read", "a", "--xlsx"], "--xlsx 后面要写一个值"),
        (["read", "a", "--year", "二三"], "“二三”不是年度"),
        (["read", "a", "--year", "0"], "“0”不是年度"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_was_wrong(arguments, said):
    code, table, message = words(anwei(*arguments))
    assert code == 2 and table == "" and said in message


def test_the_plan_itself_is_never_overwritten(tmp_path):
    plan = tmp_path / "plan.txt"
    plan.write_bytes(PLAN.read_bytes())
    assert anwei("read", plan, "--xlsx", plan).returncode == 2
    assert plan.read_bytes() == PLAN.read_bytes()


@pytest.mark.parametrize("arguments", [["--help"], ["help"], ["read", "--help"]])
def test_help_is_chinese_and_ends_with_0(arguments):
    code, text, said = words(anwei(*arguments))
    assert code == 0 and said == "" and text.startswith("用法：")


def test_a_pipe_that_closes_early_gives_no_traceback():
    command = f"{sys.executable} -m anwei.portal.cli read {PLAN} --json | head -c 10"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, cwd=ROOT, timeout=60, check=False
    )
    assert done.stderr == b"" and done.returncode == 0


def test_reading_a_plan_does_not_wait_for_django():
    program = f"import sys; from anwei.portal.cli import main; main(['read', {str(PLAN)!r}]); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_every_other_command_runs_the_django_command_of_its_name(tmp_path):
    code, _, said = words(anwei("check", "--no-such-option", ANWEI_HOME=str(tmp_path)))
    assert code == 2 and "--no-such-option" in said
    code, _, said = words(anwei("createadmin", "--username", "admin", ANWEI_HOME=str(tmp_path)))
    assert code == 1 and "anwei migrate" in said


def test_every_command_in_the_table_has_help_and_a_loadable_function():
    for name, (said, place) in cli.COMMANDS.items():
        assert said and callable(cli.loaded(place)), name
    behind = {name for name, (_, place) in cli.COMMANDS.items() if place == cli.DJANGO}
    assert behind <= set(get_commands()), "the table names commands that nobody provides"
