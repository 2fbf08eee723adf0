from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from corrections.codes import Education, Period
from corrections.models.evaluations import Evaluation
from corrections.models.people import Subject
from edge.encryption import EncryptedField
from kernel.codes.law import ContactForm
from kernel.ids import uuid7


class PlanState(models.TextChoices):
    IN_FORCE = "in_force", "执行中 in force"
    REPLACED = "replaced", "已替换 replaced"
    ENDED = "ended", "已结束 ended"


class Plan(models.Model):
    """矫正方案, one version: contacts with least and most, quiet hours, and help beside them (CCL-1,
    CCL-24).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="plans")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=PlanState, default=PlanState.IN_FORCE)
    starts_on = models.DateField()
    quiet_from = models.TimeField()
    quiet_to = models.TimeField()
    grace_days = models.PositiveSmallIntegerField()
    help_measures = ArrayField(models.CharField(max_length=20))
    # Why it replaces the version before (CCM-22): an evaluation, or words.
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, blank=True, related_name="+")
    why = EncryptedField(max_length=4000, null=True, blank=True)
    # How somebody young stands with school (CCL-55); empty where nobody asks.
    education = models.CharField(max_length=12, choices=Education.choices(), blank=True, default="")
    # One of the district's classes of supervision 分类管理, by the officer's word (CCM-21); empty where none.
    class_code = models.CharField(max_length=20, blank=True, default="")
    # The last day whose contacts exist as rows; the scheduler's own mark.
    planned_through = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["subject_id", "-version"]
        indexes = [
            models.Index(fields=["planned_through"], name="plan_to_extend", condition=Q(state="in_force"))
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_known"),
            models.CheckConstraint(condition=~Q(help_measures=[]), name="plan_has_help"),
            models.CheckConstraint(
                condition=Q(education__in=["", *Education.values()]), name="plan_education_known"
            ),
            models.UniqueConstraint(fields=["subject", "version"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state="in_force"), name="plan_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PlanLine(models.Model):
    """One form of contact of a plan: at least `least`, never more than `most` in a period (CCL-34a)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    form = models.CharField(max_length=1, choices=ContactForm.choices())
    period = models.CharField(max_length=8, choices=Period.choices())
    least = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    window_days = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["plan_id", "form"]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=ContactForm.values()), name="plan_line_form_known"),
            models.CheckConstraint(condition=Q(period__in=Period.values()), name="plan_line_period_known"),
            models.CheckConstraint(
                condition=Q(least__gte=1, most__gte=F("least"), window_days__gte=1), name="plan_line_has_cap"
            ),
            models.UniqueConstraint(fields=["plan", "form"], name="plan_line_form_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
