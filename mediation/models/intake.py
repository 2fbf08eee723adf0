from django.db import models
from django.db.models import Q

from kernel.ids import uuid7
from mediation.machine import IntakeState
from mediation.models.steps import StepRow

OPEN_INTAKE = (IntakeState.WAITING, IntakeState.PROTECTED_TRACK)


class IntakeItem(models.Model):
    """待受理: something that a person at the street centre must read and choose about.

    Nobody was contacted and no mediation clock runs because of it. `reasons` are the firings that led here
    (rule, texts, firing id, time); `barred`: a party has refused mediation, so only the other choices are
    left (PM-17).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    street = models.ForeignKey("accounts.Area", models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=IntakeState.choices(), default=IntakeState.WAITING)
    reasons = models.JSONField(default=list)
    protected = models.BooleanField(default=False)
    barred = models.BooleanField(default=False)
    danger = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mediation_intake"
        ordering = ["-opened_at", "id"]
        indexes = [
            models.Index(fields=["street", "state", "opened_at"], name="intake_of_street"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IntakeState.values()), name="intake_state_known"),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(state__in=OPEN_INTAKE), name="intake_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_INTAKE) | Q(decided_at__isnull=False),
                name="intake_decided_has_time",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(read_by__isnull=False), name="intake_read_by_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"


class IntakeTransition(StepRow):
    """One step of an intake item: a person's choice, with the reason."""

    item = models.ForeignKey(IntakeItem, models.PROTECT, related_name="transitions")

    class Meta:
        db_table = "mediation_intake_transition"
        ordering = ["at", "id"]
