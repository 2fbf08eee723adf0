"""The shapes of the adapters for the OpenAPI document."""

from rest_framework import serializers

from sync.serializers import ItemResult


class WatermelonTable(serializers.Serializer):
    created = serializers.ListField(child=serializers.DictField(), help_text="Always empty in answers")
    updated = serializers.ListField(child=serializers.DictField())
    deleted = serializers.ListField(child=serializers.UUIDField())


class WatermelonPull(serializers.Serializer):
    changes = serializers.DictField(child=WatermelonTable())
    timestamp = serializers.IntegerField(help_text="The cursor")
    has_more = serializers.BooleanField(help_text="Ask again at once with this timestamp")
    epoch = serializers.IntegerField()
    server_time = serializers.DateTimeField()
    time_token = serializers.CharField(allow_null=True)
    poll_after_s = serializers.IntegerField()


class Said(serializers.Serializer):
    sent_at = serializers.DateTimeField(required=False, help_text="The device's clock when it sends")
    batch_id = serializers.UUIDField(required=False, help_text="Needed with `manifest_sig`")
    manifest_sig = serializers.CharField(
        required=False,
        help_text="The device's signature over the hashes of what the rows say, in their order",
    )


class WatermelonPush(Said):
    changes = serializers.DictField(child=WatermelonTable())
    last_pulled_at = serializers.IntegerField(required=False, allow_null=True)


class WatermelonResult(ItemResult):
    table = serializers.CharField()


class WatermelonPushed(serializers.Serializer):
    results = WatermelonResult(many=True)
    server_time = serializers.DateTimeField()
    time_token = serializers.CharField(allow_null=True)


class RxdbCheckpoint(serializers.Serializer):
    c = serializers.IntegerField(help_text="The cursor")


class RxdbDocument(serializers.Serializer):
    id = serializers.UUIDField()
    sync_state = serializers.CharField(required=False)
    reject_code = serializers.CharField(required=False, allow_null=True)
    reject_detail = serializers.CharField(required=False, allow_null=True)
    _deleted = serializers.BooleanField()


class RxdbPull(serializers.Serializer):
    checkpoint = RxdbCheckpoint(allow_null=True, required=False)
    limit = serializers.IntegerField(min_value=1)


class RxdbPulled(serializers.Serializer):
    documents = RxdbDocument(many=True)
    checkpoint = RxdbCheckpoint(allow_null=True)
    poll_after_s = serializers.IntegerField()
    server_time = serializers.DateTimeField()
    time_token = serializers.CharField(allow_null=True)


class RxdbRow(serializers.Serializer):
    newDocumentState = serializers.DictField()
    assumedMasterState = serializers.DictField(required=False, allow_null=True)


class RxdbPush(Said):
    rows = RxdbRow(many=True)
