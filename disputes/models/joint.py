from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from disputes.joint import OPEN, JointAnswerKind, JointState
from disputes.models.cases import Dispute
from kernel.ids import uuid7


class JointHandling(models.Model):
    """联合会办: what a centre asks departments about one matter. Typed for the purpose: nothing of the file
    is in it. `parties` are named only where a department cannot act without them, with the reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+", db_index=False)
    place = models.CharField(max_length=200)
    matter = models.CharField(max_length=400)
    basis = models.CharField(max_length=16)
    enclosures = ArrayField(models.CharField(max_length=20), default=list)
    parties = ArrayField(models.UUIDField(), default=list)
    names_reason = models.CharField(max_length=400, blank=True, default="")
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    sent_at = models.DateTimeField()
    # Two departments have said "not ours": since when the head of the street is asked, and what came of it.
    undecided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        db_table = "disputes_joint_handling"
        ordering = ["-sent_at", "id"]
        indexes = [
            models.Index(fields=["dispute", "sent_at"], name="joint_of_dispute"),
            models.Index(
                fields=["undecided_at"], name="joint_undecided", condition=Q(undecided_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(parties=[]) ^ ~Q(names_reason=""), name="joint_names_reason"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | ~Q(decision_reason=""), name="joint_decision_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class JointQuestion(models.Model):
    """What one department is asked, and where that stands. `ordered`: the head of the street has decided
    that it is theirs. `silent_at`: since when an answer is missing that was due then."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    handling = models.ForeignKey(JointHandling, models.PROTECT, related_name="questions", db_index=False)
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    asked = models.CharField(max_length=600)
    supplied = models.CharField(max_length=600, blank=True, default="")
    state = models.CharField(max_length=10, choices=JointState.choices(), default=JointState.ASKED)
    ordered = models.BooleanField(default=False)
    answer_on = models.DateField()
    due_at = models.DateTimeField()
    silent_at = models.DateTimeField(null=True)
    share_id = models.UUIDField()
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "disputes_joint_question"
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(
                fields=["due_at"], name="joint_due", condition=Q(state__in=OPEN, silent_at__isnull=True)
            ),
            models.Index(fields=["handling"], name="joint_question_of"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JointState.values()), name="joint_state_known"),
            models.UniqueConstraint(
                fields=["handling", "department"], condition=Q(state__in=OPEN), name="joint_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return self.state


class JointAnswer(models.Model):
    """What a department said, by whom there and how it came; entered by somebody at the centre."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey(JointQuestion, models.PROTECT, related_name="answers", db_index=False)
    answer = models.CharField(max_length=10, choices=JointAnswerKind.choices())
    said_by = models.CharField(max_length=100)
    said_on = models.DateField()
    by_date = models.DateField(null=True)
    basis = models.CharField(max_length=200, blank=True, default="")
    words = models.CharField(max_length=600, blank=True, default="")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()

    class Meta:
        db_table = "disputes_joint_answer"
        ordering = ["entered_at", "id"]
        indexes = [models.Index(fields=["question"], name="joint_answer_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=JointAnswerKind.values()), name="joint_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="will_do", by_date__isnull=False)
                | (~Q(answer="will_do") & Q(by_date__isnull=True)),
                name="joint_will_do_by",
            ),
            models.CheckConstraint(
                condition=~Q(answer="not_ours") | ~Q(basis=""), name="joint_not_ours_basis"
            ),
        ]

    def __str__(self) -> str:
        return self.answer
