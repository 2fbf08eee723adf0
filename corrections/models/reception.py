from django.db import models
from django.db.models import F, Q

from accounts.models import User
from corrections.models.people import Order, Subject
from corrections.reception_codes import (
    Acknowledged,
    CheckItem,
    EndOccasion,
    FileKind,
    ItemKind,
    LimitKind,
    ReceptionPlace,
)
from edge.encryption import EncryptedField
from kernel.ids import uuid7


class Reception(models.Model):
    """接收: five checks, and the announcement 入矫宣告 (CCL-22). `completed_on` needs all five."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="reception")
    place = models.CharField(max_length=8, choices=ReceptionPlace.choices())
    reported_in_on = models.DateField(null=True, blank=True)
    announced_on = models.DateField(null=True, blank=True)
    acknowledged = models.CharField(max_length=12, choices=Acknowledged.choices(), blank=True, default="")
    witness = EncryptedField(max_length=1000, null=True, blank=True)
    guardian_present = models.BooleanField(default=False)
    completed_on = models.DateField(null=True, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(announced_on__isnull=True) | ~Q(acknowledged=""), name="announcement_acknowledged"
            ),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | Q(announced_on__isnull=False),
                name="reception_completed_announced",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ReceptionCheck(models.Model):
    """One of the five items, done by an officer on a stated day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reception = models.ForeignKey(Reception, models.PROTECT, related_name="checks")
    item = models.CharField(max_length=16, choices=CheckItem.choices())
    done_on = models.DateField()
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["reception_id", "done_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(item__in=CheckItem.values()), name="check_item_known"),
            models.UniqueConstraint(fields=["reception", "item"], name="check_item_once"),
        ]

    def __str__(self) -> str:
        return self.item


class EndConfirmation(models.Model):
    """One officer's word for the last day of the term; two different ones at reception and before the end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="end_confirmations")
    ends_on = models.DateField()
    occasion = models.CharField(max_length=12, choices=EndOccasion.choices())
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ["subject_id", "confirmed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(occasion__in=EndOccasion.values()), name="end_confirmation_occasion_known"
            ),
            models.UniqueConstraint(
                fields=["subject", "ends_on", "occasion", "officer"], name="end_confirmation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} {self.ends_on}"


class FileItem(models.Model):
    """One line of the index of a person's correction file or work file (CCM-18)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="file_items")
    file = models.CharField(max_length=12, choices=FileKind.choices())
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=ItemKind.choices())
    title = EncryptedField(max_length=1000)
    dated_on = models.DateField()
    pages = models.PositiveSmallIntegerField(default=1)
    original_at = models.CharField(max_length=100, blank=True, default="")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["subject_id", "file", "number"]
        constraints = [
            models.CheckConstraint(condition=Q(file__in=FileKind.values()), name="file_kind_known"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values()), name="file_item_kind_known"),
            models.UniqueConstraint(fields=["subject", "file", "number"], name="file_item_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file} {self.number}"


class Limit(models.Model):
    """禁止令与接触限制 (CCM-25): what the agency alone reads, and no phone ever holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="limits")
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=LimitKind.choices())
    text = EncryptedField(max_length=12000)
    document_no = models.CharField(max_length=80)
    valid_from = models.DateField()
    # The last day, itself included; never beyond the term, whose end ends it.
    valid_to = models.DateField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    lifted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["subject_id", "-valid_from", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LimitKind.values()), name="limit_kind_known"),
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="limit_dates_ordered"),
        ]

    def __str__(self) -> str:
        return self.kind
