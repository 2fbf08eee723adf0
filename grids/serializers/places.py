import math
from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.models import Area
from edge.fields import LATITUDE, LONGITUDE, GeometryField
from edge.serializers import StrictModelSerializer, StrictSerializer, within
from grids.models import Assignment, Grid
from kernel.codes.law import GridType

BOX = 4
_EAST, _NORTH = "(7[3-9]|[89][0-9]|1[0-3][0-9])([.][0-9]{1,12})?", "[0-9]{1,2}([.][0-9]{1,12})?"
_BOX = {
    "type": "string",
    "pattern": f"^{_EAST},{_NORTH},{_EAST},{_NORTH}$",
    "example": "126.5,45.6,126.8,45.8",
}


@extend_schema_field(_BOX)
class BoxField(serializers.CharField):
    """`west,south,east,north` in degrees of WGS 84."""

    def to_internal_value(self, data: Any) -> dict[str, float]:  # type: ignore[override]  # because a box is no text
        try:
            west, south, east, north = (float(part) for part in super().to_internal_value(data).split(","))
        except ValueError as error:
            raise serializers.ValidationError("four numbers: west,south,east,north") from error
        ordered = LONGITUDE[0] <= west < east <= LONGITUDE[1] and LATITUDE[0] <= south < north <= LATITUDE[1]
        if not (math.isfinite(west + south + east + north) and ordered):
            raise serializers.ValidationError("west < east within 73-136, south < north within 3-54")
        return {"west": west, "south": south, "east": east, "north": north}


class AtQuery(StrictSerializer):
    at = serializers.DateField(required=False, help_text="Boundaries in force on that day (default: now)")


class AtOnly(serializers.Serializer[Any]):
    """The day out of a query that holds more."""

    at = serializers.DateField(required=False)


class GridQuery(AtQuery):
    """What a list of grids may be asked for."""

    community = serializers.UUIDField(required=False)
    street = serializers.UUIDField(required=False)
    code = serializers.RegexField(r"^[0-9]{14,15}$", required=False)
    kind = serializers.ChoiceField(choices=GridType.choices(), required=False)
    bbox = BoxField(required=False, max_length=100)
    limit = serializers.IntegerField(required=False, validators=within(1, "GRIDS_PAGE_MAX"))
    offset = serializers.IntegerField(required=False, default=0, validators=within(0, "PAGE_OFFSET_MAX"))


class PlaceSerializer(StrictModelSerializer):
    class Meta:
        model = Area
        fields = ("id", "code", "name")
        read_only_fields = fields


class AreaSerializer(StrictModelSerializer):
    class Meta:
        model = Area
        fields = ("id", "rev", "code", "name", "level", "parent", "valid_from", "valid_to")
        read_only_fields = fields

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """With the code and the name of the day that was asked for."""
        then = {name: getattr(instance, f"{name}_then", None) for name in ("code", "name")}
        return super().to_representation(instance) | {name: value for name, value in then.items() if value}


class AreaDetailSerializer(AreaSerializer):
    geometry = GeometryField(types=("MultiPolygon",), read_only=True, allow_null=True)

    class Meta:
        model = Area
        fields = (*AreaSerializer.Meta.fields, "geometry")
        read_only_fields = fields


class NeighbourSerializer(StrictSerializer):
    id = serializers.UUIDField()
    code = serializers.CharField()


class WorkerSerializer(StrictModelSerializer):
    """Who is in charge: what GR-8 publishes."""

    name = serializers.CharField(source="worker.name")

    class Meta:
        model = Assignment
        fields = ("id", "worker", "name", "kind", "phone", "valid_from", "valid_to")
        read_only_fields = fields


class GridDetailSerializer(StrictModelSerializer):
    """One grid with its shape, its workers and its neighbours."""

    community = PlaceSerializer()
    street = PlaceSerializer(source="community.parent")
    release = serializers.UUIDField(source="shape.release_id")
    valid_from = serializers.DateField(source="shape.valid_from")
    valid_to = serializers.DateField(source="shape.valid_to", allow_null=True)
    geometry = GeometryField(types=("MultiPolygon",), source="shape.geom")
    workers = WorkerSerializer(many=True)
    neighbours = NeighbourSerializer(many=True)

    class Meta:
        model = Grid
        fields = (
            "id", "rev", "code", "name", "kind", "households", "duties", "synthetic", "community", "street",
            "release", "valid_from", "valid_to", "geometry", "workers", "neighbours",
        )  # fmt: skip
        read_only_fields = fields


class GridFeatureSerializer(StrictSerializer):
    """A GeoJSON feature, for the OpenAPI document: the list itself is text from SQL."""

    type = serializers.CharField(help_text="Feature")
    id = serializers.UUIDField()
    geometry = serializers.DictField(help_text="MultiPolygon, WGS 84, seven decimals")
    properties = serializers.DictField()


@extend_schema_serializer(many=False)
class GridCollectionSerializer(StrictSerializer):
    type = serializers.CharField(help_text="FeatureCollection")
    count = serializers.IntegerField(help_text="How many match in all")
    next = serializers.URLField(allow_null=True)
    features = GridFeatureSerializer(many=True)
