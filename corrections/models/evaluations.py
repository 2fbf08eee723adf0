from django.db import models
from django.db.models import F, Q

from accounts.models import User
from corrections.models.people import Subject
from edge.encryption import EncryptedField
from kernel.ids import uuid7


class Evaluation(models.Model):
    """考核评估 (CCM-22, CCM-32): what an officer finds about a period, in words. No score, no class."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="evaluations")
    first_day = models.DateField()
    last_day = models.DateField()
    text = EncryptedField(max_length=12000)
    made_on = models.DateField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["subject_id", "-last_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day"), made_on__gte=F("last_day")),
                name="evaluation_dates_ordered",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day} {self.last_day}"
