from django.db import models

from kernel.ids import uuid7


class StepRow(models.Model):
    """One step of a machine: who, in which role, why, when it was said (`stated_at`) and when it was
    entered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.CharField(max_length=24)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    actor = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=24, blank=True, default="")
    reason = models.CharField(max_length=400, blank=True, default="")
    stated_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
