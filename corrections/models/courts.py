from django.db import models
from django.db.models import Q

from accounts.models import User
from corrections.court import CourtFactKind
from corrections.models.decisions import Decision
from edge.encryption import EncryptedField
from kernel.ids import uuid7


class CourtFact(models.Model):
    """One fact of a proposal's course at the court, by its paper. The newest of a kind holds. Insert-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="court_facts")
    kind = models.CharField(max_length=16, choices=CourtFactKind.choices())
    at = models.DateTimeField()
    organ = models.CharField(max_length=150)
    document_no = models.CharField(max_length=80, blank=True, default="")
    # Who spoke for the person at the hearing (CCL-46/48).
    lawyer = EncryptedField(max_length=1000, null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["decision_id", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CourtFactKind.values()), name="court_fact_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
