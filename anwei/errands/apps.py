from django.apps import AppConfig

from anwei.books.book import register
from anwei.errands import sources
from anwei.journal.by import declare


class ErrandsConfig(AppConfig):
    name = "anwei.errands"
    verbose_name = "交办和收表"

    def ready(self) -> None:
        # Models can be imported only from here on.
        from anwei.errands.book import COLLECTIONS, ERRANDS, PARTS  # noqa: PLC0415
        from anwei.errands.handing_on import source_of_part  # noqa: PLC0415

        declare(
            **{
                "errand.read": "查看交办",
                "errand.give": "交办事项",
                "errand.answer": "签收、反馈交办事项",
                "errand.close": "办结、退回交办事项",
                "errand.sign": "签发交办单",
                "errand.follow": "随交办单一并办理",
                "collection.read": "查看收表",
                "collection.open": "发起收表",
                "collection.fill": "填报收表",
                "collection.follow": "随收表一并办理",
            }
        )
        for book in (ERRANDS, PARTS, COLLECTIONS):
            register(book)
        sources.register("errands.errandpart", source_of_part)
