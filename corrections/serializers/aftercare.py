from typing import Any

from rest_framework import serializers

from corrections.aftercare import AftercareField, AftercareNeed
from corrections.models import Aftercare
from corrections.serializers.people import Day
from edge.serializers import StrictSerializer


class AftercareRow(serializers.ModelSerializer[Any]):
    """What the person was told and answered; the wishes in words: `reveal`."""

    class Meta:
        model = Aftercare
        fields = [
            "id", "subject", "state", "informed_on", "guardian_present", "needs", "answered_on", "recipient",
            "handed_on", "document_no", "receipt_on", "entered_by", "entered_at",
        ]  # fmt: skip


class InformRequest(StrictSerializer):
    subject = serializers.UUIDField(source="subject_id")
    informed_on = Day()
    guardian_present = serializers.BooleanField(default=False)


class AcceptRequest(StrictSerializer):
    on = Day()
    needs = serializers.ListField(
        child=serializers.ChoiceField(AftercareNeed.choices()), min_length=1, max_length=len(AftercareNeed)
    )
    wishes = serializers.CharField(max_length=2000, required=False)


class HandOverToHelpRequest(StrictSerializer):
    """What goes to whom, with the person there."""

    recipient = serializers.CharField(max_length=150)
    on = Day()
    document_no = serializers.CharField(max_length=80)
    given = serializers.ListField(
        child=serializers.ChoiceField(AftercareField.choices()), min_length=1, max_length=len(AftercareField)
    )
    took_part = serializers.BooleanField()


class AftercareClear(serializers.Serializer[Any]):
    wishes = serializers.CharField(allow_null=True)
