from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db.models import F, Q

from accounts.models import Membership, User
from grids.models.places import AreaShape, GridShape
from kernel.ids import uuid7


class MapShape(models.Model):
    """A shape of a grid or an area as maps draw it: in web Mercator, generalised for each band of zooms.

    Made by a job (`grids/services/map_shapes.py`); a shape without a row is drawn from its own geometry.
    """

    grid_shape = models.OneToOneField(GridShape, models.CASCADE, null=True, related_name="+")
    area_shape = models.OneToOneField(AreaShape, models.CASCADE, null=True, related_name="+")
    geom = models.MultiPolygonField(srid=3857, spatial_index=False)
    # From this zoom on, up to the next column; empty: nothing is saved by it.
    geom_z12 = models.MultiPolygonField(srid=3857, spatial_index=False, null=True)
    geom_z10 = models.MultiPolygonField(srid=3857, spatial_index=False, null=True)
    geom_z4 = models.MultiPolygonField(srid=3857, spatial_index=False, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(grid_shape__isnull=True) ^ Q(area_shape__isnull=True), name="mapshape_of_one"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class MapChange(models.Model):
    """A transaction that wrote what maps show or who sees it (`grids/remembering.py`); triggers write it."""

    xid = models.BigIntegerField(primary_key=True)

    class Meta:
        ordering = ["xid"]

    def __str__(self) -> str:
        return str(self.pk)


class MapKey(models.Model):
    """A key with which a desktop GIS reads the map in one role of a person, and nothing else.

    QGIS cannot refresh a session. Only the digest of the secret (256 random bits) is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    program = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["user"], name="mapkey_of_user", condition=Q(revoked_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="mapkey_dates_ordered"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PackPart(models.Model):
    """One file of offline packs, under the hash of its content; workers with the same grids share it."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    media_type = models.CharField(max_length=60)
    body = models.BinaryField()
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.sha256


class Pack(models.Model):
    """离线包: what a worker's phone needs to draw its map without a network, as it stood at one moment.

    `source` names the grids, their shapes and the code tables that it was made from: nothing changed, nothing
    made. `grids` are the worker's own: the pack is theirs while all of them still are.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    worker = models.ForeignKey(User, models.PROTECT, related_name="+")
    source = models.CharField(max_length=64)
    grids = ArrayField(models.UUIDField())
    # The answer of the API without addresses: releases, parts with hash and size, the difference to the last.
    manifest = models.JSONField()
    # Hashes of the files that the answer names, those of the difference too.
    parts = ArrayField(models.CharField(max_length=64), default=list)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]
        indexes = [
            models.Index(fields=["worker", "-made_at"], name="pack_of_worker"),
            GinIndex(fields=["parts"], name="pack_by_part"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["worker", "source"], name="pack_once_a_source"),
        ]

    def __str__(self) -> str:
        return str(self.id)
