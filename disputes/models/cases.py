from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from accounts.models import Area, Device, User
from disputes.codes import ClosedElsewhere, Complexity, DisputeState, PartyRole, WayExplained
from disputes.models.screenings import Screening, ScreeningParty
from edge.encryption import EncryptedField
from grids.models import Grid
from kernel.codes.law import Colour, DisputeCategory, DisputeScale, HandlingLevel
from kernel.ids import uuid7


class Dispute(models.Model):
    """纠纷: one code for its whole life 一案一码, joined from one or more screenings.

    The colour belongs to the dispute, is set by a person with a reason and ends by itself; a suggested one
    dies unconfirmed. `restricted`: known to authors, named clerk, director and named mediator only.
    `named_mediators` are told by mediation: whoever sits at the table of its case now.
    `hand_up_asked`: the level that `hand_up_asked_by` (a role) asked for and got no answer about yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rev = models.BigIntegerField(default=0)
    code = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=20, choices=DisputeState.choices(), default=DisputeState.REGISTERED)
    level = models.CharField(max_length=10, choices=HandlingLevel.choices())
    level_since = models.DateTimeField()
    level_reasons = ArrayField(models.CharField(max_length=24), default=list)
    category = models.CharField(max_length=4, choices=DisputeCategory.choices())
    scale = models.CharField(max_length=2, choices=DisputeScale.choices())
    complexity = models.CharField(max_length=8, choices=Complexity.choices(), default="")
    street = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    community = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False)
    grid = models.ForeignKey(Grid, models.PROTECT, null=True, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    last_screened_at = models.DateTimeField()
    protected = models.BooleanField(default=False)
    protected_at = models.DateTimeField(null=True)
    protect_reasons = ArrayField(models.CharField(max_length=24), default=list)
    lifted_at = models.DateTimeField(null=True)
    restricted = models.BooleanField(default=False)
    named_mediators = ArrayField(models.UUIDField(), default=list)
    brief = models.TextField(default="")
    outcome = models.CharField(max_length=20, default="")
    closed_as = models.CharField(max_length=20, choices=ClosedElsewhere.choices(), default="")
    follow_up_declined = models.BooleanField(default=False)
    mediation_refused_at = models.DateTimeField(null=True)
    party_asked_at = models.DateTimeField(null=True)
    suspended_reason = models.CharField(max_length=200, default="")
    suspended_until = models.DateField(null=True)
    watch_until = models.DateField(null=True)
    watch_extended = models.BooleanField(default=False)
    hand_up_asked = models.CharField(max_length=10, choices=HandlingLevel.choices(), default="")
    hand_up_asked_by = models.CharField(max_length=24, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    colour = models.CharField(max_length=1, choices=Colour.choices(), default="")
    colour_until = models.DateTimeField(null=True)
    colour_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    suggested = models.CharField(max_length=1, choices=Colour.choices(), default="")
    suggested_signs = ArrayField(models.CharField(max_length=32), default=list)
    suggested_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-last_screened_at", "id"]
        indexes = [
            models.Index(fields=["grid", "state"], name="dispute_of_grid"),
            models.Index(fields=["community", "state"], name="dispute_of_community"),
            models.Index(fields=["street", "state"], name="dispute_of_street"),
            GinIndex(fields=["named_mediators"], name="dispute_of_mediators"),
            models.Index(fields=["colour_until"], name="dispute_colour_end", condition=~Q(colour="")),
            models.Index(
                fields=["suggested_until"], name="dispute_suggestion_end", condition=~Q(suggested="")
            ),
            models.Index(
                fields=["watch_until"], name="dispute_watch_end", condition=Q(watch_until__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DisputeState.values(), level__in=HandlingLevel.values())
                & Q(category__in=DisputeCategory.values(), scale__in=DisputeScale.values())
                & Q(colour__in=["", *Colour.values()], suggested__in=["", *Colour.values()])
                & Q(complexity__in=["", *Complexity.values()]),
                name="dispute_codes_known",
            ),
            models.CheckConstraint(
                condition=Q(colour="", colour_until__isnull=True, colour_by__isnull=True)
                | (~Q(colour="") & Q(colour_until__isnull=False, colour_by__isnull=False)),
                name="dispute_colour_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(restricted=False) | Q(level__in=["street", "district"]),
                name="dispute_restricted_at_street",
            ),
            models.CheckConstraint(
                condition=Q(restricted=False) | Q(brief=""), name="dispute_restricted_without_brief"
            ),
            models.CheckConstraint(
                condition=Q(protected=False) | Q(protected_at__isnull=False), name="dispute_protected_since"
            ),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False), name="dispute_merged_into_one"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="dispute_not_into_itself"),
        ]

    def __str__(self) -> str:
        return self.code

    def store(self) -> None:
        """Save everything but `rev`, which belongs to the writer of phone rows."""
        fields = [field.name for field in self._meta.concrete_fields if field.name not in ("id", "rev")]
        self.save(update_fields=fields)

    @property
    def ways_left(self) -> list[str]:
        """What is still to be told to the person at risk (of a row that was read with `told_ways`)."""
        told = getattr(self, "told_ways", ())
        return [way.value for way in WayExplained if way not in told] if self.protected else []

    @property
    def mediation_refused(self) -> bool:
        """A party said no, and none has applied since (PM-17)."""
        said_no, asked = self.mediation_refused_at, self.party_asked_at
        return said_no is not None and (asked is None or asked <= said_no)


class DisputeChange(models.Model):
    """One change of a field that several may word: the value sealed, by whom, from which device, and what the
    dispute's `rev` became by it. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+", db_index=False)
    field = models.CharField(max_length=20)
    rev = models.BigIntegerField()
    key_id = models.UUIDField()
    value = EncryptedField()
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=24)
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["dispute", "field", "rev"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "field", "rev"], name="dispute_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.rev}"


