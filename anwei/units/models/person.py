"""People and the posts they hold. A demonstration names posts, never people."""

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from anwei.units.models.group import Dated
from anwei.units.models.unit import Unit


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        """For allauth and tests; the product makes people through `units.actions.add_person`."""
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    username = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名（或岗位）", max_length=60)
    email = models.EmailField("电子邮箱", blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=True)
    password_changed_on = models.DateField("密码修改日", null=True, blank=True)
    large_type = models.BooleanField("大字版", default=False)
    version = models.IntegerField(default=1)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()

    class Meta:
        ordering = ["username"]
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.name

    # Django's own tools ask these; rights in this house are capabilities, so nobody has any by these names.
    is_staff = False
    is_superuser = False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False

    def posts_on(self, on: date) -> "models.QuerySet[Post]":
        return self.posts.filter(Q(until=None) | Q(until__gt=on), since__lte=on).select_related("unit")

    def owner_unit_ids(self) -> set[int]:
        """A person belongs to the units of their posts."""
        return set(self.posts.filter(until=None).values_list("unit_id", flat=True))


class Post(models.Model):
    """A person at a unit in a role; the role (roles.yaml) says what may be done there."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts", verbose_name="人员")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    role = models.CharField("角色", max_length=30)
    title = models.CharField("岗位", max_length=60)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering = ["unit__order", "role", "id"]
        verbose_name = "岗位"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "role"], condition=Q(until=None), name="one_post_of_a_kind_now"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}·{self.title}"


class PastPassword(models.Model):
    """A hash that a person used before: the last few may not come back (`password.remembered`)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="past_passwords", verbose_name="人员")
    hash = models.CharField(max_length=128)
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        verbose_name = "用过的密码"

    def __str__(self) -> str:
        return f"{self.person} {self.replaced_at:%Y-%m-%d}"
