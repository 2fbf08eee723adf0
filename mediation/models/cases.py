from django.db import models
from django.db.models import Q

from edge.encryption import EncryptedField
from kernel.ids import uuid7
from mediation.machine import OPEN_STATES, CaseState, ConsentAnswer, ConsentStep
from mediation.models.intake import IntakeItem

ACCEPTED_ONCE = tuple(
    state
    for state in CaseState.values()
    if state not in {"intake", "asking", "unreachable", "not_accepted", "refused"}
)


class WaysForm(models.TextChoices):
    """How the other ways were told 告知其他途径; twice tried in vain is an answer too."""

    BY_HAND = "by_hand", "当面交付 by hand"
    READ_OUT = "read_out", "当面宣读 read out"
    POST = "post", "邮寄 by post"
    NOT_DELIVERABLE = "not_deliverable", "两次未能送达 not deliverable, tried twice"


class Case(models.Model):
    """调解案件: from acceptance on it belongs to the committee: number, mediators, dossier.

    `*_due_at` are the running clocks: 24:00 of `*_last_day`, empty when the clock does not run (before it
    starts, while suspended, after an end). `*_over_at` is the flag that a person deals with, set once with
    the true time.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    intake = models.OneToOneField(IntakeItem, models.PROTECT, related_name="case")
    street = models.ForeignKey("accounts.Area", models.PROTECT, related_name="+")
    committee = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    category = models.CharField(max_length=4)
    state = models.CharField(max_length=20, choices=CaseState.choices(), default=CaseState.INTAKE)
    protected = models.BooleanField(default=False)
    wish = EncryptedField(null=True, blank=True)
    # What concerns several parties at once is sealed under a key of the case, made when it is first needed.
    key_id = models.UUIDField(null=True, blank=True)

    number = models.CharField(max_length=60, null=True, blank=True, unique=True)
    number_year = models.SmallIntegerField(null=True, blank=True)
    number_serial = models.IntegerField(null=True, blank=True)

    received_on = models.DateField()
    asked_at = models.DateTimeField()
    accepted_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=400, blank=True, default="")

    acceptance_last_day = models.DateField()
    acceptance_due_at = models.DateTimeField(null=True, blank=True)
    acceptance_over_at = models.DateTimeField(null=True, blank=True)
    mediation_last_day = models.DateField(null=True, blank=True)
    mediation_due_at = models.DateTimeField(null=True, blank=True)
    mediation_over_at = models.DateTimeField(null=True, blank=True)
    mediation_law = models.CharField(max_length=8, blank=True, default="")
    extended_at = models.DateTimeField(null=True, blank=True)
    labour_last_day = models.DateField(null=True, blank=True)
    labour_due_at = models.DateTimeField(null=True, blank=True)
    labour_over_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(default=False)

    ways_owed_at = models.DateTimeField(null=True, blank=True)
    ways_told_on = models.DateField(null=True, blank=True)
    ways_form = models.CharField(max_length=20, blank=True, default="", choices=WaysForm)

    class Meta:
        db_table = "mediation_case"
        ordering = ["-asked_at", "id"]
        indexes = [
            models.Index(fields=["street", "state", "asked_at"], name="case_of_street"),
            models.Index(fields=["acceptance_due_at"], name="case_acceptance_due"),
            models.Index(fields=["mediation_due_at"], name="case_mediation_due"),
            models.Index(fields=["labour_due_at"], name="case_labour_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CaseState.values()), name="case_state_known"),
            models.UniqueConstraint(
                fields=["dispute"],
                condition=Q(state__in=(*OPEN_STATES, CaseState.AGREED)),
                name="case_open_once",
            ),
            models.UniqueConstraint(
                fields=["committee", "number_year", "number_serial"], name="case_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ACCEPTED_ONCE)
                | Q(number__isnull=False, accepted_on__isnull=False, mediation_last_day__isnull=False),
                name="case_accepted_has_number_and_term",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(CaseState.REFUSED, CaseState.WITHDRAWN))
                | Q(acceptance_due_at=None, mediation_due_at=None, labour_due_at=None),
                name="case_refused_has_no_clock",
            ),
            models.CheckConstraint(
                condition=Q(ways_told_on__isnull=True) | ~Q(ways_form=""), name="case_ways_told_somehow"
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.id)


class CaseParty(models.Model):
    """A party at the table. The name as this case's papers have it is sealed under the party's own key; a
    later correction of the name does not change old papers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    dispute_party = models.ForeignKey("disputes.DisputeParty", models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    name = EncryptedField(null=True, blank=True)

    class Meta:
        db_table = "mediation_case_party"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "dispute_party"], name="case_party_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Consent(models.Model):
    """One word of one party about one step. Insert-only: the latest word counts.

    `said_on` is the date on which it was said or signed, which on paper is earlier than `recorded_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="consents")
    step = models.CharField(max_length=24, choices=ConsentStep.choices())
    answer = models.CharField(max_length=12, choices=ConsentAnswer.choices())
    form = models.CharField(
        max_length=12,
        choices=[("oral", "口头 oral"), ("written", "书面 written"), ("fingerprint", "指印 fingerprint")],
    )
    said_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        db_table = "mediation_consent"
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=ConsentStep.values()), name="consent_step_known"),
            models.CheckConstraint(
                condition=Q(answer__in=ConsentAnswer.values()), name="consent_answer_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.answer}"


class CaseMediator(models.Model):
    """A mediator of the case, chosen by the parties or named by the committee (PM-19)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="mediators")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    chosen_by = models.CharField(
        max_length=12, choices=[("parties", "当事人选定 parties"), ("committee", "调委会指定 committee")]
    )
    named_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mediation_case_mediator"
        ordering = ["named_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(replaced_at=None), name="case_mediator_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class CaseTransition(models.Model):
    """One step of a case: who, in which role, why, when it was said (`stated_at`) and when it was entered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="transitions")
    event = models.CharField(max_length=24)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    actor = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=24, blank=True, default="")
    reason = models.CharField(max_length=400, blank=True, default="")
    stated_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "mediation_case_transition"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
