from django.db import models
from django.db.models import Q

from accounts.models import Area, User
from grids.machine import PlannedChangeState
from kernel.ids import uuid7


class PlannedChange(models.Model):
    """A table of changed division codes (GR-6) that was looked at and waits for its day; nothing of it is in
    the tree before.

    `area`: of the organisation that entered it. `faults`: why its day refused it, `[{"row", "fault"}]`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    day = models.DateField()
    csv = models.TextField()
    document = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(
        max_length=10, choices=PlannedChangeState.choices(), default=PlannedChangeState.WAITING
    )
    faults = models.JSONField(default=list, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_role = models.CharField(max_length=24, default="", blank=True)
    created_organisation = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["day", "created_at", "id"]
        indexes = [models.Index(fields=["day"], name="planned_change_due", condition=Q(state="waiting"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PlannedChangeState.values()), name="planned_change_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="planned_change_ended_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") | Q(faults=[]), name="planned_change_faults_when_refused"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.state}"
