from django.apps import AppConfig

from anwei.books import panels
from anwei.books.book import register
from anwei.evidence.offers import offer
from anwei.journal.by import declare


class AccidentsConfig(AppConfig):
    name = "anwei.accidents"
    verbose_name = "事故台账"

    def ready(self) -> None:
        # Models can be imported only from here on.
        from anwei.accidents.book import ACCIDENTS, clock_panel, toll_panel  # noqa: PLC0415
        from anwei.accidents.evidence import offers  # noqa: PLC0415

        declare(**{"accident.read": "查看事故台账", "accident.record": "登记、办理事故"})
        offer(*offers())
        register(ACCIDENTS)
        panels.register("accidents.accident", clock_panel)
        panels.register("accidents.accident", toll_panel)
