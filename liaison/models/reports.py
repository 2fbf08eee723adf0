"""Reports to the police on a closed list of legal grounds. The table has no column for a statement, an
offer, a contact or a position: what cannot be stored here cannot be sent (law.md §8 d)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Area, Organisation, User
from edge.encryption import EncryptedField
from grids.models import Grid
from kernel.ids import uuid7
from liaison.grounds import ACTS, Answer, Ground, NotTold, Recipient, Way
from liaison.machine import OVER, RESTING, ReportState


class Report(models.Model):
    """公安联络报告. `source_kind`, `source_id` name what it rests on, without a way to read it.

    `acts` are observed acts (EF-9), never an opinion. `author` is empty while only the machine has proposed
    it. `desk` is the centre (or the agency) whose duty list seconds it. `person`: one name, sealed, of who
    is at risk or sought. `second_step`: 0 the duty officer is asked, 1 the deputy, 2 nobody has answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rev = models.BigIntegerField(default=0)
    ground = models.CharField(max_length=4, choices=Ground.choices())
    state = models.CharField(max_length=20, choices=ReportState.choices(), default=ReportState.DRAFTED)
    source_kind = models.CharField(max_length=20)
    source_id = models.UUIDField()
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    grid = models.ForeignKey(Grid, models.PROTECT, null=True, related_name="+", db_index=False)
    no_place_reason = models.CharField(max_length=100, default="")
    acts = ArrayField(models.CharField(max_length=32, choices=ACTS), default=list)
    observed_at = models.DateTimeField()
    persons_at_risk = models.PositiveSmallIntegerField(null=True)
    key_id = models.UUIDField(null=True)
    person = EncryptedField(null=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    author_role = models.CharField(max_length=24, default="")
    desk = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    reporter_masked = models.BooleanField(default=False)
    recipient = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=60, default="")
    firing_id = models.UUIDField(null=True)
    way = models.CharField(max_length=12, choices=Way.choices(), default=Way.SYSTEM)
    second_due_at = models.DateTimeField(null=True)
    second_step = models.PositiveSmallIntegerField(default=0)
    second_pending = models.BooleanField(default=False)
    appealed_at = models.DateTimeField(null=True)
    decide_due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    receipt_due_at = models.DateTimeField(null=True)
    call_owed_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    review_due_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=16, choices=Answer.choices(), default="")
    answered_at = models.DateTimeField(null=True)
    told_on = models.DateField(null=True)
    not_told = models.CharField(max_length=16, choices=NotTold.choices(), default="")
    look_again_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["desk", "state"], name="report_of_desk"),
            models.Index(
                fields=["second_due_at"], condition=Q(second_due_at__isnull=False), name="report_second_due"
            ),
            models.Index(
                fields=["receipt_due_at"],
                condition=Q(receipt_due_at__isnull=False),
                name="report_receipt_due",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(not_told="") | Q(look_again_on__isnull=False), name="report_not_told_looks_again"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", *Answer.values()], way__in=Way.values())
                & Q(not_told__in=["", *NotTold.values()]),
                name="report_answers_known",
            ),
            models.CheckConstraint(
                condition=Q(ground__in=Ground.values(), state__in=ReportState.values()),
                name="report_codes_known",
            ),
            models.CheckConstraint(condition=~Q(acts=[]), name="report_rests_on_acts"),
            models.CheckConstraint(
                condition=Q(grid__isnull=False) | ~Q(no_place_reason=""), name="report_place_or_reason"
            ),
            # Only a person takes it past the proposal (PI-24).
            models.CheckConstraint(
                condition=Q(author__isnull=False)
                | Q(state__in=["drafted", "proposed", "returned", "declined", "closed"]),
                name="report_sent_by_a_person",
            ),
            # One report at a time on its way on one ground for one matter.
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "ground"],
                condition=~Q(state__in=[str(state.value) for state in (*OVER, *RESTING)]),
                name="report_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.state}"


class Sheet(models.Model):
    """最小单: what one recipient is given, and when they had it. `organisation` is empty for an office that
    is not on the system: it gets paper. A sheet that went to the wrong station is `forwarded_at` and exists
    there no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="sheets")
    recipient = models.CharField(max_length=16, choices=Recipient.choices())
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    fields = models.JSONField()
    sent_at = models.DateTimeField()
    forwarded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["report", "sent_at", "id"]
        indexes = [
            models.Index(
                fields=["organisation", "sent_at"],
                condition=Q(forwarded_at__isnull=True),
                name="sheet_of_station",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "recipient"],
                condition=Q(forwarded_at__isnull=True),
                name="sheet_once_each",
            ),
            models.CheckConstraint(
                condition=Q(recipient__in=Recipient.values()), name="sheet_recipient_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.recipient}"


class ReportCall(models.Model):
    """电话记录: somebody called because nobody had received the report."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="calls")
    called_at = models.DateTimeField()
    caller = models.ForeignKey(User, models.PROTECT, related_name="+")
    reached = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["report", "called_at", "id"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.called_at}"


class ReportTransition(models.Model):
    """One step of a report: who, why, when. `actor` empty: the machine, which only proposes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="steps", db_index=False)
    event = models.CharField(max_length=20)
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=24, default="")
    reason = models.CharField(max_length=400, default="")
    at = models.DateTimeField()

    class Meta:
        ordering = ["report", "at", "id"]
        indexes = [models.Index(fields=["report", "at"], name="report_transition_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(actor__isnull=False) | Q(event="propose"), name="report_machine_only_proposes"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_state} {self.event} {self.to_state}"
