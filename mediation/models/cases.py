from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from edge.encryption import EncryptedField
from kernel.ids import uuid7
from mediation.codes import FailReason, Initiation, PartyNeed, ReplaceReason, WordForm
from mediation.machine import OPEN_STATES, CaseState, ConsentAnswer, ConsentStep
from mediation.models.intake import IntakeItem
from mediation.models.steps import StepRow

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
    the true time. `review_on`: the day on which somebody looks again at a case that is suspended or whose
    party cannot be reached. `extension_asked_at`: when the parties were asked, once, for more time.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    intake = models.OneToOneField(IntakeItem, models.PROTECT, related_name="case")
    street = models.ForeignKey("accounts.Area", models.PROTECT, related_name="+")
    committee = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    category = models.CharField(max_length=4)
    state = models.CharField(max_length=20, choices=CaseState.choices(), default=CaseState.INTAKE)
    initiation = models.CharField(max_length=12, choices=Initiation.choices(), default=Initiation.APPLICATION)
    protected = models.BooleanField(default=False)
    wish = EncryptedField(null=True, blank=True)
    # What it is about, as the acceptance form says it (PM-F3): the centre's words, for who sees the case.
    brief = EncryptedField(null=True, blank=True)
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
    fail_code = models.CharField(max_length=16, blank=True, default="", choices=FailReason.choices())
    review_on = models.DateField(null=True, blank=True)

    acceptance_last_day = models.DateField()
    acceptance_due_at = models.DateTimeField(null=True, blank=True)
    acceptance_over_at = models.DateTimeField(null=True, blank=True)
    mediation_last_day = models.DateField(null=True, blank=True)
    mediation_due_at = models.DateTimeField(null=True, blank=True)
    mediation_over_at = models.DateTimeField(null=True, blank=True)
    mediation_law = models.CharField(max_length=8, blank=True, default="")
    extended_at = models.DateTimeField(null=True, blank=True)
    extension_asked_at = models.DateTimeField(null=True, blank=True)
    labour_last_day = models.DateField(null=True, blank=True)
    labour_due_at = models.DateTimeField(null=True, blank=True)
    labour_over_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(default=False)

    ways_owed_at = models.DateTimeField(null=True, blank=True)
    ways_told_on = models.DateField(null=True, blank=True)
    ways_form = models.CharField(max_length=20, blank=True, default="", choices=WaysForm)
    ways_told = models.JSONField(default=list)
    ways_tried = models.JSONField(default=list)

    class Meta:
        db_table = "mediation_case"
        ordering = ["-asked_at", "id"]
        indexes = [
            models.Index(fields=["street", "state", "asked_at"], name="case_of_street"),
            models.Index(fields=["acceptance_due_at"], name="case_acceptance_due"),
            models.Index(fields=["mediation_due_at"], name="case_mediation_due"),
            models.Index(fields=["labour_due_at"], name="case_labour_due"),
            models.Index(fields=["review_on"], name="case_review_on"),
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
                condition=~Q(state=CaseState.SUSPENDED) | Q(mediation_due_at=None, review_on__isnull=False),
                name="case_suspended_stands_still",
            ),
            models.CheckConstraint(
                condition=Q(initiation__in=Initiation.values()), name="case_initiation_known"
            ),
            models.CheckConstraint(
                condition=Q(ways_told_on__isnull=True) | ~Q(ways_form=""), name="case_ways_told_somehow"
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.id)


class CaseParty(models.Model):
    """A party at the table. The name as this case's papers have it is sealed under the party's own key; a
    later correction of the name does not change old papers. `needs`: what this party needs at the table."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    dispute_party = models.ForeignKey("disputes.DisputeParty", models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    name = EncryptedField(null=True, blank=True)
    needs = ArrayField(models.CharField(max_length=16, choices=PartyNeed.choices()), default=list, blank=True)

    class Meta:
        db_table = "mediation_case_party"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "dispute_party"], name="case_party_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Word(models.Model):
    """Somebody's word on record: in which form, when it was said (on paper earlier than `recorded_at`), and
    for who cannot read: read aloud by whom in the presence of which witness. The witness's name stands sealed
    under a key of its own."""

    form = models.CharField(max_length=12, choices=WordForm.choices())
    said_on = models.DateField()
    said_by = models.ForeignKey("mediation.Participant", models.PROTECT, null=True, related_name="+")
    read_aloud_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    witness_key_id = models.UUIDField(null=True)
    witness = EncryptedField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Consent(Word):
    """One word of one party about one step. Insert-only: the latest word counts.

    `said_by`: the agent or guardian who said it, none when it was the party. `participant`: whom the step
    `participant` is about. `child_heard_on`: when the child for whom a guardian speaks was heard. A "yes" by
    fingerprint has a witness; a "no" takes effect in whatever form it was said.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="consents")
    step = models.CharField(max_length=24, choices=ConsentStep.choices())
    answer = models.CharField(max_length=12, choices=ConsentAnswer.choices())
    participant = models.ForeignKey(
        "mediation.Participant", models.PROTECT, null=True, related_name="consents"
    )
    child_heard_on = models.DateField(null=True)

    class Meta:
        db_table = "mediation_consent"
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=ConsentStep.values()), name="consent_step_known"),
            models.CheckConstraint(
                condition=Q(answer__in=ConsentAnswer.values()), name="consent_answer_known"
            ),
            models.CheckConstraint(
                condition=~Q(form=WordForm.FINGERPRINT, answer=ConsentAnswer.GIVEN)
                | Q(witness__isnull=False),
                name="consent_fingerprint_has_witness",
            ),
            models.CheckConstraint(
                condition=Q(step=ConsentStep.PARTICIPANT, participant__isnull=False)
                | (~Q(step=ConsentStep.PARTICIPANT) & Q(participant__isnull=True)),
                name="consent_names_the_participant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.answer}"


class CaseMediator(models.Model):
    """A mediator of the case, chosen by the parties or named by the committee (PM-19). `replaces`: instead of
    whom; the parties are told of that. What was written down alone with a party is open to its author only as
    long as `replaced_at` is empty."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="mediators")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    chosen_by = models.CharField(
        max_length=12, choices=[("parties", "当事人选定 parties"), ("committee", "调委会指定 committee")]
    )
    named_at = models.DateTimeField()
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)
    replace_reason = models.CharField(max_length=12, blank=True, default="", choices=ReplaceReason.choices())

    class Meta:
        db_table = "mediation_case_mediator"
        ordering = ["named_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(replaced_at=None), name="case_mediator_once"
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None, replace_reason="")
                | (Q(replaced_at__isnull=False) & ~Q(replace_reason="")),
                name="case_mediator_replaced_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class CaseTransition(StepRow):
    """One step of a case: who, in which role, why, when it was said (`stated_at`) and when it was entered."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="transitions")

    class Meta:
        db_table = "mediation_case_transition"
        ordering = ["at", "id"]
