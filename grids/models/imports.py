"""What comes before a release is in force (file, rows, findings), and what moved after it."""

from django.contrib.gis.db import models
from django.db.models import Q

from accounts.models import Area, User
from grids.faults import FaultKind, Severity
from grids.machine import ImportState
from grids.models.places import BoundaryRelease, Grid
from kernel.ids import uuid7


class BoundaryImport(models.Model):
    """An upload of a boundary file: what it was declared to be, how far it has come, what came of it.

    The file itself is kept until it was read; its SHA-256 stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    title = models.CharField(max_length=150)
    file_name = models.CharField(max_length=150)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    # How it is to be read: level, crs, layer, encoding, fields, snap.
    declared = models.JSONField()
    state = models.CharField(max_length=10, choices=ImportState.choices(), default=ImportState.WAITING)
    step = models.CharField(max_length=12, default="", blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # Rows, errors, warnings, notes, and findings by kind.
    counts = models.JSONField(default=dict, blank=True)
    # Why the file as a whole was refused.
    refused = models.CharField(max_length=400, default="", blank=True)
    release = models.ForeignKey(BoundaryRelease, models.SET_NULL, null=True, blank=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_role = models.CharField(max_length=24, default="", blank=True)
    created_organisation = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(
                fields=["started_at"],
                name="boundary_import_running",
                condition=Q(state__in=["queued", "running"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values()), name="boundary_import_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(release__isnull=False) | Q(ended_at__isnull=False),
                name="boundary_import_done_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class DraftRow(models.Model):
    """A row of a release that is not published yet: a grid or a division with the shape it is to get.

    Without foreign key to the release in the database: two hundred thousand rows come by one COPY. They leave
    with the release's publishing, which the tables of shapes check row by row.
    """

    pk = models.CompositePrimaryKey("release", "code")
    release = models.ForeignKey(
        BoundaryRelease, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    level = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=15)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=1, default="", blank=True)
    households = models.PositiveIntegerField(null=True, blank=True)
    geom = models.GeometryField(srid=4326, spatial_index=False)

    class Meta:
        ordering = ["release", "level", "code"]

    def __str__(self) -> str:
        return self.code


class Finding(models.Model):
    """One line of a validation report: row, code, kind of fault, its facts, and where to look.

    Of an import when the file was refused, of a release once there is a draft.
    """

    id = models.BigAutoField(primary_key=True)
    of_import = models.ForeignKey(BoundaryImport, models.CASCADE, null=True, related_name="+", db_index=False)
    release = models.ForeignKey(BoundaryRelease, models.CASCADE, null=True, related_name="+", db_index=False)
    row = models.PositiveIntegerField()
    code = models.CharField(max_length=20, default="", blank=True)
    kind = models.CharField(max_length=20)  # a FaultKind; its texts are made from the facts
    severity = models.CharField(max_length=8, choices=Severity.choices())
    facts = models.JSONField(default=dict)
    geom = models.GeometryField(srid=4326, null=True, spatial_index=False)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["release", "id"], name="finding_of_release", condition=Q(release__isnull=False)
            ),
            models.Index(
                fields=["of_import", "id"], name="finding_of_import", condition=Q(of_import__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(of_import__isnull=True) ^ Q(release__isnull=True), name="finding_of_one"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FaultKind.values(), severity__in=Severity.values()),
                name="finding_codes_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row} {self.kind}"


class Restamp(models.Model):
    """An open record that a release moved from one grid to another, or out of or into the grids."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(BoundaryRelease, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24)
    record_id = models.UUIDField()
    from_grid = models.ForeignKey(Grid, models.PROTECT, null=True, related_name="+", db_index=False)
    to_grid = models.ForeignKey(Grid, models.PROTECT, null=True, related_name="+", db_index=False)
    # Whether it may be counted for those who make the map: not what they could not know of.
    told = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "record_id"], name="restamp_of_record")]
        constraints = [
            models.UniqueConstraint(fields=["release", "kind", "record_id"], name="restamp_once_a_release")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
