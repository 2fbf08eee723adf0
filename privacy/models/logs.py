"""Who read what about a person, and what left the district. Both logs only grow."""

from django.db import models

from kernel.ids import uuid7
from privacy.codes import RecipientKind


class ReadLog(models.Model):
    """One row for each read of a sensitive part: who, what, for which purpose and reason. Insert-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    read_at = models.DateTimeField()
    reader_id = models.UUIDField()
    role = models.CharField(max_length=24)
    organisation_id = models.UUIDField(null=True, blank=True)
    device_id = models.UUIDField(null=True, blank=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    fields = models.JSONField()
    purpose = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    request_id = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "privacy_read_log"
        ordering = ["-read_at", "id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "read_at"], name="readlog_of_subject"),
            models.Index(fields=["reader_id", "read_at"], name="readlog_of_reader"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="readlog_has_reason"),
            models.CheckConstraint(condition=~models.Q(purpose=""), name="readlog_has_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} {self.subject_kind}"


class Share(models.Model):
    """提供记录: something about people went to somebody outside: on what ground, what for, to whom, which
    fields.

    `document_id` names the paper or copy that went. `kept_until` is the last local day of its retention.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shared_at = models.DateTimeField()
    sharer_id = models.UUIDField(null=True, blank=True)
    role = models.CharField(max_length=24, blank=True, default="")
    organisation_id = models.UUIDField(null=True, blank=True)
    request_id = models.CharField(max_length=64, blank=True, default="")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    basis = models.CharField(max_length=20)
    purpose = models.CharField(max_length=200)
    recipient_kind = models.CharField(max_length=20, choices=RecipientKind.choices())
    recipient = models.CharField(max_length=300)
    fields = models.JSONField()
    records = models.PositiveIntegerField(default=1)
    document_id = models.UUIDField(null=True, blank=True)
    kept_until = models.DateField()

    class Meta:
        db_table = "privacy_share"
        ordering = ["-shared_at", "id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "shared_at"], name="share_of_subject"),
            models.Index(fields=["organisation_id", "shared_at"], name="share_of_organisation"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recipient_kind__in=RecipientKind.values()), name="share_recipient_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="") & ~models.Q(purpose="") & ~models.Q(recipient=""),
                name="share_says_why_and_to_whom",
            ),
            models.CheckConstraint(condition=~models.Q(fields=[]), name="share_names_fields"),
            models.CheckConstraint(condition=models.Q(records__gte=1), name="share_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.basis} {self.subject_kind} {self.recipient_kind}"
