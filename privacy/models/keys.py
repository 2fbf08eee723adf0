"""Keys of data subjects."""

from django.db import models

from kernel.ids import uuid7


class SubjectKey(models.Model):
    """The data key of one person (or, before the person is known, of one phone), wrapped by the key ring.

    Destroying the row's `wrapped_key` destroys every value sealed under it, in every copy and every backup.
    Sealed 封存, the key stands in `sealed_key` alone, closed for a private key that is not here
    (`seal_key_id`); while a lawful query is open it stands wrapped as well, until `opened_until`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    wrapped_key = models.BinaryField(max_length=200)
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)
    sealed_key = models.BinaryField(max_length=200, null=True, blank=True)
    seal_key_id = models.UUIDField(null=True, blank=True)
    opened_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "privacy_subject_key"
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(destroyed_at__isnull=True) | models.Q(wrapped_key=b""),
                name="subject_key_destroyed_is_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(destroyed_at__isnull=True) | models.Q(sealed_key__isnull=True),
                name="subject_key_destroyed_not_sealed",
            ),
            models.CheckConstraint(
                condition=models.Q(sealed_key__isnull=True)
                | models.Q(seal_key_id__isnull=False)
                & (models.Q(wrapped_key=b"") | models.Q(opened_until__isnull=False)),
                name="subject_key_sealed_is_closed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["opened_until"],
                condition=models.Q(opened_until__isnull=False),
                name="subject_key_opened",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
