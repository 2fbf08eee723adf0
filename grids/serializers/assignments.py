from typing import Any

from rest_framework import serializers

from edge.serializers import DayField, OwnIdSerializer, StrictModelSerializer, StrictSerializer, WordsField
from grids.models import Assignment, AssignmentKind
from sync.serializers import SyncDevice


class AssignmentSerializer(StrictModelSerializer):
    worker_name = serializers.CharField(source="worker.name", read_only=True)

    class Meta:
        model = Assignment
        fields = (
            "id", "rev", "grid", "worker", "worker_name", "kind", "phone", "valid_from", "valid_to",
        )  # fmt: skip
        read_only_fields = fields


class AssignmentRequest(OwnIdSerializer):
    grid_id = serializers.UUIDField()
    worker_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=AssignmentKind.choices)
    valid_from = DayField()
    valid_to = DayField(required=False, allow_null=True)
    phone = serializers.RegexField(r"^[0-9+ -]{0,40}$", required=False, allow_blank=True)


class EndRequest(StrictSerializer):
    day = DayField(help_text="The first day on which the worker is no longer in charge")
    reason = WordsField(max_length=400)


class ImpactSerializer(serializers.Serializer[Any]):
    """What ending an assignment would move."""

    assignment = serializers.UUIDField()
    grid = serializers.UUIDField()
    worker = serializers.UUIDField()
    leaves = serializers.DictField(child=serializers.IntegerField(), help_text="Off the phones, by kind")
    open = serializers.DictField(child=serializers.IntegerField(), help_text="Open work that you may know of")
    remaining = serializers.ListField(child=serializers.UUIDField(), help_text="Others in charge today")
    waiting = serializers.DictField(child=serializers.IntegerField(), help_text="Items not taken, by state")
    unsent = serializers.IntegerField(help_text="What the phones said they had not sent")
    devices = SyncDevice(many=True)
