from rest_framework import serializers

from edge.fields import GeometryField
from edge.serializers import DayField, StrictModelSerializer, StrictSerializer
from grids.models import LeaveArea
from grids.serializers.places import PlaceSerializer


class MemberSerializer(StrictSerializer):
    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()


class LeaveAreaSerializer(StrictModelSerializer):
    """活动区域: from which day to which, of which members."""

    unit = PlaceSerializer()
    members = MemberSerializer(many=True)

    class Meta:
        model = LeaveArea
        fields = (
            "id", "unit", "members", "valid_from", "valid_to", "confirmed_by", "confirmed_at", "outdated_at",
        )  # fmt: skip
        read_only_fields = fields


class LeaveAreaDetailSerializer(LeaveAreaSerializer):
    geometry = GeometryField(types=("MultiPolygon",), source="geom", read_only=True)

    class Meta:
        model = LeaveArea
        fields = (*LeaveAreaSerializer.Meta.fields, "geometry")
        read_only_fields = fields


class LeaveAreaRequest(StrictSerializer):
    day = DayField(help_text="From when on it holds: today or later")
    dry_run = serializers.BooleanField(default=False, help_text="To look at: nothing is kept")
