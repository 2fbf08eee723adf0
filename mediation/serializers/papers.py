"""Bodies of papers: forms, numbers for days without power, copies of a file."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from edge.documents.answers import FORMATS
from edge.documents.faces import FormatQuery
from edge.serializers import (
    NameField,
    OwnIdSerializer,
    StrictModelSerializer,
    StrictSerializer,
    WordsField,
    within,
)
from kernel.codes.purposes import Purpose
from mediation.models import DossierCopy, NumberBlock
from mediation.services.blocks import open_numbers
from mediation.visibility import CopyKind


class BlankQuery(FormatQuery):
    """`block`: the reserved numbers that the blanks carry, one copy for each that is open."""

    block = serializers.UUIDField(required=False, allow_null=True, default=None)


class PaperBodySerializer(StrictSerializer):
    format = serializers.ChoiceField(choices=FORMATS, required=False, default="pdf")
    purpose = serializers.ChoiceField(Purpose.choices())
    reason = WordsField(max_length=200)


class DossierBodySerializer(OwnIdSerializer, PaperBodySerializer):
    """`party_id` for a party's copy; `recipient` for the court's set; `referral_id` for a transfer set, which
    goes where the referral goes and holds what its party lets go."""

    kind = serializers.ChoiceField(choices=CopyKind.choices())
    party_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    referral_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    recipient = NameField(max_length=100, required=False, default="", allow_blank=True)


class DossierCopySerializer(StrictModelSerializer):
    """A copy that was made. Of whom it names, a party is an id."""

    sha256 = serializers.SerializerMethodField()
    missing = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = DossierCopy
        fields = (
            "id", "kind", "party", "referral", "channel", "recipient_kind", "recipient", "agreed_on", "form",
            "missing", "sha256", "made_at", "made_by", "role",
        )  # fmt: skip
        read_only_fields = fields

    def get_sha256(self, copy: DossierCopy) -> str:
        return bytes(copy.sha256).hex()


class FileItemSerializer(serializers.Serializer[Any]):
    """One of the thirteen items of PM-F1."""

    key = serializers.CharField()
    zh = serializers.CharField()
    en = serializers.CharField()
    must = serializers.BooleanField()
    there = serializers.BooleanField()
    missing = serializers.BooleanField()


class NumberBlockSerializer(StrictModelSerializer):
    """Reserved numbers. `open`: still to be filled, in this order; `void`: with the reason."""

    committee = serializers.UUIDField(source="register.committee_id", read_only=True)
    open = serializers.SerializerMethodField()
    void = serializers.SerializerMethodField()

    class Meta:
        model = NumberBlock
        fields = (
            "id", "committee", "year", "first", "last", "reason", "reserved_at", "reserved_by", "open",
            "void",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_open(self, block: NumberBlock) -> list[int]:
        return open_numbers(block)

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_void(self, block: NumberBlock) -> dict[str, str]:
        return {str(row.serial): row.void_reason for row in block.numbers.all() if row.void_reason}


class NumbersReserveSerializer(OwnIdSerializer):
    committee_id = serializers.UUIDField()
    year = serializers.IntegerField(min_value=2000, max_value=2099)
    count = serializers.IntegerField(validators=within(1, "NUMBER_BLOCK_MAX"))
    reason = WordsField(max_length=200)


class NumberVoidSerializer(StrictSerializer):
    serial = serializers.IntegerField(min_value=1, max_value=1_000_000)
    reason = WordsField(max_length=200)
