"""Plan > chapter > measure > assignment, and what the office settled about them before adoption."""

from typing import Any

from django.db import models
from django.db.models import Q

from anwei.units.models import Unit


class PlanQuerySet(models.QuerySet["Plan"]):
    def adopted(self) -> "PlanQuerySet":
        return self.filter(state__in=[Plan.ADOPTED, Plan.REPLACED])

    def in_force(self) -> "PlanQuerySet":
        return self.filter(state=Plan.ADOPTED)

    def main_first(self) -> "PlanQuerySet":
        """The newest year first, and within a year the plan with the most measures: the annual one before a campaign's."""
        return self.annotate(size=models.Count("measures")).order_by("-year", "-size", "-id")

    def drafts(self) -> "PlanQuerySet":
        return self.filter(state=Plan.DRAFT)

    def seen_by(self, by: Any) -> "PlanQuerySet":
        """Adopted plans for all whom plans bind; drafts only for those who may edit them."""
        if by.may.reach("plan.edit").all:
            return self
        return self.adopted() if by.may.reach("plan.read").all else self.none()


class Plan(models.Model):
    DRAFT, ADOPTED, REPLACED, DISCARDED = "draft", "adopted", "replaced", "discarded"
    STATES = [(DRAFT, "核对中"), (ADOPTED, "执行中"), (REPLACED, "已被新版替代"), (DISCARDED, "已弃用")]

    title = models.CharField("标题", max_length=200)
    year = models.IntegerField("年度", null=True, blank=True)
    issuer = models.CharField("印发单位", max_length=120, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    source_text = models.TextField("原文")
    source_name = models.CharField("文件名", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=STATES, default=DRAFT)
    adopted_on = models.DateField("下达日期", null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="替代"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级要点"
    )
    outside = models.BooleanField("上级文件（本区不下达）", default=False)
    imported_on = models.DateField("导入日期")
    version = models.IntegerField(default=1)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-id"]
        verbose_name = "工作要点"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="adopted") | Q(issued_on__isnull=False), name="adopted_plan_has_issue_date"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Chapter(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="chapters")
    order = models.IntegerField()
    title = models.CharField("章标题", max_length=300)

    class Meta:
        ordering = ["order"]
        verbose_name = "章"
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="chapter_order_once")]

    def __str__(self) -> str:
        return self.title


class Series(models.Model):
    """The thread of one measure through the versions of a plan; duties hang here, so that what was met stays met."""

    name = models.CharField("名称", max_length=300)

    class Meta:
        verbose_name = "任务序列"

    def __str__(self) -> str:
        return self.name


class Measure(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="measures")
    chapter = models.ForeignKey(Chapter, models.PROTECT, null=True, related_name="measures")
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="measures")
    order = models.IntegerField()
    number = models.CharField("条号", max_length=20)
    title = models.CharField("首句", max_length=300)
    short = models.CharField("短名", max_length=20)
    text = models.TextField("原文")
    span_start = models.IntegerField()
    span_end = models.IntegerField()
    deadline_text = models.CharField("完成时限（原文）", max_length=200, blank=True)
    deadlines = models.JSONField("时限（换算）", default=list)  # ISO dates, in order
    ongoing = models.BooleanField("常态化", default=False)
    relative = models.JSONField("相对时限", null=True, blank=True)  # {"days", "working", "from"}
    cadences = models.JSONField("频次", default=list)
    gatherer = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="gathers", verbose_name="汇总单位"
    )
    parent_measure = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="child_measures", verbose_name="上级要点对应条"
    )

    class Meta:
        ordering = ["order"]
        verbose_name = "任务条"
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="measure_order_once")]

    def __str__(self) -> str:
        return f"第{self.number}条 {self.short}"


class Assignment(models.Model):
    """One reference of a role's unit list, exactly as written; `open` marks what «等部门» leaves to be named."""

    NAMED, PARTLY, TO_BE_NAMED, NOT_EXPANDED, UNKNOWN = "named", "partly", "to_be_named", "not_expanded", "unknown"
    STATUSES = [
        (NAMED, "已确定"),
        (PARTLY, "部分确定"),
        (TO_BE_NAMED, "待点名"),
        (NOT_EXPANDED, "不展开"),
        (UNKNOWN, "不认识"),
    ]

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="assignments")
    order = models.IntegerField()
    role = models.CharField("角色（原文）", max_length=30)
    lead = models.BooleanField("牵头")
    reference = models.CharField("原文称谓", max_length=120)
    open = models.BooleanField("等（未列尽）", default=False)
    status = models.CharField("核定", max_length=14, choices=STATUSES)
    reason = models.CharField("理由", max_length=500, blank=True)

    class Meta:
        ordering = ["order"]
        verbose_name = "责任称谓"
        constraints = [models.UniqueConstraint(fields=["measure", "order"], name="assignment_order_once")]

    def __str__(self) -> str:
        return self.reference


