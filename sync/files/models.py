from django.db import models
from django.db.models import Q

from accounts.models import Device, User
from edge.encryption import EncryptedField
from kernel.ids import uuid7


class Blob(models.Model):
    """Verified bytes, once for each data subject's key: equal files of one subject share them, no others do.

    `path` is the original as it came, `served_path` the picture made from it for reading; both sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key_id = models.UUIDField()
    sha256 = models.BinaryField(max_length=32)
    size = models.BigIntegerField()
    type = models.TextField()
    path = models.TextField()
    served_path = models.TextField()
    served_type = models.TextField()
    width = models.IntegerField()
    height = models.IntegerField()
    created_at = models.DateTimeField()

    class Meta:
        app_label = "sync"
        db_table = "sync_blob"
        constraints = [models.UniqueConstraint(fields=["key_id", "sha256"], name="sync_blob_once")]

    def __str__(self) -> str:
        return str(self.id)


class File(models.Model):
    """A file that an accepted item declared. Its identity is the id; name and bytes may occur again.

    `offset` bytes have arrived; `expires_at` is set while an upload is open. A verified file is never
    changed: a better one is a new row that `replaces` it, and the old one is marked `superseded` and stays.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()
    record = models.UUIDField()
    item = models.UUIDField()
    author = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=24)
    device = models.ForeignKey(Device, models.PROTECT, related_name="+", db_index=False)
    key_id = models.UUIDField(null=True)
    name = EncryptedField(null=True)
    type = models.TextField()
    size = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    state = models.TextField(default="waiting")
    code = models.TextField(blank=True, default="")
    offset = models.BigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+", db_index=False)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    superseded = models.BooleanField(default=False)
    declared_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "sync"
        db_table = "sync_file"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "verified", "refused"]), name="sync_file_state"
            ),
            models.CheckConstraint(
                condition=Q(offset__gte=0, offset__lte=models.F("size")), name="sync_file_offset"
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(blob__isnull=False, offset=models.F("size")),
                name="sync_file_verified_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "record"], name="sync_file_record"),
            models.Index(fields=["item"], name="sync_file_item"),
            models.Index(
                fields=["expires_at"], condition=Q(expires_at__isnull=False), name="sync_file_expiry"
            ),
            models.Index(
                fields=["declared_at"],
                condition=Q(state="waiting", superseded=False, reminded_at__isnull=True),
                name="sync_file_waiting",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class FilePart(models.Model):
    """Bytes that have arrived and are not the whole yet, sealed in the storage."""

    file = models.ForeignKey(File, models.CASCADE, related_name="+", db_index=False)
    at = models.BigIntegerField()
    size = models.BigIntegerField()
    path = models.TextField()

    class Meta:
        app_label = "sync"
        db_table = "sync_file_part"
        constraints = [models.UniqueConstraint(fields=["file", "at"], name="sync_file_part_once")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.at}"
