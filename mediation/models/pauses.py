from django.db import models
from django.db.models import F, Q

from kernel.ids import uuid7
from mediation.codes import ReachResult, ReachWay, SuspendReason
from mediation.models.cases import Case, CaseParty


class ReachAttempt(models.Model):
    """One try to reach a party. It is neither a refusal nor a consent and counts against nobody. Nothing is
    kept of where or with whom; a slip by post goes in a neutral envelope."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="attempts")
    way = models.CharField(max_length=12, choices=ReachWay.choices())
    result = models.CharField(max_length=12, choices=ReachResult.choices())
    tried_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        db_table = "mediation_reach_attempt"
        ordering = ["tried_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=ReachWay.values()), name="reach_way_known"),
            models.CheckConstraint(condition=Q(result__in=ReachResult.values()), name="reach_result_known"),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.result}"


class Suspension(models.Model):
    """中止: from which day to which the clock of a case stood still, why, and who asked for it (`asked_by`
    empty: nobody of the parties)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="suspensions")
    reason = models.CharField(max_length=20, choices=SuspendReason.choices())
    asked_by = models.ForeignKey(CaseParty, models.PROTECT, null=True, related_name="+")
    from_day = models.DateField()
    review_on = models.DateField()
    to_day = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        db_table = "mediation_suspension"
        ordering = ["from_day", "recorded_at"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(to_day=None), name="case_suspended_once"),
            models.CheckConstraint(
                condition=Q(reason__in=SuspendReason.values()), name="suspension_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(to_day__gte=F("from_day")), name="suspension_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Extension(models.Model):
    """More time, given by every party's consent (PM-T2): how many days, from which last day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="extensions")
    days = models.SmallIntegerField()
    given_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        db_table = "mediation_extension"
        ordering = ["given_on", "recorded_at"]
        constraints = [models.CheckConstraint(condition=Q(days__gte=1), name="extension_adds_days")]

    def __str__(self) -> str:
        return f"+{self.days}"
