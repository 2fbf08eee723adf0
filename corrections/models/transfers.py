from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from corrections.models.decisions import known
from corrections.models.people import Subject
from corrections.opinions import OPINION, Followed, OpinionKind
from corrections.transfers import TRANSFER, UNDER_WAY
from edge.encryption import EncryptedField
from kernel.ids import uuid7
from privacy.models import SubjectKey


class Transfer(models.Model):
    """执行地变更 to another county's agency. The old agency answers for the person until the receipt."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, default=TRANSFER.initial)
    to_agency = models.CharField(max_length=150)
    to_area_code = models.CharField(max_length=12)
    reason = EncryptedField(max_length=8000)
    applied_on = models.DateField()
    asked_on = models.DateField()
    # From which day on the person wants to be there, where the application says so.
    wanted_from = models.DateField(null=True, blank=True)
    # By when the step that is open should be done; what follows is a flag.
    due_at = models.DateTimeField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answer_document = models.CharField(max_length=80, blank=True, default="")
    moved_on = models.DateField(null=True, blank=True)
    report_due_at = models.DateTimeField(null=True, blank=True)
    file_sent_on = models.DateField(null=True, blank=True)
    receipt_on = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-entered_at", "id"]
        indexes = [models.Index(fields=["due_at"], name="transfer_to_flag", condition=Q(state="asked"))]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(TRANSFER)), name="transfer_state_known"),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state__in=UNDER_WAY), name="transfer_one_under_way"
            ),
        ]

    def __str__(self) -> str:
        return self.state


class Opinion(models.Model):
    """检察意见、检察建议 to an agency, and its written reply (CCL-8). Under a key of its own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.ForeignKey(SubjectKey, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=OpinionKind.choices())
    state = models.CharField(max_length=12, default=OPINION.initial)
    document_no = models.CharField(max_length=80)
    text = EncryptedField(max_length=32000)
    issued_on = models.DateField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    followed = models.CharField(max_length=8, choices=Followed.choices(), blank=True, default="")
    reply = EncryptedField(max_length=32000, null=True, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-entered_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(OPINION)), name="opinion_state_known"),
            models.CheckConstraint(
                condition=Q(state="issued") | ~Q(followed="") & Q(reply__isnull=False),
                name="opinion_replied_in_writing",
            ),
            models.UniqueConstraint(fields=["agency", "document_no"], name="opinion_document_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
