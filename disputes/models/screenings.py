from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.db.models import Q

from accounts.models import Area, Device, User
from disputes.codes import NoLocation, Outcome, PartyRole, Urgency
from disputes.models.rounds import ScreeningRound
from edge.encryption import EncryptedField
from grids.models import BoundaryRelease, Grid
from kernel.codes.law import (
    Colour,
    CoordinateSystem,
    DangerSignCode,
    DisputeCategory,
    DisputeScale,
    DisputeSource,
    HandlingLevel,
)


class Screening(models.Model):
    """排查记录: what a worker saw or was told, as sent. Never changed; a correction is a new row that
    `supersedes`, and so is a new version by the author: a row of its own with `version_of` the first, which
    names its `latest`. Of a first row `rev` counts the versions.

    The grid is the server's answer to the point, on the day of the device time, with the release it came
    from. Free text of a restricted screening stands sealed in `brief_sealed` and `brief` is empty.
    """

    id = models.UUIDField(primary_key=True)
    rev = models.BigIntegerField(default=0)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    author_role = models.CharField(max_length=24)
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+", db_index=False)
    grid = models.ForeignKey(Grid, models.PROTECT, null=True, related_name="+", db_index=False)
    release = models.ForeignKey(BoundaryRelease, models.PROTECT, null=True, related_name="+", db_index=False)
    community = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False)
    street = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False)
    round = models.ForeignKey(ScreeningRound, models.PROTECT, null=True, related_name="+", db_index=False)
    category = models.CharField(max_length=4, choices=DisputeCategory.choices())
    source = models.CharField(max_length=2, choices=DisputeSource.choices())
    scale = models.CharField(max_length=2, choices=DisputeScale.choices())
    brief = models.TextField(default="")
    brief_sealed = EncryptedField(null=True)
    brief_masked = models.BooleanField(default=False)
    done = models.TextField(default="")
    address = EncryptedField(null=True)
    key_id = models.UUIDField(null=True)
    occurred_at = models.DateTimeField()
    point = models.PointField(srid=4326, null=True, spatial_index=False)
    lon_e7 = models.BigIntegerField(null=True)
    lat_e7 = models.BigIntegerField(null=True)
    crs = models.CharField(max_length=12, choices=CoordinateSystem.choices(), default="")
    accuracy_cm = models.IntegerField(null=True)
    fix_at = models.DateTimeField(null=True)
    provider = models.CharField(max_length=20, default="")
    no_location = models.CharField(max_length=20, choices=NoLocation.choices(), default="")
    communities = ArrayField(models.UUIDField(), default=list)
    outcome = models.CharField(max_length=20, choices=Outcome.choices())
    watch_until = models.DateField(null=True)
    wants_mediation = models.BooleanField(default=False)
    danger_now = models.BooleanField(default=False)
    called = models.CharField(max_length=8, default="")
    called_at = models.DateTimeField(null=True)
    urgency = models.CharField(max_length=10, choices=Urgency.choices(), default=Urgency.NONE)
    danger_due_at = models.DateTimeField(null=True)
    danger_step = models.PositiveSmallIntegerField(default=0)
    danger_opened_at = models.DateTimeField(null=True)
    danger_opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    # Copies of what stands in signs and parties, so that a phone row is made without looking there.
    sign_codes = ArrayField(models.CharField(max_length=32), default=list)
    party_roles = ArrayField(models.CharField(max_length=16), default=list)
    restricted = models.BooleanField(default=False)
    restrict_reasons = ArrayField(models.CharField(max_length=24), default=list)
    protected = models.BooleanField(default=False)
    protect_reasons = ArrayField(models.CharField(max_length=24), default=list)
    level = models.CharField(max_length=10, choices=HandlingLevel.choices())
    level_reasons = ArrayField(models.CharField(max_length=24), default=list)
    colour = models.CharField(max_length=1, choices=Colour.choices(), default="")
    colour_signs = ArrayField(models.CharField(max_length=32), default=list)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    version_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    latest = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    device_at = models.DateTimeField()
    received_at = models.DateTimeField()
    offset_ms = models.IntegerField(default=0)
    seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-received_at", "id"]
        indexes = [
            models.Index(fields=["author", "-received_at"], name="screening_of_author"),
            models.Index(fields=["grid", "-received_at"], name="screening_of_grid"),
            models.Index(fields=["community", "-received_at"], name="screening_of_community"),
            models.Index(fields=["street", "-received_at"], name="screening_of_street"),
            models.Index(fields=["round"], name="screening_of_round", condition=Q(round__isnull=False)),
            models.Index(
                fields=["supersedes"], name="screening_corrects", condition=Q(supersedes__isnull=False)
            ),
            models.Index(
                fields=["version_of"], name="screening_versions", condition=Q(version_of__isnull=False)
            ),
            models.Index(
                fields=["danger_due_at"],
                name="screening_danger_due",
                condition=Q(danger_due_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=DisputeCategory.values(), source__in=DisputeSource.values())
                & Q(scale__in=DisputeScale.values(), outcome__in=Outcome.values())
                & Q(level__in=HandlingLevel.values(), urgency__in=Urgency.values())
                & Q(colour__in=["", *Colour.values()], no_location__in=["", *NoLocation.values()]),
                name="screening_codes_known",
            ),
            models.CheckConstraint(
                condition=Q(point__isnull=False, crs__in=CoordinateSystem.values(), no_location="")
                | (Q(point__isnull=True, grid__isnull=True, crs="") & ~Q(no_location="")),
                name="screening_point_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(grid__isnull=True)
                | Q(community__isnull=False, street__isnull=False, release__isnull=False),
                name="screening_grid_is_stamped",
            ),
            models.CheckConstraint(
                condition=Q(restricted=False) | Q(brief="", done=""), name="screening_restricted_text_sealed"
            ),
            models.CheckConstraint(
                condition=Q(outcome="watching", watch_until__isnull=False)
                | (~Q(outcome="watching") & Q(watch_until__isnull=True)),
                name="screening_watching_has_review",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DangerSign(models.Model):
    """An act of the closed list (EF-9), with what was seen or told, sealed. `ask_act`: the words may name
    what somebody is instead of an act, and the worker did not say which."""

    id = models.UUIDField(primary_key=True)
    screening = models.ForeignKey(Screening, models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=32, choices=DangerSignCode.choices())
    what = EncryptedField()
    by_whom = EncryptedField(null=True)
    when = models.DateTimeField(null=True)
    ask_act = models.BooleanField(default=False)

    class Meta:
        ordering = ["screening", "code"]
        constraints = [
            models.UniqueConstraint(fields=["screening", "code"], name="danger_sign_once"),
            models.CheckConstraint(condition=Q(code__in=DangerSignCode.values()), name="danger_sign_known"),
        ]

    def __str__(self) -> str:
        return self.code


class ScreeningParty(models.Model):
    """A person of a screening. Name, phone and ID number are sealed under that person's own key and found
    again by blind index only; somebody known by hearsay has a role and nothing else; a minor initials and a
    birth-year band."""

    id = models.UUIDField(primary_key=True)
    screening = models.ForeignKey(Screening, models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=16, choices=PartyRole.choices())
    described = models.CharField(max_length=100, default="")
    hearsay = models.BooleanField(default=False)
    minor = models.BooleanField(default=False)
    birth_band = models.CharField(max_length=9, default="")
    key_id = models.UUIDField(null=True)
    name = EncryptedField(null=True)
    phone = EncryptedField(null=True)
    id_number = EncryptedField(null=True)
    name_index = models.BinaryField(max_length=32, null=True)
    phone_index = models.BinaryField(max_length=32, null=True)
    id_index = models.BinaryField(max_length=32, null=True)

    class Meta:
        ordering = ["screening", "position"]
        indexes = [
            models.Index(
                fields=["phone_index"], name="screening_party_phone", condition=Q(phone_index__isnull=False)
            ),
            models.Index(fields=["id_index"], name="screening_party_id", condition=Q(id_index__isnull=False)),
            models.Index(
                fields=["name_index"], name="screening_party_name", condition=Q(name_index__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["screening", "position"], name="screening_party_position"),
            models.CheckConstraint(
                condition=Q(role__in=PartyRole.values()), name="screening_party_role_known"
            ),
            models.CheckConstraint(
                condition=Q(hearsay=False) | Q(name__isnull=True, phone__isnull=True, id_number__isnull=True),
                name="screening_party_hearsay_unnamed",
            ),
            models.CheckConstraint(
                condition=Q(minor=False) | Q(id_number__isnull=True, phone__isnull=True),
                name="screening_party_minor_minimal",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
