"""Bodies of what ends a case without an agreement, with the notice of other ways."""

from rest_framework import serializers

from disputes.codes import ClosedElsewhere
from edge.serializers import StrictSerializer
from kernel.codes.law import ResolutionMethod
from mediation.codes import FailReason
from mediation.models.cases import WaysForm
from mediation.serializers.cases import BecauseSerializer
from mediation.serializers.fields import PaperDateField


class ToldSerializer(StrictSerializer):
    """`told_on`: the day on the paper; `tried_on`: the days of the tries, two at least where it could not be
    delivered."""

    form = serializers.ChoiceField(choices=WaysForm.choices)
    told_on = PaperDateField(required=False, allow_null=True, default=None)
    tried_on = serializers.ListField(child=PaperDateField(), required=False, default=list, max_length=10)


class ToldApartSerializer(ToldSerializer):
    party_id = serializers.UUIDField()


class DeclineSerializer(BecauseSerializer, ToldSerializer):
    """`apart`: parties who were told in another form or on another day than the rest; `told_by_id`: who told,
    if not who enters it."""

    ways = serializers.ListField(
        child=serializers.ChoiceField(choices=ResolutionMethod.choices()), min_length=1, max_length=14
    )
    told_by_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    apart = ToldApartSerializer(many=True, required=False, default=list, max_length=50)


class FailSerializer(DeclineSerializer):
    """`code`: why; `unreached`: the party, when it could not be reached; `closed_as`: which way, when the
    parties went another one."""

    code = serializers.ChoiceField(
        choices=FailReason.choices(), required=False, default=FailReason.NO_AGREEMENT.value
    )
    unreached = serializers.UUIDField(required=False, allow_null=True, default=None)
    closed_as = serializers.ChoiceField(
        choices=ClosedElsewhere.choices(), required=False, allow_blank=True, default=""
    )


class WaysSerializer(ToldSerializer):
    """`party_ids`: who was told (default: everybody who is still owed it); `told_by_id`: by whom, if not by
    who enters it."""

    ways = serializers.ListField(
        child=serializers.ChoiceField(choices=ResolutionMethod.choices()),
        required=False, default=list, max_length=14,
    )  # fmt: skip
    told_by_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    party_ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, allow_null=True, default=None, min_length=1,
        max_length=50,
    )  # fmt: skip
