from django.db import models
from django.db.models import F, Q

from accounts.models import User
from corrections.models.decisions import known
from corrections.models.people import Subject
from corrections.models.visits import Visit
from corrections.reports import TIMELY, TimelyKind, ToldWay
from edge.encryption import EncryptedField
from kernel.ids import uuid7


class PeriodicReport(models.Model):
    """定期报告 (CCM-24a): what a person told of five matters, at which contact. Insert-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    visit = models.OneToOneField(Visit, models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    law_abiding = EncryptedField(max_length=8000)
    supervision = EncryptedField(max_length=8000)
    study = EncryptedField(max_length=8000)
    public_benefit = EncryptedField(max_length=8000)
    social = EncryptedField(max_length=8000)
    original_at = models.CharField(max_length=100, blank=True, default="")
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "corrections_periodic_report"
        ordering = ["-last_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="periodic_report_days_ordered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day} {self.last_day}"


class TimelyReport(models.Model):
    """及时报告 (CCM-24a): one event of four kinds, as it was told. An officer looks at it; nothing else
    follows.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=TimelyKind.choices())
    state = models.CharField(max_length=12, default=TIMELY.initial)
    way = models.CharField(max_length=12, choices=ToldWay.choices())
    happened_on = models.DateField()
    told_on = models.DateField()
    text = EncryptedField(max_length=16000)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "corrections_timely_report"
        ordering = ["-told_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(TIMELY)), name="timely_state_known"),
            models.CheckConstraint(condition=Q(kind__in=TimelyKind.values()), name="timely_kind_known"),
            models.CheckConstraint(condition=Q(way__in=ToldWay.values()), name="timely_way_known"),
            models.CheckConstraint(
                condition=Q(told_on__gte=F("happened_on")), name="timely_told_after_it_happened"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.told_on}"
