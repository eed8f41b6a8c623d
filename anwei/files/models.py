from django.db import models


class Blob(models.Model):
    """One original, by SHA-256; the bytes lie in ANWEI_HOME/files/ab/cdef…"""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField("字节数")
    content_type = models.CharField("类型", max_length=100)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "文件"

    def __str__(self) -> str:
        return self.sha256[:12]


class Attachment(models.Model):
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="attachments")
    about = models.CharField(max_length=60, db_index=True)
    name = models.CharField("文件名", max_length=200)
    day = models.DateField("日期")
    place = models.CharField("地点", max_length=120, blank=True)
    by_text = models.CharField("上传人", max_length=120)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = "附件"

    def __str__(self) -> str:
        return self.name
