from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from accounts.models import Area, Organisation, User
from accounts.models.places import DateRange
from corrections.codes import PlaceBasis, Sex, TermReason
from edge.encryption import EncryptedField
from kernel.codes.law import CorrectionCategory, TemporaryOutsideGround
from kernel.ids import uuid7
from privacy.models import SubjectKey


class SubjectState(models.TextChoices):
    IN_CORRECTION = "in_correction", "在矫 in correction"
    ENDED = "ended", "已结束 ended"
    # To another county's agency: no end of the correction (C-9).
    TRANSFERRED = "transferred", "已转出 transferred"


class Subject(models.Model):
    """社区矫正对象: one person, never a user. Everything about the person stands sealed under the own key.

    Neither ethnicity nor religion nor political view has a column (CCL-24), and nothing is counted or
    coloured.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.ForeignKey(SubjectKey, models.PROTECT, related_name="+")
    name = EncryptedField(max_length=1000)
    id_number = EncryptedField(max_length=400, null=True, blank=True)
    id_number_blind = models.BinaryField(max_length=32, null=True, blank=True)
    phone = EncryptedField(max_length=400, null=True, blank=True)
    address = EncryptedField(max_length=2000, null=True, blank=True)
    born_on = EncryptedField(max_length=400)
    sex = models.CharField(max_length=1, choices=Sex.choices())
    # Fixed at reception and never computed again from the age (CCL-58).
    minors_rules = models.BooleanField()
    guardian_name = EncryptedField(max_length=1000, null=True, blank=True)
    guardian_phone = EncryptedField(max_length=400, null=True, blank=True)
    station = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    received_on = models.DateField()
    # The last day of the term over all orders; empty until the first order stands.
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=SubjectState, default=SubjectState.IN_CORRECTION)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["station", "state"], name="subject_of_station"),
            models.Index(fields=["agency", "state"], name="subject_of_agency"),
            models.Index(fields=["ends_on"], name="subject_to_end", condition=Q(state="in_correction")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SubjectState.values), name="subject_state_known"),
            models.CheckConstraint(condition=Q(sex__in=Sex.values()), name="subject_sex_known"),
            models.UniqueConstraint(
                fields=["id_number_blind"], condition=Q(state="in_correction"), name="subject_person_once"
            ),
            models.CheckConstraint(
                condition=Q(minors_rules=False) | Q(guardian_name__isnull=False),
                name="subject_minor_has_guardian",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ExecutionPlace(models.Model):
    """执行地: the community of execution with its basis, exactly one at a time (CCL-17)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="places")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    # The district or county whose leave area holds: kept here because leave areas are of units.
    unit = models.ForeignKey(Area, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=16, choices=PlaceBasis.choices())
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["subject_id", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(basis__in=PlaceBasis.values()), name="execution_place_basis_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="execution_place_dates_ordered",
            ),
            ExclusionConstraint(
                name="execution_place_one_a_day",
                expressions=[
                    ("subject", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Order(models.Model):
    """执行依据: a judgment, ruling or decision of one of the four categories, and of no other (CCL-2)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="orders")
    category = models.CharField(max_length=2, choices=CorrectionCategory.choices())
    ground = models.CharField(max_length=1, choices=TemporaryOutsideGround.choices(), blank=True, default="")
    document_no = models.CharField(max_length=80)
    organ = models.CharField(max_length=150)
    effective_on = models.DateField()
    report_in_due_on = models.DateField()
    # "person" or "organ": of category 04 the transfer is owed by the organ (CCL-21).
    report_in_owed_by = models.CharField(max_length=8)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["subject_id", "created_at"]
        indexes = [models.Index(fields=["category"], name="order_of_category")]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=CorrectionCategory.values()), name="order_category_of_four"
            ),
            models.CheckConstraint(
                condition=Q(category="04", ground__in=TemporaryOutsideGround.values())
                | ~Q(category="04") & Q(ground=""),
                name="order_ground_with_04",
            ),
            models.CheckConstraint(
                condition=Q(report_in_owed_by__in=["person", "organ"]), name="order_report_in_owed_by_known"
            ),
            models.UniqueConstraint(fields=["subject", "document_no"], name="order_document_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class OrderTerm(models.Model):
    """The term as a document set it. A change is a new row; two officers stand behind each
    (`confirmed_by`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="terms")
    reason = models.CharField(max_length=20, choices=TermReason.choices())
    document_no = models.CharField(max_length=80)
    starts_on = models.DateField()
    months = models.PositiveSmallIntegerField(default=0)
    days = models.PositiveSmallIntegerField(default=0)
    custody_days = models.PositiveSmallIntegerField(default=0)
    stated_end = models.DateField(null=True, blank=True)
    ends_on = models.DateField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order_id", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=TermReason.values()), name="term_reason_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="term_dates_ordered"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                name="term_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
