from typing import Any

from rest_framework import serializers

from edge.serializers import StrictModelSerializer, StrictSerializer, WordsField
from kernel.codes.roles import Role
from tasks.codes import HandingReason
from tasks.models import HandOver, HandOverLine


class HandOverLineSerializer(StrictModelSerializer):
    class Meta:
        model = HandOverLine
        fields = ("source", "subject_kind", "subject_id", "title", "words", "given_at")
        read_only_fields = fields


class HandOverSerializer(StrictModelSerializer):
    """The list, print-ready: one line an item."""

    lines = HandOverLineSerializer(many=True, read_only=True)

    class Meta:
        model = HandOver
        fields = (
            "id", "organisation", "role", "person", "to_person", "reason", "note", "written_by",
            "written_at", "taken_by", "taken_at", "lines",
        )  # fmt: skip
        read_only_fields = fields


class LineWordsSerializer(StrictSerializer):
    subject_id = serializers.UUIDField()
    words = WordsField(max_length=200)


class HandOverRequest(StrictSerializer):
    """`lines`: what is to be said of an item; every open item is on the list in any case."""

    reason = serializers.ChoiceField(
        [choice for choice in HandingReason.choices() if choice[0] != HandingReason.ABSENT]
    )
    to_person_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    note = WordsField(max_length=2000, default="", allow_blank=True)
    lines = LineWordsSerializer(many=True, max_length=500, default=list)


class AbsentRequest(StrictSerializer):
    """For a head: of whom, in which role, and who signs for it."""

    person_id = serializers.UUIDField()
    role = serializers.ChoiceField(Role.choices())
    to_person_id = serializers.UUIDField()
    note = WordsField(max_length=2000)


class OwnedItemSerializer(serializers.Serializer[Any]):
    source = serializers.CharField()
    subject_kind = serializers.CharField()
    subject_id = serializers.UUIDField()
    title = serializers.CharField()
    title_en = serializers.CharField()
