from django.contrib.gis.db import models
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db.models import F, Q

from accounts.models import Area, User
from accounts.models.places import DateRange
from grids.machine import ReleaseState
from kernel.codes.law import CoordinateSystem, GridType
from kernel.ids import uuid7


class BoundaryRelease(models.Model):
    """边界版本: shapes that came together. Nothing of a draft is in force; publishing gives it a date."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(max_length=150)
    # The smallest division that holds all of it.
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    source = models.CharField(max_length=200)
    # As declared: WGS84, CGCS2000, GCJ02, BD09, or a Gauss-Krüger belt EPSG:4534 to EPSG:4554.
    crs = models.CharField(max_length=12)
    synthetic = models.BooleanField(default=False)
    # Communities that it redraws also where it has no row in them: a roll-back ends what was new there.
    covers = ArrayField(models.UUIDField(), default=list, blank=True)
    state = models.CharField(max_length=12, choices=ReleaseState.choices(), default=ReleaseState.DRAFT)
    # What it rolls back, when it does.
    undoes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    # What it brings back, when it does.
    restores = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    # What validation found: {"errors": [...], "warnings": [...]}, texts with codes of grids, no person.
    findings = models.JSONField(default=dict, blank=True)
    imported_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    imported_at = models.DateTimeField()
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    # When the phones were told: on the day it comes into force, not on the day of publishing.
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-imported_at"]
        indexes = [
            models.Index(
                fields=["valid_from"],
                name="release_to_announce",
                condition=Q(state="published", announced_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReleaseState.values()), name="release_state_known"),
            models.CheckConstraint(
                condition=Q(crs__in=CoordinateSystem.values())
                | Q(crs__regex=r"^EPSG:45(3[4-9]|4[0-9]|5[0-4])$"),
                name="release_crs_declared",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "validated"], valid_from__isnull=True)
                | Q(state__in=["published", "superseded", "withdrawn"], valid_from__isnull=False),
                name="release_published_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Grid(models.Model):
    """网格: always below one community (GR-3). `households` is an aggregate and nothing else (GR-1)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=15, unique=True)
    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=1, choices=GridType.choices(), default=GridType.COMPREHENSIVE)
    households = models.PositiveIntegerField(null=True, blank=True)
    # 事项清单 (GR-8): codes of the task kinds that may be assigned in this grid; empty: the district's list.
    duties = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    synthetic = models.BooleanField(default=False)
    rev = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["community"], name="grid_of_community")]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{14,15}$"), name="grid_code_digits"),
            models.CheckConstraint(condition=Q(kind__in=GridType.values()), name="grid_kind_known"),
        ]

    def __str__(self) -> str:
        return self.code


class Shape(models.Model):
    """A shape in WGS 84 at seven decimals, in force from `valid_from` to the day before `valid_to`: drafts
    have none. A grid that a release leaves as it is keeps its shape, and the release that it came with. The
    checks that security demands of any geometry are constraints of the table, made by the first migration.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    release = models.ForeignKey(BoundaryRelease, models.CASCADE, related_name="+")
    geom = models.MultiPolygonField(srid=4326, spatial_index=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    # What phones hold: turned over by the announcement of a release, so that phone rows depend on no clock.
    announced = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)


class GridShape(Shape):
    """Name, kind and households are what the grid takes over on the day the shape comes into force."""

    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=1, choices=GridType.choices(), default=GridType.COMPREHENSIVE)
    households = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["release"], name="gridshape_of_release"),
            models.Index(fields=["grid"], name="gridshape_of_grid"),
            GistIndex("geom", name="gridshape_geom"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["grid", "release"], name="gridshape_once_a_release"),
            models.UniqueConstraint(
                fields=["grid"], name="gridshape_announced_once", condition=Q(announced=True)
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="gridshape_dates_ordered",
            ),
            ExclusionConstraint(
                name="gridshape_once_a_day",
                expressions=[
                    ("grid", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class AreaShape(Shape):
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["release"], name="areashape_of_release"),
            models.Index(fields=["area"], name="areashape_of_area"),
            GistIndex("geom", name="areashape_geom"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["area", "release"], name="areashape_once_a_release"),
            models.UniqueConstraint(
                fields=["area"], name="areashape_announced_once", condition=Q(announced=True)
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="areashape_dates_ordered",
            ),
            ExclusionConstraint(
                name="areashape_once_a_day",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
