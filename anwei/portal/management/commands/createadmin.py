"""anwei createadmin: the first administrator of an empty district."""

import sys
from typing import Any

from anwei.portal import clock
from anwei.portal.upkeep.commands import OperatorCommand, Stop
from anwei.units.actions import add_people, register_units, reset_password
from anwei.units.models import Kind, Post, Unit
from anwei.units.rights import by_system
from anwei.units.rows import Names, PersonEntry, UnitEntry

ROLE = "administrator"


class Command(OperatorCommand):
    help = "建立第一个管理员；还没有单位的，先登记一个（默认 区安委办）。密码由系统给，只显示一次，首次登录须改。"

    def add_arguments(self, parser) -> None:
        parser.add_argument("--username", help="登录名，默认 admin")
        parser.add_argument("--name", help="姓名或岗位，默认 系统管理员")
        parser.add_argument("--unit", help="所在单位（简称、全称或代码），没有登记的按安委办登记，默认 区安委办")
        parser.add_argument("--password-stdin", action="store_true", help="从标准输入读密码，不由系统给")
        parser.add_argument("--force", action="store_true", help="已有管理员时也再建一个")

    def work(self, options: dict[str, Any]) -> None:
        if not options["force"] and self._has_administrator():
            raise Stop("已有管理员，没有再建。忘记密码用 anwei reset-password 登录名；确要再建一个的加 --force。")
        username = options["username"] or self._ask("登录名", "admin")
        name = options["name"] or self._ask("姓名或岗位", "系统管理员")
        unit = self._unit(options["unit"] or self._ask("所在单位", "区安委办"))
        password = sys.stdin.readline().rstrip("\r\n") if options["password_stdin"] else ""
        if options["password_stdin"] and not password:
            raise Stop("标准输入里没有密码，没有建立管理员。")
        by = by_system(clock.now(), "command")
        row = PersonEntry(
            username, name, unit.code, ROLE, "系统管理员", password=password, must_change_password=not password
        )
        people, problems = add_people(by, [row])
        if problems:
            raise Stop("没有建立管理员：\n" + "\n".join(str(one) for one in problems))
        given = password or reset_password(by, people[0])
        self.say(f"已建立管理员：登录名 {username}，{unit}｜系统管理员。")
        if not password:
            self.say(f"一次性密码：{given}\n只显示这一次，首次登录须改密码。")

    def _has_administrator(self) -> bool:
        return Post.objects.filter(role=ROLE, until=None, person__is_active=True).exists()

    def _ask(self, what: str, otherwise: str) -> str:
        if not sys.stdin.isatty():
            return otherwise
        return input(f"{what}（{otherwise}）：").strip() or otherwise

    def _unit(self, word: str) -> Unit:
        try:
            return Names.now().find(word)
        except ValueError as error:
            if Unit.objects.exists():
                raise Stop(f"{error}。") from None
        row = UnitEntry("committee_office", 2, word, word, Kind.COMMITTEE_OFFICE, grade_class="—")
        made, problems = register_units(by_system(clock.now(), "command"), [row])
        if problems:
            raise Stop("\n".join(str(one) for one in problems))
        return made[0]
