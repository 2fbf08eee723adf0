from django.db import models
from django.db.models import Q

from edge.encryption import EncryptedField
from kernel.ids import uuid7
from mediation.follow_up import FollowUpChoice, FollowUpResult, FollowUpState
from mediation.models.agreements import Agreement
from mediation.models.cases import CaseParty
from mediation.models.steps import StepRow


class FollowUpWish(models.Model):
    """How a party wants to be followed up, or that it does not. Insert-only, the latest counts; nothing
    follows a decline."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="follow_up_wishes")
    choice = models.CharField(max_length=10, choices=FollowUpChoice.choices())
    said_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "mediation_follow_up_wish"
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=FollowUpChoice.values()), name="wish_choice_known"),
        ]

    def __str__(self) -> str:
        return self.choice


class FollowUp(models.Model):
    """A follow-up of one party on one day. `due_at` is 24:00 of `due_on` while it is owed, `overdue_at` the
    flag. Notes are sealed under the agreement's key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="follow_ups")
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="+")
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True, blank=True)
    overdue_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=FollowUpState.choices(), default=FollowUpState.OWED)
    done_on = models.DateField(null=True, blank=True)
    form = models.CharField(max_length=10, blank=True, default="", choices=FollowUpChoice.choices())
    result = models.CharField(max_length=16, blank=True, default="", choices=FollowUpResult.choices())
    satisfied = models.BooleanField(null=True)
    note = EncryptedField(null=True, blank=True)
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mediation_follow_up"
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["due_at"], name="follow_up_due", condition=Q(due_at__isnull=False))]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party", "due_on"],
                condition=~Q(state=FollowUpState.CANCELLED),
                name="follow_up_day_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FollowUpState.values()), name="follow_up_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=FollowUpState.OWED) | Q(due_at=None), name="follow_up_over_has_no_clock"
            ),
            models.CheckConstraint(
                condition=~Q(state=FollowUpState.DONE) | Q(done_on__isnull=False) & ~Q(form="", result=""),
                name="follow_up_done_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_on} {self.state}"


class FollowUpTransition(StepRow):
    """One step of a follow-up."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="transitions")

    class Meta:
        db_table = "mediation_follow_up_transition"
        ordering = ["at", "id"]
