from typing import Any

from rest_framework import serializers

from corrections.models import Evaluation
from corrections.serializers.people import Day
from edge.serializers import OwnIdSerializer


class EvaluationRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = Evaluation
        fields = ["id", "subject", "first_day", "last_day", "made_on", "made_by", "recorded_at"]


class EvaluationRequest(OwnIdSerializer):
    """Words about a period; there is no score."""

    subject = serializers.UUIDField(source="subject_id")
    first_day = Day()
    last_day = Day()
    text = serializers.CharField(max_length=4000)
    made_on = Day()


class EvaluationClear(serializers.Serializer[Any]):
    text = serializers.CharField(allow_null=True)
