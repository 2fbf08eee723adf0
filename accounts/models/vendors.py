from django.db import models
from django.db.models import F, Q

from accounts.models.people import User
from kernel.ids import uuid7


class VendorState(models.TextChoices):
    PROPOSED = "proposed", "待确认 proposed"
    CONFIRMED = "confirmed", "生效 confirmed"
    ENDED = "ended", "终止 ended"


class VendorAccount(models.Model):
    """供应商账号 (PI-21): tied to a contract and a ticket, from `valid_from` to the day before `valid_to`.

    It has no membership and no role, so it sees no record of anybody; each of its requests is in the trail.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(User, models.PROTECT, related_name="+")
    company = models.CharField(max_length=150)
    contract_no = models.CharField(max_length=80)
    ticket = models.CharField(max_length=80)
    purpose = models.CharField(max_length=400)
    valid_from = models.DateField()
    valid_to = models.DateField()
    state = models.CharField(max_length=12, choices=VendorState, default=VendorState.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "accounts_vendor_account"
        ordering = ["-proposed_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=VendorState.values), name="vendor_state_known"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="vendor_dates_ordered"),
            models.CheckConstraint(
                condition=~Q(contract_no="") & ~Q(ticket=""), name="vendor_has_contract_and_ticket"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                & ~Q(confirmed_by=F("proposed_by")),
                name="vendor_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} {self.ticket}"
