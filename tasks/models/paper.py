from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from kernel.ids import uuid7


class PaperEntry(models.Model):
    """纸质先行: that a record was entered from paper: the paper's date, where the original is kept, who
    entered it, and the second person who has compared both. What it is about is named as in a task; nothing
    of what the paper says stands here. `restricted`: that there is such a record is for the director and who
    entered it alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", db_index=False
    )
    restricted = models.BooleanField(default=False)
    paper_on = models.DateField()
    original_at = models.CharField(max_length=120)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()
    compared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    compared_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "tasks_paper_entry"
        ordering = ["-entered_at", "id"]
        indexes = [
            models.Index(
                fields=["organisation", "entered_at"], name="paper_to_compare",
                condition=Q(compared_at__isnull=True),
            ),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="paper_entered_once"),
            models.CheckConstraint(condition=~Q(original_at=""), name="paper_original_kept_somewhere"),
            models.CheckConstraint(
                condition=Q(compared_by__isnull=True) | ~Q(compared_by=F("entered_by")),
                name="paper_compared_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(compared_by__isnull=True, compared_at__isnull=True)
                | Q(compared_by__isnull=False, compared_at__isnull=False),
                name="paper_compared_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.paper_on}"
