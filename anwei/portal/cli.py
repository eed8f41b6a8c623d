"""The command `anwei`: finds the subcommand and hands over; nothing heavy is imported before it is known which."""

import argparse
import importlib
import os
import re
import sys
from collections.abc import Callable
from typing import NoReturn

USAGE = 2
INTERRUPTED = 130
READ = "anwei.portal.read_command:run"
DJANGO = "anwei.portal.django_door:run"

# name -> (help, "module:function"). The function takes (name, arguments) and returns the exit code.
COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("读一份工作要点，列成任务表（不需要数据库）", READ),
    "administrator": ("建立第一个管理员", DJANGO),
    "createadmin": ("建立第一个管理员", DJANGO),
    "demo": ("建立演示区（单位、人员、要点、一年的工作）", DJANGO),
    "tick": ("日常推进：到期提醒、覆盖率快照、封存日志", DJANGO),
    "worker": ("后台任务：导出、发送、到期提醒、封存日志", DJANGO),
    "reset-password": ("重置一个人的密码，解除登录锁定", DJANGO),
    "journal": ("操作日志：封存、核验封存（journal seal、journal verify）", DJANGO),
    "backup": ("备份数据库、附件和封存锚点", DJANGO),
    "restore": ("从备份恢复", DJANGO),
    "migrate": ("建立或升级数据库表", DJANGO),
    "collectstatic": ("收集页面用的静态文件", DJANGO),
    "check": ("自查：设置、数据库、单位资料、封存、备份、磁盘", DJANGO),
    "runserver": ("开发用的网页服务", DJANGO),
    "shell": ("带数据库的 Python 命令行", DJANGO),
}


class ChineseHelp(argparse.HelpFormatter):
    """argparse says its own headings in English."""

    def add_usage(self, usage, actions, groups, prefix=None):
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """argparse words its refusals in English; these are the ones that our commands can meet."""

    SAID = (
        (re.compile(r"the following arguments are required: (.+)"), r"缺少参数：\1"),
        (re.compile(r"unrecognized arguments: (.+)"), r"不认识的参数：\1"),
        (re.compile(r"argument (\S+): not allowed with argument (\S+)"), r"\1 不能和 \2 一起用"),
        (re.compile(r"argument (\S+): expected one argument"), r"\1 后面要写一个值"),
        (re.compile(r"argument (\S+): ignored explicit argument (.+)"), r"\1 后面不能写 \2"),
        (re.compile(r"ambiguous option: (.+?) could match (.+)"), r"\1 不明确，可能是 \2"),
        (re.compile(r"argument \S+: (.+)"), r"\1"),
    )

    def error(self, message: str) -> NoReturn:
        for pattern, said in self.SAID:
            if pattern.fullmatch(message):
                message = pattern.sub(said, message)
                break
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"用法不对：{message}。全部说明：{self.prog} --help\n")


def main(argv: list[str] | None = None) -> int:
    """Runs one subcommand. 0 done, 1 refused with the reason on standard error, 2 wrong usage."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments[:1] in ([], ["-h"], ["--help"], ["help"]):
        (sys.stdout if arguments else sys.stderr).write(overview())
        return 0 if arguments else USAGE
    name = arguments[0]
    if name not in COMMANDS:
        sys.stderr.write(f"没有“{name}”这个命令。\n\n{overview()}")
        return USAGE
    return guarded(loaded(COMMANDS[name][1]), name, arguments[1:])


def loaded(place: str) -> Callable[[str, list[str]], int]:
    """The function behind «module:function»: imported now, so that `anwei read` never waits for Django."""
    module, _, function = place.partition(":")
    return getattr(importlib.import_module(module), function)


def guarded(run: Callable[[str, list[str]], int], name: str, arguments: list[str]) -> int:
    """A reader that went away (`anwei read … | head`) or Ctrl-C is no fault worth a traceback."""
    try:
        code = run(name, arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more on exit and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("\n已中断。\n")
        return INTERRUPTED
    return code


def overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {said}" for name, (said, _) in COMMANDS.items()]
    return "用法：anwei 命令 [参数 …]\n\n命令：\n" + "\n".join(lines) + "\n\n每个命令的参数：anwei 命令 --help\n"


if __name__ == "__main__":
    sys.exit(main())
