from django.db import models
from django.db.models import Q

from accounts.models import User
from corrections.models.people import Order
from corrections.reception_codes import OrderDateKind
from kernel.ids import uuid7


class OrderDate(models.Model):
    """A day that a paper states about an order (CCL-20, CCM-16). The newest of a kind holds. Insert-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="dates")
    kind = models.CharField(max_length=20, choices=OrderDateKind.choices())
    on = models.DateField()
    document_no = models.CharField(max_length=80, blank=True, default="")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["order_id", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OrderDateKind.values()), name="order_date_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
