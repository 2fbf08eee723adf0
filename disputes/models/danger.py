from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from disputes.models.screenings import Screening
from kernel.ids import uuid7
from tasks.codes import DutyPost


class DangerCallUp(models.Model):
    """Who was called up because nobody at the centre had opened a danger, by when it was due and when it was
    done. Nobody on the post: `person` is empty. Append-only, once a post."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    screening = models.ForeignKey(Screening, models.PROTECT, related_name="+", db_index=False)
    post = models.CharField(max_length=8, choices=DutyPost.choices())
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    due_at = models.DateTimeField()
    called_at = models.DateTimeField()

    class Meta:
        ordering = ["called_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["screening", "post"], name="danger_called_up_once"),
            models.CheckConstraint(condition=Q(called_at__gte=F("due_at")), name="danger_call_not_early"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(organisation__isnull=False),
                name="danger_call_of_a_centre",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.screening_id} {self.post}"
