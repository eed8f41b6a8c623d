from django.apps import AppConfig

from anwei.books import panels
from anwei.books.book import register
from anwei.evidence.offers import offer
from anwei.journal.by import declare


class RegistersConfig(AppConfig):
    name = "anwei.registers"
    verbose_name = "设施台账"

    def ready(self) -> None:
        # Models can be imported only from here on.
        from anwei.registers.book import INSTALLATIONS, evaluations_panel  # noqa: PLC0415
        from anwei.registers.evidence import offers  # noqa: PLC0415

        declare(**{"register.read": "查看设施台账", "register.edit": "维护设施台账"})
        offer(*offers())
        register(INSTALLATIONS)
        panels.register("registers.installation", evaluations_panel)
