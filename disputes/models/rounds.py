from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Area, User
from grids.models import Grid
from kernel.ids import uuid7


class ScreeningRound(models.Model):
    """排查活动: which communities are gone through from when to when, and for which categories (none: all).
    No number of disputes is asked for (EF-10). `report`: what the closing counted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    street = models.ForeignKey(Area, models.PROTECT, related_name="+")
    communities = ArrayField(models.UUIDField())
    categories = ArrayField(models.CharField(max_length=4), default=list)
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True)
    report = models.JSONField(null=True)

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="round_dates"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, report__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, report__isnull=False, closed_by__isnull=False),
                name="round_closed_with_report",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoundVisit(models.Model):
    """That a worker has gone through a grid in a round; nothing of what was found stands here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(ScreeningRound, models.PROTECT, related_name="+", db_index=False)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    visited_on = models.DateField()
    device_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["round", "grid", "visited_on"]
        constraints = [
            models.UniqueConstraint(fields=["round", "grid", "worker"], name="round_visit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.grid_id} {self.visited_on}"
