"""Restricted, sealed, destroyed: which record stands where, the public seal key, and tombstones."""

from django.db import models
from django.db.models import F, Q

from kernel.ids import uuid7
from privacy.machine import ClosingState, ListState, QueryState


class SealKey(models.Model):
    """封存密钥: the public half. The private key was cut in two, printed for its two holders, and
    forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    public_key = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    head_id = models.UUIDField()
    keeper_id = models.UUIDField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "privacy_seal_key"
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(head_id=F("keeper_id")), name="seal_key_two_holders"),
            models.UniqueConstraint(
                fields=["retired_at"], nulls_distinct=False, condition=Q(retired_at__isnull=True),
                name="seal_key_one_in_use",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.id)


class Closing(models.Model):
    """Where a record with a retention stands. Made when it ends, or earlier when it is marked to be sealed.

    `seal_number` is what the paper register of sealed files calls it; nothing here says whose it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    state = models.CharField(max_length=12, choices=ClosingState.choices(), default=ClosingState.OPEN)
    to_be_sealed = models.BooleanField(default=False)
    marked_by = models.UUIDField(null=True, blank=True)
    mark_basis = models.CharField(max_length=20, blank=True, default="")
    ended_on = models.DateField(null=True, blank=True)
    restrict_on = models.DateField(null=True, blank=True)
    seal_due_at = models.DateTimeField(null=True, blank=True)
    retention_until = models.DateField(null=True, blank=True)
    restricted_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    seal_number = models.CharField(max_length=40, null=True, blank=True, unique=True)
    lifted_because = models.CharField(max_length=400, blank=True, default="")
    lifted_document = models.CharField(max_length=80, blank=True, default="")
    opened_until = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "privacy_closing"
        ordering = ["subject_kind", "ended_on", "id"]
        indexes = [
            models.Index(fields=["subject_kind", "state"], name="closing_of_kind"),
            models.Index(fields=["restrict_on"], condition=Q(state="open"), name="closing_to_restrict"),
            models.Index(fields=["seal_due_at"], condition=Q(state="restricted"), name="closing_to_seal"),
            models.Index(fields=["retention_until"], name="closing_retention"),
            models.Index(
                fields=["opened_until"], condition=Q(opened_until__isnull=False), name="closing_opened"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="closing_once"),
            models.CheckConstraint(condition=Q(state__in=ClosingState.values()), name="closing_state_known"),
            models.CheckConstraint(
                condition=~Q(state="sealed") | Q(seal_number__isnull=False), name="closing_sealed_has_number"
            ),
            models.CheckConstraint(
                condition=Q(opened_until__isnull=True) | Q(state="sealed"),
                name="closing_opens_what_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.state}"


class Tombstone(models.Model):
    """One closing as it goes to the list outside the database. Insert-only but for `written_at`.

    `keys` holds the ids of the closed keys; of sealed ones with the sealed key itself, which opens nothing
    here.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    event = models.CharField(max_length=12)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    keys = models.JSONField()
    seal_number = models.CharField(max_length=40, blank=True, default="")
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "privacy_tombstone"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], condition=Q(written_at__isnull=True), name="tombstone_unwritten")
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject_kind}"


class DestructionList(models.Model):
    """销毁清册: what is destroyed together, signed by two people."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_kind = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=ListState.choices(), default=ListState.DRAFTED)
    drafted_at = models.DateTimeField()
    first_id = models.UUIDField(null=True, blank=True)
    first_at = models.DateTimeField(null=True, blank=True)
    second_id = models.UUIDField(null=True, blank=True)
    second_at = models.DateTimeField(null=True, blank=True)
    document_no = models.CharField(max_length=80, blank=True, default="")
    cancelled_because = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        db_table = "privacy_destruction_list"
        ordering = ["-drafted_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ListState.values()), name="destruction_state_known"),
            models.CheckConstraint(
                condition=Q(second_id__isnull=True) | ~Q(first_id=F("second_id")),
                name="destruction_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state="destroyed") | Q(first_id__isnull=False, second_id__isnull=False),
                name="destruction_signed_twice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.state}"


class DestructionEntry(models.Model):
    """One record of a list: by id and last day of its retention, never by name."""

    list = models.ForeignKey(DestructionList, models.PROTECT, related_name="entries")
    closing = models.ForeignKey(Closing, models.PROTECT, related_name="+")
    retention_until = models.DateField()

    class Meta:
        db_table = "privacy_destruction_entry"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["list", "closing"], name="destruction_entry_once")]

    def __str__(self) -> str:
        return str(self.closing_id)


class LawfulQuery(models.Model):
    """依法查询 of a sealed file: who asks, on what ground, for which fields; who approved; what was answered.

    A query about a number that is none is entered, approved and answered like any other: `none_found`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.CharField(max_length=100)
    basis = models.CharField(max_length=20)
    document_no = models.CharField(max_length=80)
    scope = models.JSONField()
    seal_number = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=QueryState.choices(), default=QueryState.ENTERED)
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()
    approved_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.CharField(max_length=400, blank=True, default="")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_until = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=12, blank=True, default="")
    answer_document = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        db_table = "privacy_lawful_query"
        ordering = ["-entered_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=QueryState.values()), name="query_state_known"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("entered_by")),
                name="query_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "refused"])
                | ~Q(answer_document="")
                | ~Q(refused_because=""),
                name="query_answered_in_writing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.state}"
