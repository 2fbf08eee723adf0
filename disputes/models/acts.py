from django.db import models
from django.db.models import F, Q

from accounts.models import User
from disputes.codes import ApplicationForm, AttemptResult, WayExplained, WishKind
from disputes.models.cases import Dispute, DisputeParty
from disputes.models.screenings import Screening
from edge.encryption import EncryptedField
from grids.models import BoundaryRelease, Grid
from kernel.codes.law import HandlingLevel
from kernel.ids import uuid7


class DisputeTransition(models.Model):
    """One step of a dispute: who, why, when by the device and when by the server. `actor` empty: the
    machine. Phones hold it as `dispute_event`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rev = models.BigIntegerField(default=1)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+", db_index=False)
    event = models.CharField(max_length=20)
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    from_level = models.CharField(max_length=10)
    to_level = models.CharField(max_length=10)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=24, default="")
    reason = models.CharField(max_length=400, default="")
    detail = models.JSONField(default=dict)
    device_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["dispute", "at", "id"]
        indexes = [models.Index(fields=["dispute", "at"], name="dispute_transition_of")]

    def __str__(self) -> str:
        return f"{self.from_state} {self.event} {self.to_state}"


class Attempt(models.Model):
    """One try to settle. Only one with every party's consent and no agreement is a failed attempt."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+", db_index=False)
    level = models.CharField(max_length=10, choices=HandlingLevel.choices())
    result = models.CharField(max_length=12, choices=AttemptResult.choices())
    all_consented = models.BooleanField()
    tried_on = models.DateField()
    note = models.CharField(max_length=400, default="")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        ordering = ["dispute", "at"]
        indexes = [models.Index(fields=["dispute", "at"], name="dispute_attempt_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=AttemptResult.values()), name="attempt_result_known"
            ),
            # Nothing was tried with a person who was not reached or said no (PM-17).
            models.CheckConstraint(
                condition=Q(result__in=["agreed", "not_agreed"], all_consented=True)
                | Q(result__in=["refused", "unreachable"], all_consented=False),
                name="attempt_needs_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.result


class Settlement(models.Model):
    """What was agreed on the spot and by whom, sealed. It came with a screening, or with the act that settled
    the dispute."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey(Dispute, models.PROTECT, null=True, related_name="+", db_index=False)
    screening = models.OneToOneField(Screening, models.PROTECT, null=True, related_name="+")
    key_id = models.UUIDField()
    terms = EncryptedField()
    by_whom = EncryptedField()
    agreed_on = models.DateField()
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=24)
    device_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(
                fields=["dispute"], name="settlement_of_dispute", condition=Q(dispute__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(dispute__isnull=True) ^ Q(screening__isnull=True), name="settlement_of_one"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DisputeNote(models.Model):
    """A note of whoever works on the dispute, sealed. `id` is the writer's own, so that a repeated one is
    one."""

    id = models.UUIDField(primary_key=True)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+", db_index=False)
    key_id = models.UUIDField()
    words = EncryptedField()
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=24)
    device_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["dispute", "at", "id"]
        indexes = [models.Index(fields=["dispute", "at"], name="dispute_note_of")]

    def __str__(self) -> str:
        return str(self.id)


class Application(models.Model):
    """A party's application 申请, also an oral one; `receipt_no` counts within the dispute and stands on the
    receipt 收件回执 with the day of asking."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+", db_index=False)
    party = models.ForeignKey(DisputeParty, models.PROTECT, related_name="+", db_index=False)
    receipt_no = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=8, choices=ApplicationForm.choices())
    asked_on = models.DateField()
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        ordering = ["dispute", "receipt_no"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "receipt_no"], name="application_receipt_once"),
            models.UniqueConstraint(fields=["party", "asked_on"], name="application_once_a_day"),
            models.CheckConstraint(
                condition=Q(form__in=ApplicationForm.values()), name="application_form_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_no}"


class ExplainedWay(models.Model):
    """That a person on the protected track was told of a way out, by whom and when (DV-23)."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+", db_index=False)
    way = models.CharField(max_length=20, choices=WayExplained.choices())
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "way"], name="explained_way_once"),
            models.CheckConstraint(condition=Q(way__in=WayExplained.values()), name="explained_way_known"),
        ]

    def __str__(self) -> str:
        return self.way


class Wish(models.Model):
    """What the person at risk wished, said alone; the last of a kind counts. A joint session has the
    director's reason as well."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=WishKind.choices())
    wanted = models.BooleanField()
    said_alone_on = models.DateField()
    key_id = models.UUIDField()
    words = EncryptedField(null=True)
    reason = models.CharField(max_length=400, default="")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        ordering = ["dispute", "at", "id"]
        indexes = [models.Index(fields=["dispute", "kind", "-at"], name="wish_of_dispute")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=WishKind.values()), name="wish_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="joint", wanted=True) | (~Q(reason="") & Q(role="centre_director")),
                name="wish_joint_with_directors_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.wanted}"


class SafeChannel(models.Model):
    """How the person at risk said to be reached: number and hours sealed, the only way that is ever used."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.OneToOneField(Dispute, models.PROTECT, related_name="+")
    key_id = models.UUIDField()
    number = EncryptedField()
    hours = EncryptedField(null=True)
    leave_no_message = models.BooleanField(default=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class DisputeMove(models.Model):
    """A person has put a dispute into another grid than its point fell into: from where, to where, why.

    The screenings keep the stamp that the point gave them. Append-only.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+", db_index=False)
    from_grid = models.ForeignKey(Grid, models.PROTECT, null=True, related_name="+", db_index=False)
    to_grid = models.ForeignKey(Grid, models.PROTECT, related_name="+", db_index=False)
    release = models.ForeignKey(BoundaryRelease, models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=400)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        ordering = ["dispute", "at", "id"]
        indexes = [models.Index(fields=["dispute", "at"], name="dispute_move_of")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="dispute_move_has_reason"),
            models.CheckConstraint(
                condition=Q(from_grid__isnull=True) | ~Q(from_grid=F("to_grid")),
                name="dispute_move_goes_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
