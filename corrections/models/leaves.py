from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from accounts.models import Organisation, User
from corrections.leave_codes import (
    DecisionKind,
    LeaveLevel,
    LeaveReason,
    LeaveState,
    NoticeKind,
    PermitState,
    ReturnJudgement,
)
from corrections.models.people import Subject
from edge.encryption import EncryptedField
from kernel.codes.roles import Role
from kernel.ids import uuid7


class WholeDays(Func):
    """`daterange(first, last, '[]')`: both days belong to it."""

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, first: str, last: str) -> None:
        super().__init__(first, last, Value("[]"))


class Delegation(models.Model):
    """委托: what a station may decide for its agency, on paper and between two dates (CCL-9/10)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    station = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    document_no = models.CharField(max_length=80)
    valid_from = models.DateField()
    # The first day outside; one that was taken back ends on that day.
    valid_to = models.DateField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["station_id", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="delegation_dates_ordered"
            ),
            models.UniqueConstraint(fields=["agency", "document_no"], name="delegation_document_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Leave(models.Model):
    """外出: days outside of the leave area, asked for, decided and closed.

    `first_day` and `last_day` are what is asked, later what is approved; `used_from` and `used_to` the days
    it truly took, once it is closed. `next_at`: when time moves it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="leaves")
    state = models.CharField(max_length=20, choices=LeaveState.choices(), default=LeaveState.DRAFT)
    reason = models.CharField(max_length=1, choices=LeaveReason.choices())
    reason_text = EncryptedField(max_length=12000, null=True, blank=True)
    destination = EncryptedField(max_length=4000)
    # 证明材料: which papers came with it, in words.
    proof = EncryptedField(max_length=12000, null=True, blank=True)
    # The county-level code alone: whether going there is leave at all.
    destination_code = models.CharField(max_length=6)
    applied_on = models.DateField()
    first_day = models.DateField()
    last_day = models.DateField()
    emergency = models.BooleanField(default=False)
    used_from = models.DateField(null=True, blank=True)
    used_to = models.DateField(null=True, blank=True)
    return_judgement = models.CharField(
        max_length=16, choices=ReturnJudgement.choices(), blank=True, default=""
    )
    next_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["next_at"], name="leave_next", condition=Q(next_at__isnull=False)),
            models.Index(fields=["subject", "last_day"], name="leave_of_subject"),
            models.Index(fields=["state", "first_day"], name="leave_by_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LeaveState.values()), name="leave_state_known"),
            models.CheckConstraint(condition=Q(reason__in=LeaveReason.values()), name="leave_reason_known"),
            models.CheckConstraint(
                condition=Q(destination_code__regex=r"^[0-9]{6}$"), name="leave_destination_a_county"
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="leave_days_ordered"),
            models.CheckConstraint(
                condition=Q(used_to__isnull=True) & ~Q(state__in=["closed", "closed_late"])
                | Q(state__in=["closed", "closed_late"], used_to__gte=F("used_from")),
                name="leave_closed_has_days",
            ),
            ExclusionConstraint(
                name="leave_one_at_a_time",
                expressions=[
                    ("subject", RangeOperators.EQUAL),
                    (WholeDays("first_day", "last_day"), RangeOperators.OVERLAPS),
                ],
                condition=Q(
                    state__in=["approved", "active", "extended", "ordered_back", "overdue", "under_review"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class LeaveDecision(models.Model):
    """One decision about a leave, with the working on which its level rests.

    A decision of the city stands with document, date and scan; it takes effect when a second officer has
    compared it (`confirmed_by`). Everything else in a row is final from the start.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    leave = models.ForeignKey(Leave, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=12, choices=DecisionKind.choices())
    level = models.CharField(max_length=8, choices=LeaveLevel.choices())
    decided_on = models.DateField()
    first_day = models.DateField()
    last_day = models.DateField()
    working = models.JSONField()
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=24, blank=True, default="")
    text = EncryptedField(max_length=12000, null=True, blank=True)
    document_no = models.CharField(max_length=80, blank=True, default="")
    scan_sha256 = models.CharField(max_length=64, blank=True, default="")
    original_at = models.CharField(max_length=100, blank=True, default="")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, choices=Role.choices())
    recorded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["leave_id", "recorded_at", "id"]
        indexes = [
            models.Index(
                fields=["leave"],
                name="leave_city_unconfirmed",
                condition=Q(level="city", confirmed_at__isnull=True) & ~Q(kind="forward"),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DecisionKind.values()), name="leave_decision_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(level__in=LeaveLevel.values()), name="leave_decision_level_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="refuse") | ~Q(reason="") & Q(text__isnull=False),
                name="leave_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(level="city") | Q(kind="forward") | ~Q(document_no="") & ~Q(scan_sha256=""),
                name="leave_city_has_document",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                name="leave_city_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.level}"


class LeaveNotice(models.Model):
    """A dated fact beside a leave 备案、通报、协助、告知: due, then done, with a task while it waits."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    leave = models.ForeignKey(Leave, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=16, choices=NoticeKind.choices())
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    document_no = models.CharField(max_length=80, blank=True, default="")
    note = EncryptedField(max_length=4000, null=True, blank=True)
    dropped = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["leave_id", "due_on", "id"]
        indexes = [
            models.Index(
                fields=["due_on"],
                name="leave_notice_waiting",
                condition=Q(done_on__isnull=True, dropped=False),
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values()), name="leave_notice_kind_known"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(recorded_by__isnull=False, dropped=False),
                name="leave_notice_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Permit(models.Model):
    """经常性跨市县活动许可 (CCM-29): trips to the named places are no leave and count nothing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="permits")
    state = models.CharField(max_length=12, choices=PermitState.choices(), default=PermitState.APPLIED)
    reason = models.CharField(max_length=1, choices=LeaveReason.choices())
    # Reason, places, times and how often, as the application has them.
    details = EncryptedField(max_length=12000)
    destination_codes = ArrayField(models.CharField(max_length=6))
    applied_on = models.DateField()
    approved_on = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    refusal = models.CharField(max_length=24, blank=True, default="")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["valid_to"], name="permit_to_expire", condition=Q(state="in_force")),
            models.Index(fields=["subject"], name="permit_of_subject"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PermitState.values()), name="permit_state_known"),
            models.CheckConstraint(condition=Q(reason__in=LeaveReason.values()), name="permit_reason_known"),
            models.CheckConstraint(condition=~Q(destination_codes=[]), name="permit_has_destinations"),
            models.CheckConstraint(
                condition=~Q(state="in_force") | Q(approved_on__isnull=False, valid_to__gt=F("approved_on")),
                name="permit_in_force_has_dates",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
