from django.db import models
from django.db.models import F, Q

from kernel.ids import uuid7


class FeedKey(models.Model):
    """A key with which one device reads the own appointments, and nothing else: a calendar program cannot
    sign in. Only the digest of the secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    membership = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    device = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mediation_feed_key"
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "device"], condition=Q(revoked_at=None), name="feed_key_once_a_device"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="feed_key_dates_ordered"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def days(self) -> int:
        """How long it was made for."""
        return (self.expires_at - self.created_at).days
