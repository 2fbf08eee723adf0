from django.db import models
from django.db.models import F, Func, Q

from accounts.models import User
from corrections.decisions import GuardianPart
from corrections.models.decisions import Decision, known
from corrections.models.people import Subject
from corrections.positioning import (
    FINDING,
    OPEN,
    ORDER,
    RUNNING,
    FaultKind,
    FindingKind,
    LiftReason,
    PositioningGround,
    ProofKind,
    SuspendReason,
)
from edge.encryption import EncryptedField
from kernel.ids import uuid7


class ThreeMonthsAfter(Func):
    """A date and three months, as the database counts them."""

    template = "(%(expressions)s + interval '3 months')"
    output_field = models.DateTimeField()


class Finding(models.Model):
    """认定: what an officer of the agency found about the person, with facts and evidence."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=FindingKind.choices())
    state = models.CharField(max_length=20, default=FINDING.initial)
    happened_on = models.DateField()
    facts = EncryptedField(max_length=16000)
    evidence = EncryptedField(max_length=16000)
    found_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["-found_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(FINDING)), name="finding_state_known"),
            models.CheckConstraint(condition=Q(kind__in=FindingKind.values()), name="finding_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class PositioningOrder(models.Model):
    """使用电子定位装置决定: ground with its proofs, assessment, approval by the bureau's head, term.

    Half-open: in force before `ends_at`. `over_at` is when it was over earlier than that.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=4, choices=PositioningGround.choices())
    state = models.CharField(max_length=16, default=ORDER.initial)
    of_minor = models.BooleanField()
    # The order that this one prolongs: applied for and approved before that one's end.
    extends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    assessment = EncryptedField(max_length=16000)
    applied_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    execute_due_at = models.DateTimeField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    told_guardian = models.CharField(max_length=16, choices=GuardianPart.choices(), blank=True, default="")
    device_no = models.CharField(max_length=60, blank=True, default="")
    fitted_at = models.DateTimeField(null=True, blank=True)
    suspended_for = models.CharField(max_length=16, choices=SuspendReason.choices(), blank=True, default="")
    review_due_at = models.DateTimeField(null=True, blank=True)
    ask_at = models.DateTimeField(null=True, blank=True)
    lift_reason = models.CharField(max_length=16, choices=LiftReason.choices(), blank=True, default="")
    over_at = models.DateTimeField(null=True, blank=True)
    refused_points = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-applied_at", "id"]
        indexes = [
            models.Index(fields=["subject", "state"], name="positioning_of_subject"),
            models.Index(fields=["ends_at"], name="positioning_to_end", condition=Q(over_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(ORDER)), name="positioning_state_known"),
            models.CheckConstraint(
                condition=Q(ground__in=PositioningGround.values()), name="positioning_ground_of_five"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("applied_by")),
                name="positioning_approver_is_another",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__lt=ThreeMonthsAfter("approved_on")),
                name="positioning_three_months_at_most",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*OPEN[1:]]) | Q(approved_on__isnull=False, ends_at__isnull=False),
                name="positioning_live_is_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=RUNNING) | Q(told_on__isnull=False, fitted_at__isnull=False),
                name="positioning_told_and_fitted_first",
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True) | Q(of_minor=False) | ~Q(told_guardian=""),
                name="positioning_minor_has_guardian",
            ),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state__in=OPEN, extends__isnull=True),
                name="positioning_one_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.ground} {self.state}"


class PositioningProof(models.Model):
    """What proves the ground of an order: a finding, or a decision."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(PositioningOrder, models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=20, choices=ProofKind.choices())
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    fell_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finding__isnull=False, decision__isnull=True)
                | Q(finding__isnull=True, decision__isnull=False),
                name="positioning_proof_is_one_record",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class PositioningSpan(models.Model):
    """A stretch in which an order was in force."""

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(PositioningOrder, models.PROTECT, related_name="spans")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order_id", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(until__isnull=True), name="positioning_one_open_span"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class NeedReview(models.Model):
    """The question that is asked every so often: is it still needed?"""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(PositioningOrder, models.PROTECT, related_name="needs")
    asked_at = models.DateTimeField()
    needed = models.BooleanField(null=True, blank=True)
    reason = EncryptedField(max_length=8000, null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order_id", "asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["order", "asked_at"], name="positioning_asked_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DeviceFault(models.Model):
    """A flat battery, a lost signal, a broken device: a fault of the device and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(PositioningOrder, models.PROTECT, related_name="faults")
    kind = models.CharField(max_length=12, choices=FaultKind.choices())
    since = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["order_id", "since"]
        constraints = [
            models.UniqueConstraint(fields=["order", "kind", "since"], name="positioning_fault_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.since}"


class PositioningPoint(models.Model):
    """One fix of a device, in a schema of its own and sealed under the person's key: it can be joined to
    nothing but its order (CCL-29d)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(PositioningOrder, models.PROTECT, related_name="+")
    fix_at = models.DateTimeField()
    received_at = models.DateTimeField()
    position = EncryptedField(max_length=1000)

    class Meta:
        db_table = '"positioning"."point"'
        ordering = ["order_id", "fix_at"]
        constraints = [
            models.UniqueConstraint(fields=["order", "fix_at"], name="positioning_point_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
