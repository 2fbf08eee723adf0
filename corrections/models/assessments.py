from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from corrections.assessment import ASSESSMENT, Advice, AskedBy, Heard, ReturnWhy
from corrections.models.decisions import known
from edge.encryption import EncryptedField
from kernel.ids import uuid7
from privacy.models import SubjectKey


class Assessment(models.Model):
    """调查评估 (CCM-14) of somebody who is not in correction, under a key of its own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.ForeignKey(SubjectKey, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    station = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, default=ASSESSMENT.initial)
    asked_by = models.CharField(max_length=16, choices=AskedBy.choices())
    organ = models.CharField(max_length=150)
    document_no = models.CharField(max_length=80)
    received_on = models.DateField()
    fast_track = models.BooleanField(default=False)
    due_on = models.DateField()
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    person_name = EncryptedField(max_length=1000)
    id_number = EncryptedField(max_length=400, null=True, blank=True)
    reach = EncryptedField(max_length=2000, null=True, blank=True)
    advice = models.CharField(max_length=16, choices=Advice.choices(), blank=True, default="")
    opinion = EncryptedField(max_length=32000, null=True, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    sent_document = models.CharField(max_length=80, blank=True, default="")
    copied_on = models.DateField(null=True, blank=True)
    returned_why = models.CharField(max_length=16, choices=ReturnWhy.choices(), blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-entered_at", "id"]
        indexes = [
            models.Index(fields=["due_at"], name="assessment_due", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["station"], name="assessment_of_station"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(ASSESSMENT)), name="assessment_state_known"),
            models.CheckConstraint(
                condition=Q(asked_by__in=AskedBy.values()), name="assessment_asked_by_known"
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("drafted_by")),
                name="assessment_signed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "sent"]) | ~Q(advice="") & Q(opinion__isnull=False),
                name="assessment_signed_has_opinion",
            ),
            models.UniqueConstraint(fields=["agency", "document_no"], name="assessment_document_once"),
        ]

    def __str__(self) -> str:
        return self.state


class AssessmentVisit(models.Model):
    """Who went, when, whom they heard, and what they wrote down. Insert-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="visits")
    made_on = models.DateField()
    visitors = ArrayField(models.UUIDField())
    heard = models.CharField(max_length=16, choices=Heard.choices())
    note = EncryptedField(max_length=12000)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["assessment_id", "made_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(heard__in=Heard.values()), name="assessment_heard_known"),
            models.CheckConstraint(condition=~Q(visitors=[]), name="assessment_visit_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.heard} {self.made_on}"
