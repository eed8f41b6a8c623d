"""The append-only record. Triggers refuse UPDATE and DELETE on both databases (migration 0002)."""

from django.db import models

from anwei.references import about


class EntryQuerySet(models.QuerySet["Entry"]):
    def on_subject(self, ref: str) -> "EntryQuerySet":
        """What was done to one row, newest first."""
        return self.filter(subjects__about=ref).order_by("-id")

    def of(self, row: models.Model) -> "EntryQuerySet":
        return self.on_subject(about(row))


class Entry(models.Model):
    DONE, REFUSED = "done", "refused"

    at = models.DateTimeField("时间")
    day = models.DateField("日期", db_index=True)
    act = models.CharField("事项", max_length=80, db_index=True)
    outcome = models.CharField("结果", max_length=8, choices=[(DONE, "办理"), (REFUSED, "被拒")])
    by_person = models.CharField("经办人", max_length=120)
    by_person_ref = models.CharField(max_length=60, blank=True)
    by_unit = models.CharField("单位", max_length=120, blank=True)
    by_unit_ref = models.CharField(max_length=60, blank=True, db_index=True)
    door = models.CharField("入口", max_length=10)
    request_id = models.CharField("请求号", max_length=40, blank=True)
    summary = models.TextField("摘要", blank=True)
    detail = models.JSONField("变动", default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "日志"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_person} {self.act}"


class Subject(models.Model):
    """One row per thing that an entry is about; a batch has one entry and many subjects."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="subjects")
    about = models.CharField(max_length=60, db_index=True)
    label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.about


class Seal(models.Model):
    """HMAC over all entries first..last and the previous seal; the key lies outside the database."""

    first = models.BigIntegerField()
    last = models.BigIntegerField(unique=True)
    count = models.IntegerField()
    mac = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["last"]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
