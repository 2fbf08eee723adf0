from typing import Any

from rest_framework import serializers

from edge.serializers import StrictModelSerializer, StrictSerializer, WordsField
from tasks.codes import DutyPost
from tasks.models import DutyShift
from tasks.models.duty import NOTE_MAX


class DutyShiftSerializer(StrictModelSerializer):
    """A shift, half-open, and how it was handed over."""

    person_name = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = DutyShift
        fields = (
            "id", "organisation", "person", "person_name", "post", "starts_at", "ends_at", "entered_by",
            "entered_at", "cancelled_at", "cancel_reason", "note", "handed_at", "taken_by", "taken_at",
        )  # fmt: skip
        read_only_fields = fields


class PlannedSerializer(StrictSerializer):
    person_id = serializers.UUIDField()
    post = serializers.ChoiceField(DutyPost.choices())
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(help_text="The first instant after the shift")


class PlanSerializer(StrictSerializer):
    """Shifts of the own centre or station; all are entered, or none."""

    shifts = PlannedSerializer(many=True, min_length=1, max_length=200)


class HandedSerializer(StrictSerializer):
    """What goes on, in words that name nobody."""

    note = WordsField(max_length=NOTE_MAX)


class DutyHoleSerializer(serializers.Serializer[Any]):
    post = serializers.ChoiceField(DutyPost.choices())
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class DutyNowSerializer(serializers.Serializer[Any]):
    """Who is on duty in the own centre or station, and what nobody covers in the coming days."""

    at = serializers.DateTimeField()
    main = serializers.UUIDField(allow_null=True)
    deputy = serializers.UUIDField(allow_null=True)
    holes = DutyHoleSerializer(many=True)
