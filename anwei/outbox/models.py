from datetime import date

from django.db import models
from django.db.models import Q


class NoticeQuerySet(models.QuerySet["Notice"]):
    def to_refs(self, refs: list[str]) -> "NoticeQuerySet":
        return self.filter(to__in=refs)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def due_by(self, on: date) -> "NoticeQuerySet":
        return self.filter(Q(show_from=None) | Q(show_from__lte=on))


class Notice(models.Model):
    """One message to one unit or person; `key` is unique, so that saying it twice says it once."""

    to = models.CharField("收件", max_length=60, db_index=True)
    about = models.CharField(max_length=60, blank=True, db_index=True)
    kind = models.CharField("种类", max_length=30)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文", blank=True)
    url = models.CharField("链接", max_length=200, blank=True)
    key = models.CharField(max_length=200, unique=True)
    written_at = models.DateTimeField("时间")
    show_from = models.DateField(null=True, blank=True)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    read_by = models.CharField("阅读人", max_length=120, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "通知"

    def __str__(self) -> str:
        return self.title
