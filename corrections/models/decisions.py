from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from corrections.decisions import (
    DECISION,
    OBJECTION,
    PROPOSALS,
    DecisionGround,
    DecisionKind,
    GuardianPart,
    OutcomeResult,
    ServedWay,
    StatementAnswer,
)
from corrections.models.people import Subject
from edge.encryption import EncryptedField
from kernel.ids import uuid7


def known(machine: object) -> list[str]:
    """The states of a machine, sorted, for a check."""
    return sorted(machine.states)  # type: ignore[attr-defined]  # because a StateTable is what is handed in


class Decision(models.Model):
    """考核奖惩决定 (C-8): facts, evidence, rule, who decided in which role, what the person said, how it was
    served.

    `number` is what stands on the board inside the centre, for adults only; minors' are never put there.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=DecisionKind.choices())
    ground = models.CharField(max_length=20, choices=DecisionGround.choices())
    state = models.CharField(max_length=12, default=DECISION.initial)
    of_minor = models.BooleanField()
    number = models.CharField(max_length=16, blank=True, default="")
    facts = EncryptedField(max_length=16000)
    evidence = EncryptedField(max_length=16000)
    rule = models.CharField(max_length=200)
    # Earlier decisions that it builds on: two admonitions, two warnings.
    builds_on = ArrayField(models.UUIDField(), default=list)
    # The date on the draft of a proposal, which proves the fifth ground of positioning.
    dated = models.DateField()
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    answer = models.CharField(max_length=16, choices=StatementAnswer.choices(), blank=True, default="")
    asked_on = models.DateField(null=True, blank=True)
    statement = EncryptedField(max_length=16000, null=True, blank=True)
    guardian = models.CharField(max_length=16, choices=GuardianPart.choices(), blank=True, default="")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_role = models.CharField(max_length=24, blank=True, default="")
    decided_unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    delegation = models.CharField(max_length=80, blank=True, default="")
    decided_on = models.DateField(null=True, blank=True)
    served_on = models.DateField(null=True, blank=True)
    served_way = models.CharField(max_length=24, choices=ServedWay.choices(), blank=True, default="")
    witness = EncryptedField(max_length=1000, null=True, blank=True)
    result = models.CharField(max_length=8, choices=OutcomeResult.choices(), blank=True, default="")
    result_organ = models.CharField(max_length=150, blank=True, default="")
    result_document = models.CharField(max_length=80, blank=True, default="")
    result_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-drafted_at", "id"]
        indexes = [models.Index(fields=["subject", "kind", "state"], name="decision_of_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(DECISION)), name="decision_state_known"),
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values()), name="decision_kind_known"),
            models.CheckConstraint(
                condition=Q(ground__in=DecisionGround.values()), name="decision_ground_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["drafted", "dropped"]) | ~Q(answer=""),
                name="decision_person_asked_first",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("drafted_by")),
                name="decision_by_another",
            ),
            models.CheckConstraint(
                condition=Q(of_minor=False) | Q(number=""), name="decision_of_minor_not_on_board"
            ),
            models.CheckConstraint(
                condition=~Q(served_way="refused_with_witness") | Q(witness__isnull=False),
                name="decision_refusal_has_witness",
            ),
            models.CheckConstraint(
                condition=Q(result="") | Q(kind__in=sorted(PROPOSALS)), name="decision_result_of_proposal"
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="decision_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class DecisionCopy(models.Model):
    """A copy of a decision that was sent: to whom and when (the procuratorate always gets one, CCM-32)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="copies")
    recipient = models.CharField(max_length=150)
    sent_on = models.DateField()
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["decision_id", "sent_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "recipient", "sent_on"], name="decision_copy_once")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Objection(models.Model):
    """异议: first to the agency, where another officer than the decider answers, then to the
    procuratorate.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="objections")
    state = models.CharField(max_length=20, default=OBJECTION.initial)
    made_on = models.DateField()
    text = EncryptedField(max_length=16000)
    answer = EncryptedField(max_length=16000, null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_further_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-entered_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(OBJECTION)), name="objection_state_known"),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(state__in=["made", "at_procuratorate"]),
                name="objection_one_open",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.decision_id} {self.state}"
