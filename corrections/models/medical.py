from django.db import models
from django.db.models import F, Q

from accounts.models import User
from corrections.medical import LENGTHENING, MEDICAL, LengthenLevel, MedicalExcuse, MedicalKind
from corrections.models.decisions import known
from corrections.models.people import Subject
from edge.encryption import EncryptedField
from kernel.ids import uuid7


class MedicalReport(models.Model):
    """身体情况、病情复查报告 (CCM-24b): a row before it is handed in, so that "late" is a fact.

    `regular_on` is the day by the rule, `due_on` the day that counts; they differ once lengthened.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=MedicalKind.choices())
    nth = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default=MEDICAL.initial)
    counted_from = models.DateField()
    step = models.PositiveSmallIntegerField()
    regular_on = models.DateField()
    due_on = models.DateField()
    due_at = models.DateTimeField()
    excuse = models.CharField(max_length=12, choices=MedicalExcuse.choices(), blank=True, default="")
    # The paper's own date, and the day it came.
    dated_on = models.DateField(null=True, blank=True)
    handed_on = models.DateField(null=True, blank=True)
    hospital = EncryptedField(max_length=1000, null=True, blank=True)
    finding = EncryptedField(max_length=16000, null=True, blank=True)
    original_at = models.CharField(max_length=100, blank=True, default="")
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "corrections_medical_report"
        ordering = ["-due_on", "id"]
        indexes = [models.Index(fields=["due_at"], name="medical_due", condition=Q(state="due"))]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(MEDICAL)), name="medical_state_known"),
            models.CheckConstraint(condition=Q(kind__in=MedicalKind.values()), name="medical_kind_known"),
            models.UniqueConstraint(fields=["subject", "kind", "nth"], name="medical_nth_once"),
            models.CheckConstraint(
                condition=~Q(state="handed_in") | Q(handed_on__isnull=False, dated_on__isnull=False),
                name="medical_handed_in_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="excused") | ~Q(excuse=""), name="medical_excused_because"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"


class ReportLengthening(models.Model):
    """延长报告期限: proposed here; city and province decide outside and are recorded by their document."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    report = models.ForeignKey(MedicalReport, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=LENGTHENING.initial)
    level = models.CharField(max_length=8, choices=LengthenLevel.choices())
    until = models.DateField()
    reason = EncryptedField(max_length=8000)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    document_no = models.CharField(max_length=80, blank=True, default="")
    decided_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(null=True, blank=True)
    # When the procuratorate was told of it.
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "corrections_report_lengthening"
        ordering = ["-proposed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=known(LENGTHENING)), name="lengthening_state_known"
            ),
            models.CheckConstraint(
                condition=Q(level__in=LengthenLevel.values()), name="lengthening_level_known"
            ),
            models.UniqueConstraint(
                fields=["report"], condition=Q(state="proposed"), name="lengthening_one_proposed"
            ),
            models.CheckConstraint(
                condition=~Q(state="in_force")
                | Q(granted_by__isnull=False) & (Q(level="agency") | ~Q(document_no="")),
                name="lengthening_granted_by",
            ),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | Q(recorded_by__isnull=True)
                | ~Q(granted_by=F("recorded_by")),
                name="lengthening_two_people",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.level} {self.state}"
