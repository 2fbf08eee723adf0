from typing import Any

from rest_framework import serializers

from corrections.court import CourtFactKind
from corrections.models import CourtFact
from edge.serializers import NameField, StrictSerializer


class CourtFactRow(serializers.ModelSerializer[Any]):
    """A fact without the lawyer's name: that by `reveal`."""

    class Meta:
        model = CourtFact
        fields = ["id", "decision", "kind", "at", "organ", "document_no", "recorded_by", "recorded_at"]


class CourtFactRequest(StrictSerializer):
    """`lawyer`: who spoke for the person, at a hearing."""

    decision = serializers.UUIDField(source="decision_id")
    kind = serializers.ChoiceField(CourtFactKind.choices())
    at = serializers.DateTimeField()
    organ = serializers.CharField(max_length=150)
    document_no = serializers.CharField(max_length=80, required=False)
    lawyer = NameField(max_length=100, required=False)


class CourtFactClear(serializers.Serializer[Any]):
    lawyer = serializers.CharField(allow_null=True)


class CourtClockRow(serializers.Serializer[Any]):
    """A clock of the court: information with its source, and nobody's lateness here."""

    key = serializers.CharField()
    law = serializers.CharField(help_text="The row of the law")
    since = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)
    ran_out = serializers.BooleanField()
