from django.db import models
from django.db.models import F, Q

from edge.encryption import EncryptedField
from kernel.ids import uuid7
from mediation.models.cases import Case, CaseParty
from mediation.models.sessions import Session
from mediation.models.steps import StepRow
from mediation.offer_rules import OfferState
from mediation.visibility import Visibility


class Offer(models.Model):
    """调解方案: what one party offers to others until an hour, or what answers an offer (`counters`).

    One made alone with the mediator has the visibility of one party until it is passed on (`passed_on_at`):
    only then the others know of it and can answer. `ended_at` of an expired one is its hour, not the job's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="offers")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="+")
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="+")
    visibility = models.CharField(max_length=12, choices=Visibility.choices())
    terms = EncryptedField()
    state = models.CharField(max_length=12, choices=OfferState.choices(), default=OfferState.OPEN.value)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    passed_on_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    counters = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="countered_by"
    )
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        db_table = "mediation_offer"
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["expires_at"], name="offer_expiry", condition=Q(state="open"))]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OfferState.values()), name="offer_state_known"),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values()), name="offer_visibility_known"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="offer_expires_later"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | ~Q(state="open") & Q(ended_at__isnull=False),
                name="offer_ended_has_time",
            ),
            models.CheckConstraint(
                condition=Q(passed_on_at=None) | Q(visibility="all_parties"), name="offer_passed_on_is_seen"
            ),
        ]

    def __str__(self) -> str:
        return self.state


class OfferTo(models.Model):
    """A party to whom an offer is made, and its answer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="to")
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=12, blank=True, default="")
    said_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mediation_offer_to"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "party"], name="offer_to_once"),
            models.CheckConstraint(
                condition=Q(answer__in=("", "accept", "decline", "counter")), name="offer_answer_known"
            ),
        ]

    def __str__(self) -> str:
        return self.answer or "open"


class OfferTransition(StepRow):
    """One step of an offer. Append-only."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="transitions")
    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)

    class Meta:
        db_table = "mediation_offer_transition"
        ordering = ["at", "id"]
