from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.models.places import DateRange
from grids.models.places import BoundaryRelease, Grid
from kernel.ids import uuid7


class AssignmentKind(models.TextChoices):
    PRIMARY = "primary", "主 primary"
    BACKUP = "backup", "备 backup"


class Assignment(models.Model):
    """网格责任人: who is in charge of a grid, from `valid_from` to the day before `valid_to`.

    `phone` is the number of the office or of the work phone that GR-8 publishes, never a private one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=AssignmentKind)
    phone = models.CharField(max_length=40, blank=True, default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    # Over, and taken from the phones; set on the last day by the job, so that phone rows depend on no clock.
    closed = models.BooleanField(default=False)
    # Its grid ended with this release; `meant_to` is the end that it had before, for whoever rolls that back.
    ended_by = models.ForeignKey(BoundaryRelease, models.PROTECT, null=True, blank=True, related_name="+")
    meant_to = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    rev = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["grid", "kind", "valid_from"]
        indexes = [
            models.Index(fields=["worker", "grid"], name="assignment_of_worker"),
            models.Index(fields=["grid"], name="assignment_of_grid"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AssignmentKind.values), name="assignment_kind_known"),
            # Equal dates: withdrawn before its first day.
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="assignment_dates_ordered",
            ),
            ExclusionConstraint(
                name="assignment_one_primary",
                expressions=[
                    ("grid", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind="primary"),
            ),
            ExclusionConstraint(
                name="assignment_once_a_day",
                expressions=[
                    ("grid", RangeOperators.EQUAL),
                    ("worker", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Handover(models.Model):
    """交接说明: what whoever leaves a grid tells whoever comes next; taken over by name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    note = models.CharField(max_length=2000)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["grid", "-created_at"], name="handover_of_grid")]
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="handover_says_something"),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | (Q(taken_by__isnull=False, taken_at__isnull=False) & ~Q(taken_by=F("author"))),
                name="handover_taken_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
