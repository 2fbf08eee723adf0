"""Keys of data subjects and the log of who read what about them."""

from django.db import models

from kernel.ids import uuid7


class SubjectKey(models.Model):
    """The data key of one person (or, before the person is known, of one phone), wrapped by the key ring.

    Destroying the row's `wrapped_key` destroys every value sealed under it, in every copy and every backup.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    wrapped_key = models.BinaryField(max_length=200)
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "privacy_subject_key"
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(destroyed_at__isnull=True) | models.Q(wrapped_key=b""),
                name="subject_key_destroyed_is_empty",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class ReadLog(models.Model):
    """One row for each read of a sensitive part: who, what, for which purpose and reason. Insert-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    read_at = models.DateTimeField()
    reader_id = models.UUIDField()
    role = models.CharField(max_length=24)
    organisation_id = models.UUIDField(null=True, blank=True)
    device_id = models.UUIDField(null=True, blank=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    fields = models.JSONField()
    purpose = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    request_id = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "privacy_read_log"
        ordering = ["-read_at", "id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "read_at"], name="readlog_of_subject"),
            models.Index(fields=["reader_id", "read_at"], name="readlog_of_reader"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="readlog_has_reason"),
            models.CheckConstraint(condition=~models.Q(purpose=""), name="readlog_has_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} {self.subject_kind}"
