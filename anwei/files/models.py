from django.db import models

from anwei.references import about


class Blob(models.Model):
    """One original, by SHA-256; the bytes lie in ANWEI_HOME/files/ab/cdef…; `shown` where a derived picture lies beside."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField("字节数")
    content_type = models.CharField("类型", max_length=100)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    shown = models.BooleanField("可显示", default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "文件"

    def __str__(self) -> str:
        return self.sha256[:12]


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def of(self, row: models.Model) -> "AttachmentQuerySet":
        return self.filter(about=about(row)).select_related("blob").order_by("id")


class Attachment(models.Model):
    """`carried_from` is the attachment that a correction took over: the same upload, not a second use of the file."""

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="attachments")
    about = models.CharField(max_length=60, db_index=True)
    name = models.CharField("文件名", max_length=200)
    day = models.DateField("日期")
    place = models.CharField("地点", max_length=120, blank=True)
    by_text = models.CharField("上传人", max_length=120)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = "附件"
        constraints = [models.UniqueConstraint(fields=["about", "blob"], name="file_once_per_row")]

    def __str__(self) -> str:
        return self.name
