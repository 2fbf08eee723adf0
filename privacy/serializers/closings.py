from typing import Any

from rest_framework import serializers

from edge.serializers import StrictModelSerializer, StrictSerializer, WordsField
from privacy.models import Closing, DestructionList, LawfulQuery

HALF_MAX = 120
SCOPE_MAX = 20


class ClosingSerializer(StrictModelSerializer):
    """A closed file by kind, number and days: neither whose it is nor its id."""

    class Meta:
        model = Closing
        fields = (
            "id", "subject_kind", "state", "to_be_sealed", "mark_basis", "ended_on", "restrict_on",
            "seal_due_at", "retention_until", "restricted_at", "sealed_at", "seal_number", "destroyed_at",
        )  # fmt: skip
        read_only_fields = fields


class HalvesSerializer(StrictSerializer):
    """Both halves, typed from paper by the two who hold them."""

    head_half = serializers.CharField(max_length=HALF_MAX)
    keeper_half = serializers.CharField(max_length=HALF_MAX)


class SealLiftSerializer(HalvesSerializer):
    reason = WordsField(max_length=400)
    document_no = serializers.CharField(max_length=80)


class SealSerializer(StrictSerializer):
    seal_number = serializers.CharField(max_length=40, required=False)


class DestructionListSerializer(StrictModelSerializer):
    count = serializers.IntegerField(read_only=True)

    class Meta:
        model = DestructionList
        fields = (
            "id", "subject_kind", "state", "count", "drafted_at", "first_id", "first_at", "second_id",
            "second_at", "document_no", "cancelled_because",
        )  # fmt: skip
        read_only_fields = fields


class DocumentSerializer(StrictSerializer):
    document_no = serializers.CharField(max_length=80)


class LawfulQuerySerializer(StrictModelSerializer):
    scope = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = LawfulQuery
        fields = (
            "id", "unit", "basis", "document_no", "scope", "seal_number", "state", "entered_by", "entered_at",
            "approved_by", "decided_at", "refused_because", "opened_at", "opened_until", "answered_at",
            "answer", "answer_document",
        )  # fmt: skip
        read_only_fields = fields


class LawfulQueryBodySerializer(StrictSerializer):
    unit = serializers.CharField(max_length=100)
    basis = serializers.CharField(max_length=20)
    document_no = serializers.CharField(max_length=80)
    scope = serializers.ListField(
        child=serializers.CharField(max_length=40), min_length=1, max_length=SCOPE_MAX
    )
    seal_number = serializers.CharField(max_length=40)


class SealedValuesSerializer(serializers.Serializer[Any]):
    """What the query's scope opens; `none_found` for a number that is none."""

    answer = serializers.ChoiceField(choices=["found", "none_found"])
    values = serializers.DictField(child=serializers.CharField(allow_null=True))
