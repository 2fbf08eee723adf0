"""Screenings: what staff enter, lists and details, and the sensitive particulars that are read with a
purpose."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from disputes.access import wrote
from disputes.codes import NoLocation, Outcome, PartyRole
from disputes.models import Screening
from disputes.serializers.masking import MaskingSerializer
from edge.serializers import NameField, StrictModelSerializer, StrictSerializer
from kernel.actor import Actor
from kernel.codes.law import CoordinateSystem, DangerSignCode, DisputeCategory, DisputeScale, DisputeSource
from sync.files.api.serializers import CountsSerializer
from sync.files.selectors import Counts
from sync.models import Inbox


class ScreeningPointSerializer(StrictSerializer):
    lon_e7 = serializers.IntegerField(min_value=730_000_000, max_value=1_360_000_000)
    lat_e7 = serializers.IntegerField(min_value=30_000_000, max_value=540_000_000)
    crs = serializers.ChoiceField(CoordinateSystem.choices())
    accuracy_cm = serializers.IntegerField(
        min_value=0, max_value=100_000_000, required=False, allow_null=True
    )
    fix_at = serializers.DateTimeField(required=False, allow_null=True)
    provider = serializers.CharField(max_length=20, required=False, allow_null=True)


class ScreeningPartySerializer(StrictSerializer):
    role = serializers.ChoiceField(PartyRole.choices())
    name = NameField(max_length=100, required=False, allow_null=True)
    described = serializers.CharField(max_length=100, required=False, allow_null=True)
    phone = serializers.CharField(max_length=32, required=False, allow_null=True)
    id_number = serializers.CharField(max_length=24, required=False, allow_null=True)
    hearsay = serializers.BooleanField(required=False)
    minor = serializers.BooleanField(required=False)
    birth_band = serializers.RegexField(r"^(19|20)\d{2}-(19|20)\d{2}$", required=False, allow_null=True)


class ScreeningSignSerializer(StrictSerializer):
    code = serializers.ChoiceField(DangerSignCode.choices())
    what = serializers.CharField(max_length=200)
    by_whom = serializers.CharField(max_length=100, required=False, allow_null=True)
    when = serializers.DateTimeField(required=False, allow_null=True)
    is_act = serializers.BooleanField(required=False, allow_null=True)


class ScreeningDangerSerializer(StrictSerializer):
    called = serializers.ChoiceField(["110", "119", "120"], required=False, allow_null=True)
    called_at = serializers.DateTimeField(required=False, allow_null=True)


class ScreeningSettledSerializer(StrictSerializer):
    terms = serializers.CharField(max_length=1000)
    by_whom = serializers.CharField(max_length=200)


class ScreeningCreateSerializer(StrictSerializer):
    """`id`: a UUIDv7 made by the caller, so that a repeated request stores one record."""

    id = serializers.UUIDField()
    category = serializers.ChoiceField(DisputeCategory.choices())
    brief = serializers.CharField(max_length=4000)
    occurred_at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(Outcome.choices())
    source = serializers.ChoiceField(DisputeSource.choices(), required=False)
    scale = serializers.ChoiceField(DisputeScale.choices(), required=False)
    point = ScreeningPointSerializer(required=False, allow_null=True)
    no_location_reason = serializers.ChoiceField(NoLocation.choices(), required=False, allow_null=True)
    address = serializers.CharField(max_length=200, required=False, allow_null=True)
    parties = serializers.ListField(child=ScreeningPartySerializer(), max_length=20, required=False)
    signs = serializers.ListField(child=ScreeningSignSerializer(), max_length=9, required=False)
    danger_now = ScreeningDangerSerializer(required=False, allow_null=True)
    protected = serializers.BooleanField(required=False)
    done = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    watch_until = serializers.DateField(required=False, allow_null=True)
    community_ids = serializers.ListField(child=serializers.UUIDField(), max_length=8, required=False)
    wants_mediation = serializers.BooleanField(required=False)
    supersedes = serializers.UUIDField(required=False, allow_null=True)
    round_id = serializers.UUIDField(required=False, allow_null=True)
    settled = ScreeningSettledSerializer(required=False, allow_null=True)


class ScreeningSerializer(MaskingSerializer):
    """A screening in lists and details. Names, numbers, address and words of signs are not here:
    `particulars`."""

    whereabouts = {
        "grid": None, "longitude": None, "latitude": None, "brief": "", "done": "", "community": None,
    }  # fmt: skip
    longitude = serializers.SerializerMethodField()
    latitude = serializers.SerializerMethodField()
    dispute = serializers.UUIDField(source="dispute_id_", read_only=True, allow_null=True)
    signs = serializers.ListField(child=serializers.CharField(), read_only=True, source="sign_codes")
    files = serializers.SerializerMethodField()
    masked = serializers.ListField(child=serializers.CharField(), read_only=True, required=False, default=[])

    class Meta:
        model = Screening
        fields = (
            "id", "rev", "author", "author_role", "grid", "release", "community", "street", "category",
            "source", "scale", "brief", "brief_masked", "done", "occurred_at", "longitude", "latitude",
            "crs", "accuracy_cm", "no_location", "outcome", "watch_until", "wants_mediation", "danger_now",
            "called", "called_at", "urgency", "danger_opened_at", "restricted", "protected",
            "protect_reasons", "level", "level_reasons", "colour", "colour_signs", "signs", "party_roles",
            "dispute", "supersedes", "version_of", "latest", "device_at", "received_at", "files", "masked",
        )  # fmt: skip
        read_only_fields = fields

    def own(self, row: Any, actor: Actor) -> bool:
        return wrote(actor, row)

    def is_protected(self, row: Any) -> bool:
        return bool(row.protected or row.dispute_protected)

    def mediators_of(self, row: Any) -> Any:
        return row.dispute_mediators

    @extend_schema_field(CountsSerializer(allow_null=True))
    def get_files(self, row: Screening) -> dict[str, Any] | None:
        """How many of its files are here, and for how many the server waits. None: it has none."""
        states: list[str] = getattr(row, "file_states", [])
        return CountsSerializer(Counts.of(states)).data if states else None

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_longitude(self, row: Screening) -> float | None:
        return round(row.point.x, 7) if row.point else None

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_latitude(self, row: Screening) -> float | None:
        return round(row.point.y, 7) if row.point else None


class ReadPersonSerializer(serializers.Serializer[Any]):
    role = serializers.CharField()
    described = serializers.CharField()
    hearsay = serializers.BooleanField()
    minor = serializers.BooleanField()
    birth_band = serializers.CharField()
    name = serializers.CharField(allow_null=True)
    phone = serializers.CharField(allow_null=True)
    id_number = serializers.CharField(allow_null=True)


class ReadSignSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    what = serializers.CharField(allow_null=True)
    by_whom = serializers.CharField(allow_null=True)
    when = serializers.DateTimeField(allow_null=True)
    ask_act = serializers.BooleanField()


class ParticularsSerializer(serializers.Serializer[Any]):
    """The sensitive part of a screening, shown after its read-log row was written."""

    address = serializers.CharField(allow_null=True)
    brief = serializers.CharField(allow_null=True)
    parties = ReadPersonSerializer(many=True)
    signs = ReadSignSerializer(many=True)
    masked = serializers.ListField(child=serializers.CharField())


class RefusedSerializer(StrictModelSerializer):
    """A record that was not taken: no content, only who, when and why."""

    class Meta:
        model = Inbox
        fields = ("id", "author", "device_at", "received_at", "state", "code", "detail", "field_errors")
        read_only_fields = fields
