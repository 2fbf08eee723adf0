"""Keys of data subjects."""

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
