from django.db import models
from django.db.models import Q

from escalation.clocks import Profile
from escalation.vocabulary import LEVELS
from kernel.ids import uuid7


class Rule(models.Model):
    """A rule by its code. What it says stands in its versions; `active_version` is the one in force, if
    any."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, unique=True)
    active_version = models.ForeignKey("RuleVersion", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class RuleVersion(models.Model):
    """What a rule says, once and for all: a firing points to the very words that fired. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    body = models.JSONField()
    digest = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "escalation_rule_version"
        ordering = ["rule", "-number"]
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="rule_version_once")]

    def __str__(self) -> str:
        return f"v{self.number}"


class Firing(models.Model):
    """A rule fired on a dispute: with the version, the facts as they were, each comparison, what was done.

    `due_at` is the true time that the firing belongs to (a clock's end), `fired_at` when the machine got to
    it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(RuleVersion, models.PROTECT, related_name="+")
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="+")
    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    slot = models.CharField(max_length=60)
    event = models.CharField(max_length=60)
    event_id = models.UUIDField(null=True, blank=True)
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField()
    facts = models.JSONField()
    findings = models.JSONField()
    actions = models.JSONField()

    class Meta:
        ordering = ["-fired_at", "-id"]
        indexes = [models.Index(fields=["dispute", "fired_at"], name="firing_of_dispute")]
        constraints = [
            models.UniqueConstraint(fields=["rule", "dispute", "slot"], name="firing_once_per_slot")
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.slot}"


class ClockEnd(models.TextChoices):
    RAN_OUT = "ran_out", "时限已到 ran out"
    MOVED = "moved", "层级变更 the level changed"
    LEFT = "left", "已离开该层级办理 no longer handled at a level"
    REFUSED = "refused", "当事人拒绝 a party refused"


class ProfileVersion(models.Model):
    """Which profile new level clocks have, and the days of each level. The last version is in force; a clock
    keeps the one that it began under. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.IntegerField(unique=True)
    profile = models.CharField(max_length=8)
    days = models.JSONField()
    reason = models.CharField(max_length=400)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        db_table = "escalation_profile_version"
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(profile__in=list(Profile)), name="profile_version_known")
        ]

    def __str__(self) -> str:
        return f"{self.profile} v{self.number}"


class Pause(models.Model):
    """How long a case stood still. It belongs to the dispute, whatever clock ran or not."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    paused_at = models.DateTimeField()
    resumed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["dispute", "paused_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(resumed_at=None), name="pause_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.paused_at}"


class LevelClock(models.Model):
    """How long one level has the attention of a dispute. At most one runs for a dispute.

    `retry_at` and `error` push a clock back that could not be worked off, so that it never holds up the
    others.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    ordinal = models.IntegerField()
    level = models.CharField(max_length=12)
    profile = models.CharField(max_length=8)
    profile_version = models.ForeignKey(
        ProfileVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    begun_at = models.DateTimeField()
    begun_on = models.DateField()
    last_day = models.DateField()
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=8, blank=True, default="", choices=ClockEnd)
    retry_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        db_table = "escalation_level_clock"
        ordering = ["dispute", "ordinal"]
        indexes = [
            models.Index(
                fields=["due_at"], name="level_clock_due", condition=Q(ended_at=None, paused_at=None)
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="level_clock_level_known"),
            models.CheckConstraint(condition=Q(profile__in=list(Profile)), name="level_clock_profile_known"),
            models.UniqueConstraint(fields=["dispute", "ordinal"], name="level_clock_in_order"),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(ended_at=None), name="level_clock_one_runs"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="") | Q(ended_at__isnull=False) & ~Q(end=""),
                name="level_clock_ends_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.ordinal}"


class ExtensionState(models.TextChoices):
    ASKED = "asked", "待批 asked for"
    APPROVED = "approved", "已批准 approved"
    REFUSED = "refused", "未批准 refused"


class Extension(models.Model):
    """A request for more time of a level clock: who asks and why, who decided and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clock = models.ForeignKey(LevelClock, models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=400)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_role = models.CharField(max_length=24)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ExtensionState, default=ExtensionState.ASKED)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=400, blank=True, default="")
    last_day_before = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["clock", "asked_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(ExtensionState)), name="extension_state_known"),
            models.UniqueConstraint(
                fields=["clock"], condition=Q(state="asked"), name="extension_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="asked") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="extension_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="extension_not_by_who_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} +{self.days}"
