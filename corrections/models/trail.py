from django.db import models

from accounts.models import User
from corrections.models.people import Subject
from edge.encryption import EncryptedField
from kernel.ids import uuid7


class ActStep(models.Model):
    """One transition of a machine about a person: leave, decision, order, complaint, transfer … Insert-only.

    `code` is of the machine's own list; `said_on` the day that a paper states; `at` when it truly happened;
    `recorded_at` when we knew.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    machine = models.CharField(max_length=32)
    row_id = models.UUIDField()
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, related_name="+")
    event = models.CharField(max_length=24)
    source = models.CharField(max_length=24)
    target = models.CharField(max_length=24)
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=24, blank=True, default="")
    # Whose place the deputy took 代理; empty for who acts in the own right.
    acting_for = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=32, blank=True, default="")
    reason = EncryptedField(max_length=12000, null=True, blank=True)
    said_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "id"]
        indexes = [models.Index(fields=["row_id", "recorded_at"], name="act_step_of_row")]

    def __str__(self) -> str:
        return f"{self.machine} {self.event}"
