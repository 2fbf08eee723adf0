from typing import Any

from rest_framework import serializers

from edge.serializers import OwnIdSerializer, StrictSerializer, WordsField
from liaison.grounds import CorrectionAct, Way
from liaison.serializers import Past
from privacy.machine import SEAL_BASES, MarkFault
from privacy.models import Closing


class ToBeSealedRequest(StrictSerializer):
    """The row of the law that is the ground of the seal."""

    basis = serializers.CharField(max_length=20, help_text=", ".join(SEAL_BASES))


class MarkTakenBackRequest(StrictSerializer):
    fault = serializers.ChoiceField(MarkFault.choices())


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
