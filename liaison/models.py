"""Reports to the police on a closed list of legal grounds. The table has no column for a statement, an
offer, a contact or a position: what cannot be stored here cannot be sent (law.md §8 d)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Area, Organisation, User
from grids.models import Grid
from kernel.codes.law import DangerSignCode
from kernel.ids import uuid7
from liaison.grounds import Ground
from liaison.machine import ReportState


class Report(models.Model):
    """公安联络报告. `source_kind`, `source_id` name what it rests on, without a way to read it.

    `acts` are observed acts (EF-9), never an opinion. `author` is empty while only the machine has proposed
    it.
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
    acts = ArrayField(models.CharField(max_length=32, choices=DangerSignCode.choices()), default=list)
    observed_at = models.DateTimeField()
    persons_at_risk = models.PositiveSmallIntegerField(null=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reporter_masked = models.BooleanField(default=False)
    recipient = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=60, default="")
    firing_id = models.UUIDField(null=True)
    review_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
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
            # One report at a time on one ground for one matter.
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "ground"],
                condition=~Q(state__in=["closed", "withdrawn_no_basis"]),
                name="report_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.state}"


class ReportTransition(models.Model):
    """One step of a report: who, why, when. `actor` empty: the machine, which only proposes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+", db_index=False)
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
