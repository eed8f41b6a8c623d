"""anwei reset-password NAME: a one-time password from the command line."""

from typing import Any

from anwei.portal import clock
from anwei.portal.upkeep.commands import OperatorCommand, Stop
from anwei.units.actions import reset_password
from anwei.units.models import Person
from anwei.units.rights import by_system


class Command(OperatorCommand):
    help = "重置一个人的密码：给一次性密码，解除登录锁定，首次登录须改。"

    def add_arguments(self, parser) -> None:
        parser.add_argument("username", help="登录名")
        parser.add_argument("--release-two-factor", action="store_true", help="同时解除动态口令（手机丢失时）")

    def work(self, options: dict[str, Any]) -> None:
        person = Person.objects.filter(username__iexact=options["username"]).first()
        if person is None:
            raise Stop(f"没有登录名「{options['username']}」，请核对。")
        by = by_system(clock.now(), "command")
        given = reset_password(by, person, second_factor=options["release_two_factor"])
        self.say(f"{person.username}（{person.name}）的一次性密码：{given}\n只显示这一次，首次登录须改密码。")
        if not person.is_active:
            self.say("注意：这个账号已停用，启用后才能登录。")
