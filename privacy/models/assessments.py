from django.db import models
from django.db.models import F, Q

from kernel.ids import uuid7
from privacy.codes import Processing


class Assessment(models.Model):
    """个人信息保护影响评估 of one kind of processing. `valid_to` is the first day outside; `document_no` is
    the paper with its place. Kept three years, so a row is withdrawn, never removed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    processing = models.CharField(max_length=24, choices=Processing.choices())
    document_no = models.CharField(max_length=80)
    kept_at = models.CharField(max_length=100)
    valid_from = models.DateField()
    valid_to = models.DateField()
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        db_table = "privacy_assessment"
        ordering = ["-entered_at", "id"]
        indexes = [models.Index(fields=["processing", "valid_from"], name="assessment_of_processing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(processing__in=Processing.values()), name="assessment_processing_known"
            ),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="assessment_dates"),
            models.CheckConstraint(
                condition=~Q(document_no="") & ~Q(kept_at=""), name="assessment_has_document"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="assessment_withdrawn_because",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.processing} {self.valid_from}"
