from typing import Any

from rest_framework import serializers

from edge.serializers import StrictModelSerializer
from privacy.models import ReadLog


class ReadSerializer(StrictModelSerializer):
    """查阅记录: what was opened, by whom and why; never what stood there."""

    class Meta:
        model = ReadLog
        fields = (
            "id", "read_at", "reader_id", "role", "organisation_id", "device_id", "subject_kind",
            "subject_id", "fields", "purpose", "reason", "request_id",
        )  # fmt: skip
        read_only_fields = fields


class BulkReadSerializer(serializers.Serializer[Any]):
    """One reader on one local day."""

    day = serializers.DateField()
    reader_id = serializers.UUIDField()
    role = serializers.CharField()
    organisation_id = serializers.UUIDField(allow_null=True)
    readings = serializers.IntegerField()
    records = serializers.IntegerField(help_text="Different records that were opened")


class BulkReadsSerializer(serializers.Serializer[Any]):
    month = serializers.CharField()
    more_than = serializers.IntegerField(help_text="From how many records on a day a reader stands here")
    rows = BulkReadSerializer(many=True)
