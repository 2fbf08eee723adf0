from typing import Any

from rest_framework import serializers

from edge.serializers import OwnIdSerializer, StrictSerializer, WordsField
from liaison.grounds import CorrectionAct, Way
from liaison.serializers import Past
from privacy.models import Closing

BASES = ("MI-59", "MI-SEAL")


class ToBeSealedRequest(StrictSerializer):
    basis = serializers.ChoiceField(BASES)


class ToBeSealedRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = Closing
        fields = ["to_be_sealed", "mark_basis"]


class SubjectReportRequest(OwnIdSerializer):
    """What was seen, when; why the person's name is opened."""

    act = serializers.ChoiceField(CorrectionAct.choices())
    observed_at = Past()
    reason = WordsField(max_length=200)
    way = serializers.ChoiceField(Way.choices(), required=False)
