from django.db import models
from django.db.models import Q

from kernel.ids import uuid7
from mediation.confirmation import RUNNING, ConfirmationState, CourtBasis, CourtDoubt
from mediation.models.agreements import Agreement
from mediation.models.cases import CaseParty
from mediation.models.notes import Document
from mediation.models.steps import StepRow


class Confirmation(models.Model):
    """司法确认 of one agreement, from the day it took effect.

    While it runs, `due_at` is 24:00 of `last_day` (thirty days; the screen warns by it, `over_at` is the
    flag) and `closes_at` 24:00 of `moved_day` (a last day on a legal holiday moves): then it has expired.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="confirmation")
    state = models.CharField(
        max_length=12, choices=ConfirmationState.choices(), default=ConfirmationState.NONE
    )
    last_day = models.DateField()
    moved_day = models.DateField()
    due_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(default=False)
    precheck = models.JSONField(default=list)
    offered_on = models.DateField(null=True, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    court = models.CharField(max_length=80, blank=True, default="")
    court_basis = models.CharField(max_length=12, blank=True, default="", choices=CourtBasis.choices())
    decided_on = models.DateField(null=True, blank=True)
    document_no = models.CharField(max_length=80, blank=True, default="")
    ground = models.CharField(max_length=20, blank=True, default="", choices=CourtDoubt.choices())
    expired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mediation_confirmation"
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["due_at"], name="confirmation_due", condition=Q(due_at__isnull=False)),
            models.Index(
                fields=["closes_at"], name="confirmation_closes", condition=Q(closes_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ConfirmationState.values()), name="confirmation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RUNNING) | Q(due_at=None, closes_at=None),
                name="confirmation_over_has_no_clock",
            ),
            models.CheckConstraint(
                condition=~Q(state=ConfirmationState.FILED) | Q(filed_on__isnull=False),
                name="confirmation_filed_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.last_day}"


class ConfirmationWord(models.Model):
    """What a party said: whether to go to the court together, and whether to be reminded. Insert-only, the
    latest counts. `papers`: which of the papers that only this party's own copy holds go with the set for the
    court (PM-33d)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    confirmation = models.ForeignKey(Confirmation, models.PROTECT, related_name="words")
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="+")
    joint = models.BooleanField()
    remind = models.BooleanField()
    papers = models.ManyToManyField(Document, related_name="+", db_table="mediation_confirmation_paper")
    said_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "mediation_confirmation_word"
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.party_id} {self.joint}"


class ConfirmationReminder(models.Model):
    """A day on which the centre is reminded, once. `due_at` lies in the allowed hours; `to_parties`: every
    party wants it, so the centre tells them too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    confirmation = models.ForeignKey(Confirmation, models.PROTECT, related_name="reminders")
    day = models.DateField()
    due_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    to_parties = models.BooleanField(default=False)

    class Meta:
        db_table = "mediation_confirmation_reminder"
        ordering = ["confirmation", "day"]
        indexes = [
            models.Index(fields=["due_at"], name="reminder_due", condition=Q(due_at__isnull=False)),
        ]
        constraints = [models.UniqueConstraint(fields=["confirmation", "day"], name="reminder_day_once")]

    def __str__(self) -> str:
        return str(self.day)


class ConfirmationTransition(StepRow):
    """One step of a confirmation."""

    confirmation = models.ForeignKey(Confirmation, models.PROTECT, related_name="transitions")

    class Meta:
        db_table = "mediation_confirmation_transition"
        ordering = ["at", "id"]
