from django.apps import AppConfig

from anwei.journal.by import declare


class UnitsConfig(AppConfig):
    name = "anwei.units"
    verbose_name = "单位和人员"

    def ready(self) -> None:
        declare(
            **{
                "unit.edit": "维护单位",
                "person.edit": "维护人员和岗位",
                "password.reset": "重置密码",
                "password.change": "修改本人密码",
                "setting.change": "修改设置",
                "unit.read": "查看单位",
                "session.record": "登录和退出",
            }
        )
