"""Screening rounds, their progress by grid and their report."""

from typing import Any

from rest_framework import serializers

from disputes.models import ScreeningRound
from edge.serializers import OwnIdSerializer, StrictModelSerializer
from kernel.codes.law import DisputeCategory


class RoundReportSerializer(serializers.Serializer[Any]):
    """`records` by category: null where fewer than five would point at a household."""

    grids = serializers.IntegerField()
    visited = serializers.IntegerField()
    not_visited = serializers.ListField(child=serializers.CharField())
    records = serializers.DictField(child=serializers.IntegerField(allow_null=True))


class RoundSerializer(StrictModelSerializer):
    """排查活动: where, from when to when, of which categories; `report` once it is closed."""

    report = RoundReportSerializer(read_only=True, allow_null=True)

    class Meta:
        model = ScreeningRound
        fields = (
            "id", "name", "street", "communities", "categories", "starts_on", "ends_on", "made_by",
            "made_at", "closed_by", "closed_at", "report",
        )  # fmt: skip
        read_only_fields = fields


class RoundOpenSerializer(OwnIdSerializer):
    name = serializers.CharField(max_length=80)
    communities = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=60)
    categories = serializers.ListField(
        child=serializers.ChoiceField(DisputeCategory.choices()), max_length=18, required=False, default=list
    )
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class GridProgressSerializer(serializers.Serializer[Any]):
    grid = serializers.UUIDField()
    code = serializers.CharField()
    community = serializers.UUIDField()
    visited = serializers.BooleanField()
    first_on = serializers.DateField(allow_null=True)