class DisputeCounter(models.Model):
    """The last number given out in a street and year."""

    street = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["street", "year"], name="dispute_counter_once")]

    def __str__(self) -> str:
        return f"{self.street_id}/{self.year}"


class DisputeScreening(models.Model):
    """Which screenings make up a dispute. `via`: it came with a dispute that was merged into this one."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+", db_index=False)
    screening = models.OneToOneField(Screening, models.PROTECT, related_name="+")
    via = models.ForeignKey(Dispute, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["dispute"], name="dispute_screening_of")]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.screening_id}"


class DisputeParty(models.Model):
    """A side of a dispute. The person's values stand sealed with the screening they came from; here only
    what finds the same person again (blind indexes) and what they asked for or refused."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+", db_index=False)
    source = models.OneToOneField(ScreeningParty, models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=PartyRole.choices())
    minor = models.BooleanField(default=False)
    limited_capacity = models.BooleanField(default=False)
    capacity_document = models.CharField(max_length=100, default="")
    key_id = models.UUIDField(null=True)
    name_index = models.BinaryField(max_length=32, null=True)
    phone_index = models.BinaryField(max_length=32, null=True)
    id_index = models.BinaryField(max_length=32, null=True)
    asked_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["dispute", "id"]
        indexes = [
            models.Index(fields=["dispute"], name="dispute_party_of"),
            models.Index(
                fields=["phone_index"], name="dispute_party_phone", condition=Q(phone_index__isnull=False)
            ),
            models.Index(fields=["id_index"], name="dispute_party_id", condition=Q(id_index__isnull=False)),
            models.Index(
                fields=["name_index"], name="dispute_party_name", condition=Q(name_index__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=PartyRole.values()), name="dispute_party_role_known"),
            models.CheckConstraint(
                condition=Q(limited_capacity=False) | ~Q(capacity_document=""),
                name="dispute_party_capacity_by_document",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class NamedClerk(models.Model):
    """The clerk whom the director named, for a street and a time, to read restricted screenings."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    street = models.ForeignKey(Area, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "street"], name="named_clerk_of")]
        constraints = [
            models.CheckConstraint(condition=~Q(named_by=F("user")), name="named_clerk_not_by_self"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="named_clerk_dates",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
