from django.db import models
from django.db.models import Q

from accounts.models.devices import Device
from accounts.models.people import Membership, User
from kernel.ids import uuid7


class RefreshFamily(models.Model):
    """One signed-in session: of a phone (`device`) or of a browser. Its one active role is `membership`.

    A head of an organisation without a role may sign in to confirm others: then `membership` is empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, null=True, blank=True, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_for = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        db_table = "accounts_refresh_family"
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["user"], name="family_of_user", condition=Q(revoked_at__isnull=True)),
            models.Index(fields=["device"], name="family_of_device", condition=Q(revoked_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return str(self.id)


class RefreshToken(models.Model):
    """One generation of a family. Nothing secret stands here: the token is an HMAC over the identity."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(RefreshFamily, models.CASCADE, related_name="+")
    generation = models.PositiveIntegerField()
    key_id = models.UUIDField()
    issued_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    nonce = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "accounts_refresh_token"
        ordering = ["family", "generation"]
        constraints = [
            models.UniqueConstraint(fields=["family", "generation"], name="refresh_one_per_generation"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, nonce="") | Q(used_at__isnull=False) & ~Q(nonce=""),
                name="refresh_used_has_nonce",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family_id}/{self.generation}"
