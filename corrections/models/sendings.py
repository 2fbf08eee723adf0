from django.db import models
from django.db.models import Q

from accounts.models import User
from corrections.models.decisions import Decision, known
from corrections.models.people import Subject
from corrections.sendings import SENDING, SendTo, SentPaper, SentProof
from kernel.ids import uuid7


class OwedSending(models.Model):
    """应送文书: a paper that has to go to an organ; a row before it is sent, closed with day and proof."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="sendings")
    paper = models.CharField(max_length=10, choices=SentPaper.choices())
    to = models.CharField(max_length=16, choices=SendTo.choices())
    law = models.CharField(max_length=16)
    state = models.CharField(max_length=8, default=SENDING.initial)
    due_on = models.DateField()
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    recipient = models.CharField(max_length=150, blank=True, default="")
    sent_on = models.DateField(null=True, blank=True)
    proof = models.CharField(max_length=10, choices=SentProof.choices(), blank=True, default="")
    proof_no = models.CharField(max_length=80, blank=True, default="")
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "corrections_owed_sending"
        ordering = ["due_at", "id"]
        indexes = [models.Index(fields=["due_at"], name="sending_owed", condition=Q(state="owed"))]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(SENDING)), name="sending_state_known"),
            models.CheckConstraint(condition=Q(paper__in=SentPaper.values()), name="sending_paper_known"),
            models.CheckConstraint(condition=Q(to__in=SendTo.values()), name="sending_to_known"),
            models.UniqueConstraint(fields=["decision", "paper", "to"], name="sending_once"),
            models.CheckConstraint(
                condition=~Q(state="sent")
                | Q(sent_on__isnull=False, sent_by__isnull=False) & ~Q(proof="") & ~Q(proof_no=""),
                name="sending_proved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.to} {self.state}"
