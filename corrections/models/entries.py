from django.db import models
from django.db.models import F, Q

from accounts.models import User
from corrections.entry import ENTRY, EntryTold
from corrections.models.decisions import known
from corrections.models.people import Subject
from corrections.models.reception import Limit
from edge.encryption import EncryptedField
from kernel.ids import uuid7


class EntryPermission(models.Model):
    """进入特定区域场所 (CCM-39): asked for beside an injunction, decided by the agency, between two days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="entries")
    limit = models.ForeignKey(Limit, models.PROTECT, related_name="entries")
    state = models.CharField(max_length=12, default=ENTRY.initial)
    place = EncryptedField(max_length=2000)
    reason = EncryptedField(max_length=8000)
    applied_on = models.DateField()
    first_day = models.DateField()
    last_day = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    document_no = models.CharField(max_length=80, blank=True, default="")
    tell_by = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-entered_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=known(ENTRY)), name="entry_state_known"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="entry_days_ordered"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_on__isnull=False, decided_by__isnull=False),
                name="entry_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.state


class EntryNotice(models.Model):
    """That court or procuratorate was told of an approval, by document. Each once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entry = models.ForeignKey(EntryPermission, models.PROTECT, related_name="notices")
    recipient = models.CharField(max_length=16, choices=EntryTold.choices())
    told_on = models.DateField()
    document_no = models.CharField(max_length=80)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["entry_id", "recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(recipient__in=EntryTold.values()), name="entry_told_known"),
            models.UniqueConstraint(fields=["entry", "recipient"], name="entry_told_once"),
        ]

    def __str__(self) -> str:
        return self.recipient
