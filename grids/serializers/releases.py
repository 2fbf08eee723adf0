import re
from typing import Any

from rest_framework import serializers

from edge.conf import setting
from edge.serializers import DayField, StrictModelSerializer, StrictSerializer, WordsField
from grids.comparing import ChangeKind
from grids.faults import FaultKind, Severity, words
from grids.importing.declared import declared
from grids.importing.reading import ENCODINGS
from grids.importing.rows import FIELDS
from grids.importing.snapping import MOST_METRES
from grids.models import BoundaryImport, BoundaryRelease, Finding
from grids.services.files import LEVELS

FILE_NAME = re.compile(r"^[^/\\\x00-\x1f:]{1,140}\.(gpkg|zip|geojson|json)$", re.IGNORECASE)
FIELD_NAME_MAX = 60


class ReleaseSerializer(StrictModelSerializer):
    """A boundary release 边界版本."""

    counts = serializers.SerializerMethodField(help_text="Findings of the last validation, by sort and kind")

    class Meta:
        model = BoundaryRelease
        fields = (
            "id", "title", "area", "source", "crs", "synthetic", "state", "counts", "undoes", "restores",
            "imported_by", "imported_at", "published_by", "published_at", "valid_from", "announced_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_counts(self, row: BoundaryRelease) -> dict[str, int]:
        return dict(row.findings.get("counts", {}))


class DayRequest(StrictSerializer):
    day = DayField(help_text="The first day on which it is in force: today or later")


class WithdrawRequest(StrictSerializer):
    reason = WordsField(max_length=400)


class RollBackRequest(DayRequest, WithdrawRequest):
    pass


class ChangeSerializer(StrictSerializer):
    """One change: codes before and after, square metres, households."""

    kind = serializers.ChoiceField(choices=ChangeKind.choices())
    before = serializers.ListField(child=serializers.CharField())
    after = serializers.ListField(child=serializers.CharField())
    area_before = serializers.FloatField()
    area_after = serializers.FloatField()
    households_before = serializers.IntegerField(allow_null=True)
    households_after = serializers.IntegerField(allow_null=True)


class FlowSerializer(StrictSerializer):
    """So many open records that would go from one grid to another ('' = no grid)."""

    kind = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()
    count = serializers.IntegerField()


class GridImpactSerializer(StrictSerializer):
    code = serializers.CharField()
    ends = serializers.BooleanField()
    after = serializers.ListField(child=serializers.CharField())
    carried_to = serializers.CharField(allow_null=True, help_text="The code that takes its workers over")
    workers = serializers.IntegerField()
    devices = serializers.IntegerField()
    open = serializers.DictField(child=serializers.IntegerField(), help_text="Open work you may know of")


class ReleaseImpactSerializer(StrictSerializer):
    """What publishing a draft today would change and move."""

    changes = ChangeSerializer(many=True)
    moves = FlowSerializer(many=True)
    grids = GridImpactSerializer(many=True)
    vacant = serializers.ListField(child=serializers.CharField(), help_text="Begin with nobody in charge")


class FindingQuery(StrictSerializer):
    severity = serializers.ChoiceField(choices=Severity.choices(), required=False)
    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in FaultKind], required=False)
    limit = serializers.CharField(required=False)
    offset = serializers.CharField(required=False)


class BoundaryFindingSerializer(StrictModelSerializer):
    """One line of a validation report. Row 0: no row, but a place."""

    text = serializers.SerializerMethodField()
    text_en = serializers.SerializerMethodField()
    geometry = serializers.SerializerMethodField(help_text="GeoJSON, where to look; null: nowhere")

    class Meta:
        model = Finding
        fields = ("row", "code", "kind", "severity", "text", "text_en", "facts", "geometry")
        read_only_fields = fields

    def get_text(self, row: Finding) -> str:
        return words(row.kind, row.facts)[0]

    def get_text_en(self, row: Finding) -> str:
        return words(row.kind, row.facts)[1]

    def get_geometry(self, row: Finding) -> dict[str, Any] | None:
        return row.geom and {"type": row.geom.geom_type, "coordinates": row.geom.coords}


class FindingFeatureSerializer(StrictSerializer):
    type = serializers.CharField(help_text="Feature")
    geometry = serializers.DictField(allow_null=True)
    properties = serializers.DictField()


class FindingCollectionSerializer(StrictSerializer):
    type = serializers.CharField(help_text="FeatureCollection")
    features = FindingFeatureSerializer(many=True)


class ImportRequest(StrictSerializer):
    """What the file is: nothing of it is guessed."""

    id = serializers.UUIDField(help_text="Made by the caller: the same again answers the same")
    level = serializers.ChoiceField(choices=LEVELS)
    crs = serializers.CharField(
        max_length=12, help_text="EPSG:4326, EPSG:4490, EPSG:4534 to EPSG:4554, GCJ-02 or BD-09"
    )
    file_name = serializers.RegexField(FILE_NAME, help_text="….gpkg, ….zip (Shapefile) or ….geojson")
    size = serializers.IntegerField(min_value=1)
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$")
    title = WordsField(max_length=150, required=False)
    layer = serializers.CharField(max_length=100, required=False)
    encoding = serializers.ChoiceField(choices=sorted(ENCODINGS), required=False)
    snap = serializers.FloatField(
        required=False, min_value=0.001, max_value=MOST_METRES, help_text="Close slivers up to so many metres"
    )
    fields_ = serializers.DictField(child=serializers.CharField(max_length=FIELD_NAME_MAX), required=False)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields["fields"] = fields.pop("fields_")
        return fields

    def validate_crs(self, value: str) -> str:
        try:
            return declared(value).name
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error

    def validate_size(self, value: int) -> int:
        if value > setting("BOUNDARY_FILE_BYTES_MAX"):
            raise serializers.ValidationError(f"at most {setting('BOUNDARY_FILE_BYTES_MAX')} bytes")
        return value

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if unknown := sorted(set(data.get("fields", {})) - set(FIELDS)):
            raise serializers.ValidationError(
                {"fields": [f"{', '.join(unknown)}: one of {', '.join(FIELDS)}"]}
            )
        return data


class ImportSerializer(StrictModelSerializer):
    """An import: how far it is, what came of it. `refused` says why a file as a whole was not taken."""

    class Meta:
        model = BoundaryImport
        fields = (
            "id", "area", "title", "file_name", "size", "sha256", "declared", "state", "step", "done",
            "total", "counts", "refused", "release", "created_by", "created_at", "started_at", "ended_at",
        )  # fmt: skip
        read_only_fields = fields


class TemplateQuery(StrictSerializer):
    level = serializers.ChoiceField(choices=LEVELS, default="grid")
