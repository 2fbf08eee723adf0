from django.db import models
from django.db.models import Q

from kernel.ids import uuid7
from mediation.models.cases import CaseParty, WaysForm


class WaysTold(models.Model):
    """告知其他途径 to one party (PM-26): on which day, how, by whom, and which ways (codes of C-5).
    Insert-only, once for each party. `tried_on`: the days of the tries; a notice that could
    not be delivered has two."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.OneToOneField(CaseParty, models.PROTECT, related_name="ways_told")
    form = models.CharField(max_length=20, choices=WaysForm)
    told_on = models.DateField()
    told_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    ways = models.JSONField(default=list)
    tried_on = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)

    class Meta:
        db_table = "mediation_ways_told"
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=WaysForm.values), name="ways_told_form_known"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.form}"
