"""Jobs and the beats of periodic work. Times are those of the real clock, also in a demonstration."""

from datetime import datetime

from django.db import models
from django.db.models import Q


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, now: datetime) -> "JobQuerySet":
        """Waiting and due, or left behind by a worker whose lease ran out."""
        return self.filter(
            Q(state=Job.WAITING, run_after__lte=now) | Q(state=Job.RUNNING, leased_until__lt=now)
        ).order_by("run_after", "id")

    def dead(self) -> "JobQuerySet":
        return self.filter(state=Job.DEAD)


class Job(models.Model):
    WAITING, RUNNING, DONE, DEAD = "waiting", "running", "done", "dead"
    STATES = [(WAITING, "等待"), (RUNNING, "办理中"), (DONE, "办好"), (DEAD, "多次失败，已停")]

    kind = models.CharField("任务", max_length=60)
    # The same work is asked for once: a second job with the key of an earlier one is not made.
    key = models.CharField("唯一键", max_length=160, unique=True, null=True, blank=True)
    about = models.CharField(max_length=60, blank=True)
    payload = models.JSONField("内容", default=dict)
    state = models.CharField("状态", max_length=8, choices=STATES, default=WAITING)
    run_after = models.DateTimeField("最早时间")
    worker = models.CharField("办理者", max_length=60, blank=True)
    leased_until = models.DateTimeField("占用至", null=True, blank=True)
    attempts = models.IntegerField("已试次数", default=0)
    max_attempts = models.IntegerField("最多次数", default=5)
    error = models.TextField("最近一次错误", blank=True)
    made_at = models.DateTimeField("提出时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = "后台任务"
        indexes = [models.Index(fields=["state", "run_after", "id"], name="job_due")]

    def __str__(self) -> str:
        return f"{self.kind}（{self.get_state_display()}）"


class Beat(models.Model):
    """When periodic work last ran, and who is at it: one of several workers does it."""

    name = models.CharField("名称", max_length=60, unique=True)
    due_at = models.DateTimeField("下次")
    worker = models.CharField("办理者", max_length=60, blank=True)
    leased_until = models.DateTimeField("占用至", null=True, blank=True)
    last_good_at = models.DateTimeField("最近成功", null=True, blank=True)
    error = models.TextField("最近一次错误", blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "定时工作"

    def __str__(self) -> str:
        return self.name
