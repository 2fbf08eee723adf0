from django.db import models
from django.db.models import Q

from accounts.models import User
from corrections.ends import DETENTION, ENDINGS, CertificateWay, EndPaper, EndReason, NoticeTo
from corrections.models.decisions import known
from corrections.models.people import Subject
from edge.encryption import EncryptedField
from kernel.ids import uuid7


class Detention(models.Model):
    """羁押: who holds the person since when, by which document, and when we were told."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=DETENTION.initial)
    organ = models.CharField(max_length=150)
    document_no = models.CharField(max_length=80)
    since = models.DateField()
    told_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-entered_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(DETENTION)), name="detention_state_known"),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state="detained"), name="detention_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.since}"


class EndStage(models.Model):
    """That a stage before the end has begun: written once for each term's end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    ends_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["subject_id", "ends_on", "-days"]
        constraints = [models.UniqueConstraint(fields=["subject", "ends_on", "days"], name="end_stage_once")]

    def __str__(self) -> str:
        return f"{self.days} {self.ends_on}"


class EndPaperRow(models.Model):
    """The person's own summary, and the agency's appraisal."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=EndPaper.choices())
    written_on = models.DateField()
    text = EncryptedField(max_length=32000)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["subject_id", "entered_at"]
        constraints = [models.UniqueConstraint(fields=["subject", "kind"], name="end_paper_once")]

    def __str__(self) -> str:
        return self.kind


class Ending(models.Model):
    """The end of a correction: why, on which last day, and the papers that follow it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=EndReason.choices())
    state = models.CharField(max_length=12, default=ENDINGS.initial)
    ended_on = models.DateField()
    outside_prison = models.BooleanField()
    # For the agency's head to look at; neither prolongs anything.
    in_detention = models.BooleanField()
    proposal_pending = models.BooleanField()
    document_no = models.CharField(max_length=80, blank=True, default="")
    certificate_no = models.CharField(max_length=80, blank=True, default="")
    certified_on = models.DateField(null=True, blank=True)
    certificate_way = models.CharField(
        max_length=16, choices=CertificateWay.choices(), blank=True, default=""
    )
    released_by = models.CharField(max_length=150, blank=True, default="")
    released_on = models.DateField(null=True, blank=True)
    looked_at_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(ENDINGS)), name="ending_state_known"),
            models.CheckConstraint(condition=Q(reason__in=EndReason.values()), name="ending_reason_known"),
            models.CheckConstraint(
                condition=Q(reason="term_over") | ~Q(document_no=""), name="ending_by_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.state}"


class EndNotice(models.Model):
    """One of the three notices of an end; `sent_on` is empty until it went out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ending = models.ForeignKey(Ending, models.PROTECT, related_name="notices")
    to = models.CharField(max_length=16, choices=NoticeTo.choices())
    due_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    document_no = models.CharField(max_length=80, blank=True, default="")
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["ending_id", "to"]
        constraints = [models.UniqueConstraint(fields=["ending", "to"], name="end_notice_once")]

    def __str__(self) -> str:
        return self.to
