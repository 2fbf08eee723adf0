from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from kernel.codes.roles import Role
from kernel.ids import uuid7
from tasks.codes import HandingReason


class HandOver(models.Model):
    """交接: what somebody owns in one role of one organisation, listed line by line, until a colleague has
    signed for it. `to_person`: whom it is meant for; for somebody absent the director names the colleague."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=24, choices=Role.choices())
    person = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    to_person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=12, choices=HandingReason.choices())
    note = models.CharField(max_length=2000, blank=True, default="")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "tasks_hand_over"
        ordering = ["-written_at", "id"]
        indexes = [
            models.Index(fields=["organisation", "role", "written_at"], name="hand_over_of_organisation")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=HandingReason.values()), name="hand_over_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True) | ~Q(taken_by=F("person")), name="hand_over_not_to_self"
            ),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="hand_over_taken_has_time",
            ),
            models.UniqueConstraint(
                fields=["organisation", "role", "person"], name="hand_over_open_once",
                condition=Q(taken_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reason


class HandOverLine(models.Model):
    """One item with one line. `given_at`: passed on with the signature; empty: its own act passes it on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hand_over = models.ForeignKey(HandOver, models.PROTECT, related_name="lines", db_index=False)
    source = models.CharField(max_length=24)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    title = models.CharField(max_length=200)
    words = models.CharField(max_length=200, blank=True, default="")
    given_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "tasks_hand_over_line"
        ordering = ["source", "id"]
        constraints = [
            models.UniqueConstraint(fields=["hand_over", "source", "subject_id"], name="hand_over_line_once"),
        ]

    def __str__(self) -> str:
        return self.title
