from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import User
from corrections.aftercare import AFTERCARE, AftercareNeed
from corrections.models.decisions import known
from corrections.models.people import Subject
from edge.encryption import EncryptedField
from kernel.ids import uuid7


class Aftercare(models.Model):
    """安置帮教衔接 (CCM-53): what the person was told and answered, and to whom what was handed over."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=AFTERCARE.initial)
    informed_on = models.DateField()
    guardian_present = models.BooleanField(default=False)
    needs = ArrayField(models.CharField(max_length=20, choices=AftercareNeed.choices()), default=list)
    wishes = EncryptedField(max_length=8000, null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    recipient = models.CharField(max_length=150, blank=True, default="")
    handed_on = models.DateField(null=True, blank=True)
    document_no = models.CharField(max_length=80, blank=True, default="")
    receipt_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-entered_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(AFTERCARE)), name="aftercare_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["handed_over", "received"])
                | Q(handed_on__isnull=False) & ~Q(recipient=""),
                name="aftercare_handed_to",
            ),
        ]

    def __str__(self) -> str:
        return self.state
