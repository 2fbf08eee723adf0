from typing import Any

from rest_framework import serializers

from edge.serializers import StrictModelSerializer, StrictSerializer
from kernel.codes.purposes import Purpose
from sync.files.contents import name_of
from sync.files.models import File


class CountsSerializer(serializers.Serializer[Any]):
    """Of the current versions of a record's files. Complete: all of them are verified."""

    verified = serializers.IntegerField()
    waiting = serializers.IntegerField()
    refused = serializers.IntegerField()
    complete = serializers.BooleanField()


class FileSerializer(StrictModelSerializer):
    name = serializers.SerializerMethodField()
    sha256 = serializers.SerializerMethodField()

    class Meta:
        model = File
        fields = (
            "id", "kind", "record", "author", "name", "type", "size", "sha256", "state", "code", "offset",
            "replaces", "superseded", "declared_at", "verified_at", "reviewed_at", "reviewed_by",
        )  # fmt: skip
        read_only_fields = fields

    def get_name(self, row: File) -> str:
        return name_of(row)

    def get_sha256(self, row: File) -> str:
        return bytes(row.sha256).hex()


class FileListSerializer(serializers.Serializer[Any]):
    counts = CountsSerializer(allow_null=True)
    files = FileSerializer(many=True)


class LinkRequest(StrictSerializer):
    original = serializers.BooleanField(default=False)
    purpose = serializers.ChoiceField(Purpose.choices(), required=False, default="")
    reason = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class LinkSerializer(serializers.Serializer[Any]):
    href = serializers.CharField()
    expires_at = serializers.DateTimeField()
