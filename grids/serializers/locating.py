from typing import Annotated, Any

import msgspec
from drf_spectacular.utils import extend_schema_field
from msgspec import Meta
from rest_framework import serializers

from edge.conf import setting
from edge.serializers import StrictSerializer, within
from grids.locating import LocateVerdict
from kernel.codes.law import CoordinateSystem
from kernel.geofence import Circle


class PointAsked(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One position: degrees in the declared system; accuracy in metres, as the phone told it."""

    lon: Annotated[float, Meta(ge=-180, le=180)]
    lat: Annotated[float, Meta(ge=-90, le=90)]
    crs: CoordinateSystem
    accuracy_m: Annotated[float, Meta(ge=-1e9, le=1e9)] | None = None


class PointAskedSerializer(StrictSerializer):
    """The same, for the OpenAPI document."""

    lon = serializers.FloatField(min_value=-180, max_value=180)
    lat = serializers.FloatField(min_value=-90, max_value=90)
    crs = serializers.ChoiceField(choices=CoordinateSystem.choices(), help_text="Never guessed")
    accuracy_m = serializers.FloatField(required=False, allow_null=True, min_value=-1e9, max_value=1e9)


@extend_schema_field(PointAskedSerializer(many=True))
class PointsField(serializers.Field[list[PointAsked], Any, Any, Any]):
    """Positions, read all at once: a serializer for each takes longer than finding their grids."""

    def to_internal_value(self, data: Any) -> list[PointAsked]:
        most = setting("LOCATE_POINTS_MAX")
        if not isinstance(data, list) or not 1 <= len(data) <= most:
            raise serializers.ValidationError(f"a list of 1 to {most} points")
        try:
            return msgspec.convert(data, list[PointAsked])
        except msgspec.ValidationError as error:
            raise serializers.ValidationError(str(error)) from error


class LocateRequest(StrictSerializer):
    points = PointsField()
    tolerance_m = serializers.FloatField(
        required=False,
        validators=within(0, "LOCATE_TOLERANCE_MAX_M"),
        help_text="How far off a grid may lie to be suggested",
    )


class NearSerializer(StrictSerializer):
    grid = serializers.UUIDField()
    code = serializers.CharField()
    distance_m = serializers.FloatField(help_text="To the grid's border, positive inside")


class LocatedSerializer(StrictSerializer):
    """The answer for one point, for the OpenAPI document."""

    lon = serializers.FloatField(help_text="WGS 84, seven decimals: what was looked up")
    lat = serializers.FloatField()
    verdict = serializers.ChoiceField(choices=LocateVerdict.choices())
    reason = serializers.ChoiceField(choices=[(one.value, one.value) for one in Circle])
    grid = serializers.UUIDField(allow_null=True, help_text="On a shared edge the lowest code")
    code = serializers.CharField(allow_null=True)
    release = serializers.UUIDField(allow_null=True)
    candidates = NearSerializer(many=True, help_text="What the circle touches, deepest inside first")
    suggestion = NearSerializer(allow_null=True, help_text="Nearest grid within the tolerance; no answer")


class LocateAnswer(StrictSerializer):
    at = serializers.DateField()
    results = LocatedSerializer(many=True, help_text="In the order of the points")