class AssignedUnit(models.Model):
    """A unit that a reference came to, and why. `actor` is who acts for a committee (代…)."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="resolved")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assigned")
    reason = models.CharField("理由", max_length=300)

    class Meta:
        ordering = ["unit__order"]
        constraints = [models.UniqueConstraint(fields=["assignment", "unit"], name="unit_once_per_reference")]

    def __str__(self) -> str:
        return f"{self.assignment}→{self.unit}"


class Naming(models.Model):
    """A recorded decision who a vague reference means: never guessed."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="namings")
    measure_number = models.CharField("条号", max_length=20)
    phrase = models.CharField("原文称谓", max_length=120)
    units = models.ManyToManyField(Unit, related_name="+")
    decided_on = models.DateField("点名日期")
    paper = models.CharField("点名文件", max_length=120, blank=True)
    by_text = models.CharField("点名人", max_length=120)

    class Meta:
        ordering = ["decided_on", "id"]
        verbose_name = "点名"

    def __str__(self) -> str:
        return f"第{self.measure_number}条“{self.phrase}”"


class Finding(models.Model):
    """A problem that the reader or the resolver found, marked at its place in the text; settled by a person."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="findings")
    measure = models.ForeignKey(Measure, models.CASCADE, null=True, blank=True, related_name="findings")
    start = models.IntegerField(null=True)
    end = models.IntegerField(null=True)
    message = models.CharField("疑问", max_length=500)
    advice = models.CharField("建议", max_length=300, blank=True)
    settled = models.CharField("处理", max_length=200, blank=True)
    settled_by = models.CharField("处理人", max_length=120, blank=True)

    class Meta:
        ordering = ["start", "id"]
        verbose_name = "疑问"

    def __str__(self) -> str:
        return self.message


class Demand(models.Model):
    """What a measure asks of a unit: something counted, a clock, a share, or a report. One row of the breakdown table."""

    COUNT, CLOCK, COVERAGE, REPORT = "count", "clock", "coverage", "report"
    KINDS = [(COUNT, "计次"), (CLOCK, "限时"), (COVERAGE, "覆盖率"), (REPORT, "报告")]
    LEAD, RESPONSIBLE, ALL = "lead", "responsible", "all"
    WHO = [(LEAD, "牵头单位"), (RESPONSIBLE, "责任单位"), (ALL, "牵头和责任单位")]

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="demands")
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="demands")
    order = models.IntegerField()
    kind = models.CharField("种类", max_length=10, choices=KINDS)
    template = models.CharField("目录条目", max_length=60)
    fact = models.CharField("事实", max_length=60, blank=True)
    who = models.CharField("对谁", max_length=12, choices=WHO)
    needs_party_group = models.BooleanField("限设党组织的单位", default=False)
    unit_kinds = models.JSONField("限单位种类", default=list)
    at_least = models.IntegerField("至少", default=1)  # times a window, or percent for coverage
    every = models.CharField("窗口", max_length=10, blank=True)  # month | quarter | half_year | year | plan
    days = models.IntegerField("天数", null=True, blank=True)  # clock
    working = models.BooleanField("工作日", default=False)
    sentence = models.TextField("具体内容")
    finish = models.CharField("办结标志", max_length=120)
    proof = models.CharField("凭什么算", max_length=120)
    source = models.CharField("依据", max_length=300, blank=True)
    verified = models.BooleanField("已核", default=False)
    chosen = models.BooleanField("采用", default=True)

    class Meta:
        ordering = ["order"]
        verbose_name = "办结要求"
        constraints = [
            models.UniqueConstraint(fields=["measure", "order"], name="demand_order_once"),
            models.CheckConstraint(condition=Q(at_least__gte=1), name="demand_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.measure.number}-{self.order} {self.finish}"
