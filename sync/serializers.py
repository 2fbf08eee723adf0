"""The shapes of the protocol for the OpenAPI document; the engine itself reads them by msgspec."""

from rest_framework import serializers

from edge.serializers import StrictSerializer, within
from sync import manifest
from sync.files.declared import TYPES
from sync.items import State

LARGEST = 2**53 - 1
KIND = "^[a-z_]{1,40}$"


class PullUnsent(StrictSerializer):
    count = serializers.IntegerField(
        min_value=0, max_value=2**31, help_text="Items that the phone has not sent yet"
    )
    oldest_at = serializers.DateTimeField(required=False, allow_null=True)


class PullRequest(StrictSerializer):
    cursor = serializers.IntegerField(
        allow_null=True, min_value=1, max_value=LARGEST, help_text="null: from the beginning"
    )
    limit = serializers.IntegerField(required=False, validators=within(1, "SYNC_PULL_ROWS_MAX"))
    schema = serializers.IntegerField(min_value=manifest.SCHEMA, max_value=manifest.SCHEMA)
    kinds = serializers.ListField(child=serializers.RegexField(KIND), required=False)
    unsent = PullUnsent(required=False, allow_null=True)


class ItemResult(serializers.Serializer):
    id = serializers.CharField(allow_null=True)
    state = serializers.ChoiceField([state.value for state in State])
    first = serializers.CharField(required=False, help_text="Of a duplicate: the state of its first arrival")
    code = serializers.CharField(required=False)
    detail = serializers.CharField(required=False)
    field_errors = serializers.DictField(child=serializers.CharField(), required=False)
    rev = serializers.IntegerField(required=False)
    current = serializers.DictField(
        required=False, help_text="Of a command that does not fit: the state of its record now"
    )
    clash = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Of a conflict: what somebody else changed"
    )
    files_waiting = serializers.IntegerField(
        required=False, help_text="Of its files, those that are not verified yet"
    )


class PullAnswer(serializers.Serializer):
    cursor = serializers.IntegerField()
    has_more = serializers.BooleanField()
    epoch = serializers.IntegerField()
    server_time = serializers.DateTimeField()
    time_token = serializers.CharField(allow_null=True, help_text="Put into items made from now on")
    poll_after_s = serializers.IntegerField()
    put = serializers.DictField(child=serializers.ListField(child=serializers.DictField()))
    remove = serializers.DictField(child=serializers.ListField(child=serializers.UUIDField()))
    purged_scopes = serializers.ListField(child=serializers.CharField())
    receipts = ItemResult(many=True, help_text="Items of this device whose outcome was changed")


class FileShape(StrictSerializer):
    id = serializers.UUIDField()
    sha256 = serializers.RegexField("^[0-9a-f]{64}$")
    size = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="Bytes")
    type = serializers.ChoiceField(sorted(TYPES))
    name = serializers.CharField(required=False, max_length=1000, allow_blank=True)
    replaces = serializers.UUIDField(required=False, allow_null=True, help_text="The earlier version")


class PushItemShape(StrictSerializer):
    id = serializers.UUIDField()
    kind = serializers.CharField(max_length=40)
    op = serializers.ChoiceField(["create", "amend", "command"])
    target = serializers.UUIDField(required=False, allow_null=True)
    base_rev = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=LARGEST)
    device_at = serializers.DateTimeField()
    seq = serializers.IntegerField(min_value=0, max_value=LARGEST)
    data = serializers.DictField()
    time_token = serializers.CharField(
        required=False, max_length=64, help_text="The newest that a pull or push gave"
    )
    sig = serializers.CharField(
        required=False, max_length=200, help_text="The device key's signature of this item"
    )
    files = FileShape(many=True, required=False)


class PushRequest(StrictSerializer):
    batch_id = serializers.UUIDField()
    schema = serializers.IntegerField(min_value=manifest.SCHEMA, max_value=manifest.SCHEMA)
    sent_at = serializers.DateTimeField(required=False, help_text="The device's clock when it sends")
    items = PushItemShape(many=True)
    manifest_sig = serializers.CharField(
        required=False, max_length=200, help_text="The device key's signature over the hashes of the items"
    )


class PushAnswer(serializers.Serializer):
    results = ItemResult(many=True)
    server_time = serializers.DateTimeField()
    time_token = serializers.CharField(allow_null=True)


class ReceiptsRequest(StrictSerializer):
    ids = serializers.ListField(child=serializers.UUIDField(), max_length=1000)


class ReceiptsAnswer(serializers.Serializer):
    receipts = ItemResult(many=True)
    unknown = serializers.ListField(child=serializers.UUIDField())
    server_time = serializers.DateTimeField()


class ManifestLimits(serializers.Serializer):
    pull_rows = serializers.IntegerField()
    pull_bytes = serializers.IntegerField()
    push_items = serializers.IntegerField()
    push_bytes = serializers.IntegerField()
    intake_bytes_a_day = serializers.IntegerField()
    text_code_points = serializers.IntegerField()
    file_bytes = serializers.IntegerField()
    record_files_bytes = serializers.IntegerField()
    file_bytes_a_day = serializers.IntegerField()


class ManifestKind(serializers.Serializer):
    name = serializers.CharField()
    version = serializers.IntegerField()
    push = serializers.BooleanField()
    files = serializers.IntegerField(help_text="Most files of one record; 0: takes none")


class Manifest(serializers.Serializer):
    schema = serializers.IntegerField()
    app_minimum = serializers.CharField()
    epoch = serializers.IntegerField()
    server_time = serializers.DateTimeField()
    poll_after_s = serializers.IntegerField()
    limits = ManifestLimits()
    kinds = ManifestKind(many=True)


class SyncTotals(serializers.Serializer):
    epoch = serializers.IntegerField()
    restoring = serializers.BooleanField(help_text="The database was restored: run sync_rotate_epoch")
    devices = serializers.IntegerField(help_text="Active ones")
    quiet = serializers.IntegerField(help_text="Active ones not seen for some days")
    cursors = serializers.IntegerField()
    oldest_cursor_days = serializers.IntegerField(allow_null=True)
    tombstones = serializers.IntegerField()
    open_items = serializers.DictField(child=serializers.IntegerField(), help_text="By state")
    unsent = serializers.IntegerField(help_text="Items that phones said they had not sent")
    oldest_unsent_on = serializers.DateField(allow_null=True)


class SyncDevice(serializers.Serializer):
    device = serializers.UUIDField()
    user = serializers.UUIDField()
    state = serializers.CharField()
    seen_on = serializers.DateField(allow_null=True)
    cursor_age_days = serializers.IntegerField(allow_null=True)
    lag = serializers.IntegerField(allow_null=True, help_text="Rows that wait for it, counted up to 1,000")
    held = serializers.IntegerField()
    rejected = serializers.IntegerField()
    quarantined = serializers.IntegerField()
    conflict = serializers.IntegerField()
    unsent = serializers.IntegerField(allow_null=True, help_text="What it said itself")
    oldest_unsent_on = serializers.DateField(allow_null=True)
    told_on = serializers.DateField(allow_null=True)
    gaps = serializers.IntegerField(help_text="Breaks in its counter of the last 30 days, a day old or older")
    twice = serializers.IntegerField(
        help_text="Counters of the last 30 days that several items carry: a cloned or restored phone"
    )
