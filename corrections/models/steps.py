from django.db import models

from accounts.models import User
from edge.encryption import EncryptedField
from kernel.ids import uuid7


class Step(models.Model):
    """One transition of a machine. `at` is when it truly happened, `recorded_at` when we knew. Insert-only.

    Each machine has a table of its own, with `related_name="steps"`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.CharField(max_length=24)
    source = models.CharField(max_length=24)
    target = models.CharField(max_length=24)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=24, blank=True, default="")
    reason = models.CharField(max_length=32, blank=True, default="")
    reason_text = EncryptedField(max_length=12000, null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.event} {self.target}"
