"""Questions and answers of maps, for the views and for the OpenAPI document."""

from collections.abc import Callable
from typing import Any

from rest_framework import serializers

from edge.serializers import StrictModelSerializer, StrictSerializer, within
from grids.models import MapKey
from grids.serving.ogc import asked

LONGEST = 120
"""Characters of a parameter that are read; nothing that means something is longer."""


class TileQuery(StrictSerializer):
    at = serializers.DateField(required=False, help_text="Boundaries in force on that day (default: now)")


class StyleQuery(StrictSerializer):
    labels = serializers.BooleanField(
        required=False, default=True, help_text="false: without names, for renderers that need glyph files"
    )


class TileJSONSerializer(StrictSerializer):
    """TileJSON 3.0."""

    tilejson = serializers.CharField()
    tiles = serializers.ListField(child=serializers.CharField())
    vector_layers = serializers.ListField(child=serializers.DictField())
    minzoom = serializers.IntegerField()
    maxzoom = serializers.IntegerField()
    bounds = serializers.ListField(child=serializers.FloatField(), required=False)
    features_max = serializers.IntegerField(help_text="Most shapes of a level in one tile")


class StyleSerializer(StrictSerializer):
    """A MapLibre style, version 8, without glyphs and sprites."""

    version = serializers.IntegerField()
    sources = serializers.DictField()
    layers = serializers.ListField(child=serializers.DictField())


class MapKeySerializer(StrictModelSerializer):
    class Meta:
        model = MapKey
        fields = (
            "id", "user", "membership", "program", "created_at", "expires_at", "revoked_at", "last_used_on",
        )  # fmt: skip
        read_only_fields = fields


class MapKeyMadeSerializer(MapKeySerializer):
    key = serializers.CharField(help_text="Send it as `Authorization: Bearer …`; it is said this once")

    class Meta(MapKeySerializer.Meta):
        fields = (*MapKeySerializer.Meta.fields, "key")  # type: ignore[assignment]  # because it adds one
        read_only_fields = fields


class MapKeyRequest(StrictSerializer):
    program = serializers.CharField(
        max_length=80, help_text="Where it is used, e.g. QGIS on the office computer"
    )
    days = serializers.IntegerField(validators=within(1, "MAP_KEY_DAYS_MAX"))


class AskedField(serializers.CharField):
    """A parameter with a grammar of its own."""

    def __init__(self, read: Callable[[str], Any], **options: Any) -> None:
        super().__init__(required=False, **options)
        self.read = read

    def to_internal_value(self, data: Any) -> Any:
        try:
            return self.read(super().to_internal_value(data)[:LONGEST])
        except asked.AskedWronglyError as error:
            raise serializers.ValidationError(str(error)) from error


class ItemsQuery(StrictSerializer):
    limit = serializers.IntegerField(required=False, min_value=1, max_value=1_000_000_000)
    bbox = AskedField(asked.box, help_text="west,south,east,north in degrees of CRS84")
    datetime = AskedField(asked.period, help_text="RFC 3339 instant or interval; not for counts")
    after = AskedField(asked.after, help_text="From the link `next` only")


class OGCDocument(StrictSerializer):
    """As OGC 17-069r4 says; `links` is in each but the declaration of conformance."""

    links = serializers.ListField(child=serializers.DictField(), required=False)


class ItemSerializer(StrictSerializer):
    type = serializers.CharField(help_text="Feature")
    id = serializers.UUIDField()
    geometry = serializers.DictField()
    properties = serializers.DictField()
    links = serializers.ListField(child=serializers.DictField(), required=False)


class ItemsSerializer(StrictSerializer):
    type = serializers.CharField(help_text="FeatureCollection")
    numberMatched = serializers.IntegerField()
    numberReturned = serializers.IntegerField()
    links = serializers.ListField(child=serializers.DictField())
    features = ItemSerializer(many=True)


class PackQuery(StrictSerializer):
    """What the phone has already."""

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields["from"] = serializers.RegexField(
            "^[0-9a-f]{64}$", required=False, help_text="`sha256` of the pack that the phone has"
        )
        return fields


class PackPartSerializer(StrictSerializer):
    name = serializers.CharField()
    media_type = serializers.CharField()
    sha256 = serializers.CharField()
    bytes = serializers.IntegerField()


class PackSerializer(StrictSerializer):
    """The manifest of an offline pack."""

    form = serializers.IntegerField(help_text="Version of the pack's form")
    own = serializers.ListField(child=serializers.UUIDField())
    grids = serializers.ListField(child=serializers.UUIDField(), help_text="The own and their neighbours")
    releases = serializers.ListField(child=serializers.UUIDField())
    zooms = serializers.ListField(child=serializers.IntegerField())
    parts = PackPartSerializer(many=True)
    bytes = serializers.IntegerField(help_text="Of all parts together")
    sha256 = serializers.CharField()
    made_at = serializers.DateTimeField()
    delta = serializers.DictField(
        allow_null=True, help_text="from, parts, bytes, removed_grids, removed_tiles [z, x, y]"
    )


class ExportRequest(StrictSerializer):
    layer = serializers.ChoiceField(choices=["districts", "streets", "communities", "grids"])
    format = serializers.ChoiceField(choices=["gpkg", "geojson", "fgb", "csv"])
    at = serializers.DateField(required=False, help_text="Boundaries in force on that day (default: today)")
