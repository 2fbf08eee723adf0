from typing import Any

from rest_framework import serializers

from edge.serializers import StrictSerializer
from privacy.models import Closing

BASES = ("MI-59", "MI-SEAL")


class ToBeSealedRequest(StrictSerializer):
    basis = serializers.ChoiceField(BASES)


class ToBeSealedRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = Closing
        fields = ["to_be_sealed", "mark_basis"]
