"""A village's way in: a link that cannot be guessed, for one part, until it is closed."""

import secrets

from django.db import models

from anwei.errands.models.part import ErrandPart

_BYTES = 16  # 128 random bits: as long as a code on paper may be, far too many to try


def new_token() -> str:
    return secrets.token_urlsafe(_BYTES)


class VillageLink(models.Model):
    """Whoever holds the token reads and answers this part, and sees nothing else. A new token ends the old one."""

    part = models.OneToOneField(ErrandPart, models.CASCADE, related_name="link", verbose_name="交办事项")
    token = models.CharField(max_length=43, unique=True, default=new_token)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "村社区链接"

    def __str__(self) -> str:
        return f"{self.part.unit}（凭链接）"

    @property
    def address(self) -> str:
        return f"/e/{self.token}"


class Knock(models.Model):
    """How often a door was used within one hour: the limit holds over all processes of the web server."""

    key = models.CharField(max_length=80)
    hour = models.DateTimeField(db_index=True)
    count = models.IntegerField(default=0)

    class Meta:
        verbose_name = "访问计数"
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="knock_once_an_hour")]

    def __str__(self) -> str:
        return f"{self.key} {self.hour:%Y-%m-%d %H} ×{self.count}"
