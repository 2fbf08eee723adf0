from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from corrections.complaints import COMPLAINT, SECOND, Burden, ComplaintWay
from corrections.models.decisions import known
from corrections.models.people import Subject
from edge.encryption import EncryptedField
from kernel.ids import uuid7
from privacy.models import SubjectKey


class Complaint(models.Model):
    """投诉: about an officer, received past the officer. Under a key of its own, so that whoever complains
    need not be found in the register first; `subject` is filled where the ID number matches, and never shown
    at the desk.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.ForeignKey(SubjectKey, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, related_name="+")
    against = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Who received it: the desk, or the procuratorate.
    door = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    way = models.CharField(max_length=12, choices=ComplaintWay.choices())
    state = models.CharField(max_length=20, default=COMPLAINT.initial)
    person_name = EncryptedField(max_length=1000, null=True, blank=True)
    reach = EncryptedField(max_length=2000, null=True, blank=True)
    text = EncryptedField(max_length=32000)
    received_on = models.DateField()
    due_on = models.DateField()
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    assigned_to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = EncryptedField(max_length=32000, null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    passed_to = models.CharField(max_length=150, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "id"]
        indexes = [
            models.Index(
                fields=["subject", "against"], name="complaint_open", condition=Q(closed_at__isnull=True)
            ),
            models.Index(fields=["door", "state"], name="complaint_of_door"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(COMPLAINT)), name="complaint_state_known"),
            models.CheckConstraint(
                condition=Q(way__in=ComplaintWay.values()), name="complaint_way_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "told_procurator"]) | Q(answer__isnull=False),
                name="complaint_answered_in_writing",
            ),
            models.CheckConstraint(
                condition=Q(assigned_to__isnull=True) | ~Q(assigned_to=F("against")),
                name="complaint_not_with_the_officer",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.id)


class BurdenRow(models.Model):
    """That an officer burdened a person, when, and who decided beside the officer where that was needed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    act = models.CharField(max_length=20, choices=Burden.choices())
    at = models.DateTimeField()
    second = models.ForeignKey(
        "corrections.SecondDecision", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["subject", "officer", "at"], name="burden_of_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(act__in=Burden.values()), name="burden_act_known"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.at}"


class SecondDecision(models.Model):
    """Somebody of another unit decides beside an officer about one burdening act on one person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    act = models.CharField(max_length=20, choices=Burden.choices())
    state = models.CharField(max_length=12, default=SECOND.initial)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_role = models.CharField(max_length=24)
    asked_unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    about = EncryptedField(max_length=8000)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = EncryptedField(max_length=8000, null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(SECOND)), name="second_state_known"),
            models.CheckConstraint(condition=Q(act__in=Burden.values()), name="second_act_known"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="second_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.state}"
