from typing import Any

from rest_framework import serializers

from edge.serializers import StrictModelSerializer, StrictSerializer
from privacy.codes import ConsentPurpose
from privacy.models import Consent, ConsentErasure
from privacy.serializers.people import PastDay, RecordSerializer


class ConsentErasureSerializer(StrictModelSerializer):
    """Of one kind of thing: how many were erased, or are kept by which `duty`."""

    class Meta:
        model = ConsentErasure
        fields = ("code", "count", "duty", "at")
        read_only_fields = fields


class ConsentGivenSerializer(StrictModelSerializer):
    """同意: for what, withdrawn when, and what was erased after it."""

    erasures = ConsentErasureSerializer(many=True, read_only=True)

    class Meta:
        model = Consent
        fields = (
            "id", "subject_kind", "subject_id", "purpose", "given_on", "paper_no", "entered_at",
            "withdrawn_at", "erased_at", "erasures",
        )  # fmt: skip
        read_only_fields = fields


class ConsentGivenBodySerializer(RecordSerializer):
    purpose = serializers.ChoiceField(ConsentPurpose.choices())
    given_on = PastDay()
    paper_no = serializers.CharField(max_length=80)


class ConsentEraseSerializer(StrictSerializer):
    """The codes of what is erased, as `held` names them; none where nothing rested on the consent alone."""

    codes = serializers.ListField(
        child=serializers.RegexField(r"^[a-z_]{1,24}\Z"), max_length=20, allow_empty=True
    )


class HeldSerializer(serializers.Serializer[Any]):
    """What is kept for a purpose: `duty` empty, it goes with the consent; else the row of the law that keeps
    it."""

    code = serializers.CharField(source="held.code")
    zh = serializers.CharField(source="held.zh")
    en = serializers.CharField(source="held.en")
    count = serializers.IntegerField()
    duty = serializers.CharField(source="held.duty", allow_blank=True)
