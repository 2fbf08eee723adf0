"""What people agree to, one purpose each, and what was erased after they took it back."""

from django.db import models
from django.db.models import Q

from kernel.ids import uuid7
from privacy.codes import ConsentPurpose


class Consent(models.Model):
    """同意, for one purpose. Withdrawn it is over at once; `withdrawn_at` is never taken back.

    `organisation_id`: the office that entered it. `erased_at`: when a person ordered the erasure of what
    rested on it alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    purpose = models.CharField(max_length=24, choices=ConsentPurpose.choices())
    organisation_id = models.UUIDField()
    given_on = models.DateField()
    paper_no = models.CharField(max_length=80)
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_by = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "privacy_consent"
        ordering = ["entered_at", "id"]
        indexes = [models.Index(fields=["organisation_id", "entered_at"], name="consent_of_office")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "purpose"], condition=Q(withdrawn_at__isnull=True),
                name="consent_in_force_once",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=ConsentPurpose.values()), name="consent_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(withdrawn_at__isnull=False, erased_by__isnull=False),
                name="consent_erased_after_withdrawal",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_kind}"


class ConsentErasure(models.Model):
    """清除记录: of one kind of thing how many were erased, or are kept by which row of the law. Only
    grows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="erasures")
    code = models.CharField(max_length=24)
    count = models.PositiveIntegerField()
    duty = models.CharField(max_length=16, blank=True, default="")
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "privacy_consent_erasure"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.code} {self.count}"
