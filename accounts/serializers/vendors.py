from typing import Any

from rest_framework import serializers

from accounts.models import VendorAccount
from edge.serializers import DayField, NameField, StrictSerializer, WordsField


class VendorRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = VendorAccount
        fields = [
            "id", "user", "company", "contract_no", "ticket", "purpose", "valid_from", "valid_to", "state",
            "proposed_by", "proposed_at", "confirmed_by", "confirmed_at", "ended_by", "ended_at",
            "end_reason",
        ]  # fmt: skip


class VendorRequest(StrictSerializer):
    """`valid_to` is the first day outside."""

    username = serializers.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,63}\Z", help_text="Lower case, 3 to 64 characters"
    )
    name = NameField(max_length=100)
    company = NameField(max_length=150)
    contract_no = serializers.CharField(max_length=80)
    ticket = serializers.CharField(max_length=80)
    purpose = WordsField(max_length=400)
    valid_from = DayField()
    valid_to = DayField()
