"""The shapes of the adapters for the OpenAPI document."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from edge.serializers import StrictSerializer, within
from sync.serializers import LARGEST, ItemResult

_DOCUMENT = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string", "format": "uuid"}},
    "additionalProperties": True,
}


@extend_schema_field(_DOCUMENT)
class DocumentField(serializers.DictField):
    """A row of a client's table: its id, and what its kind holds."""


class WatermelonTable(serializers.Serializer):
    created = serializers.ListField(child=DocumentField(), help_text="Always empty in answers")
    updated = serializers.ListField(child=DocumentField())
    deleted = serializers.ListField(child=serializers.UUIDField())


class WatermelonPull(serializers.Serializer):
    changes = serializers.DictField(child=WatermelonTable())
    timestamp = serializers.IntegerField(help_text="The cursor")
    has_more = serializers.BooleanField(help_text="Ask again at once with this timestamp")
    epoch = serializers.IntegerField()
    server_time = serializers.DateTimeField()
    time_token = serializers.CharField(allow_null=True)
    poll_after_s = serializers.IntegerField()


class Said(StrictSerializer):
    sent_at = serializers.DateTimeField(required=False, help_text="The device's clock when it sends")
    batch_id = serializers.UUIDField(required=False, help_text="Needed with `manifest_sig`")
    manifest_sig = serializers.CharField(
        required=False,
        max_length=200,
        help_text="The device's signature over the hashes of what the rows say, in their order",
    )


class WatermelonPush(Said):
    changes = serializers.DictField(child=WatermelonTable())
    last_pulled_at = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=LARGEST)


class WatermelonResult(ItemResult):
    table = serializers.CharField()


class WatermelonPushed(serializers.Serializer):
    results = WatermelonResult(many=True)
    server_time = serializers.DateTimeField()
    time_token = serializers.CharField(allow_null=True)


class RxdbCheckpoint(StrictSerializer):
    c = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="The cursor")


class RxdbDocument(serializers.Serializer):
    id = serializers.UUIDField()
    sync_state = serializers.CharField(required=False)
    reject_code = serializers.CharField(required=False, allow_null=True)
    reject_detail = serializers.CharField(required=False, allow_null=True)
    _deleted = serializers.BooleanField()


class RxdbPull(StrictSerializer):
    checkpoint = RxdbCheckpoint(allow_null=True, required=False)
    limit = serializers.IntegerField(validators=within(1, "SYNC_PULL_ROWS_MAX"))


class RxdbPulled(serializers.Serializer):
    documents = RxdbDocument(many=True)
    checkpoint = RxdbCheckpoint(allow_null=True)
    poll_after_s = serializers.IntegerField()
    server_time = serializers.DateTimeField()
    time_token = serializers.CharField(allow_null=True)


class RxdbRow(serializers.Serializer):
    newDocumentState = DocumentField()
    assumedMasterState = DocumentField(required=False, allow_null=True)


class RxdbPush(Said):
    rows = RxdbRow(many=True)
