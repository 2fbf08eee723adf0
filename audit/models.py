"""The trail: what happened (insert-only), and beside it what still has to follow (the outbox)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AuditEvent(models.Model):
    """One fact: who, in which role, when, what, on which record. Names fields; never holds their values."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    event = models.CharField(max_length=80)
    user_id = models.UUIDField(null=True)
    role = models.CharField(max_length=40, default="")
    organisation_id = models.UUIDField(null=True)
    device_id = models.UUIDField(null=True)
    request_id = models.CharField(max_length=64, default="")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    fields = ArrayField(models.CharField(max_length=80), default=list)
    reason = models.CharField(max_length=400, default="")
    device_at = models.DateTimeField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "audit_event"
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_event_subject"),
            models.Index(fields=["event", "id"], name="audit_event_event"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject_kind} {self.subject_id}"


class AuditDelivery(models.Model):
    """One reaction still to run, or run, to one event. Its effect and its `done` commit together."""

    PENDING, DONE, FAILED = "pending", "done", "failed"

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(
        AuditEvent, on_delete=models.PROTECT, related_name="+", db_index=False
    )  # `audit_delivery_once` begins with it
    reaction = models.CharField(max_length=80)
    state = models.CharField(max_length=10, default=PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, default="")

    class Meta:
        db_table = "audit_delivery"
        constraints = [
            models.UniqueConstraint(fields=["event", "reaction"], name="audit_delivery_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "done", "failed"]), name="audit_delivery_state"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state="pending"), name="audit_delivery_pending"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reaction} {self.state}"
