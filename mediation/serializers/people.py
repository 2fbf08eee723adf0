"""Bodies about the people at the table: rights notice, needs, participants, tries to reach somebody,
mediators, pauses. No name is shown here: names are read with a purpose."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from edge.serializers import NameField, OwnIdSerializer, StrictModelSerializer, StrictSerializer, WordsField
from mediation.codes import (
    Declaration,
    GuardianBasis,
    Heard,
    Lack,
    NoticeWay,
    PartyNeed,
    PersonKind,
    ReachResult,
    ReachWay,
    ReplaceReason,
    SuspendReason,
)
from mediation.models import CaseMediator, Participant, ReachAttempt, Suspension
from mediation.serializers.cases import SpokenSerializer
from mediation.serializers.fields import PaperDateField
from mediation.services import Newcomer


class RightsSerializer(OwnIdSerializer, SpokenSerializer):
    """That one party was told what mediation is and which rights it has (PM-30b)."""

    party_id = serializers.UUIDField()
    way = serializers.ChoiceField(choices=NoticeWay.choices())


class NeedsSerializer(StrictSerializer):
    party_id = serializers.UUIDField()
    needs = serializers.ListField(
        child=serializers.ChoiceField(choices=PartyNeed.choices()), max_length=len(PartyNeed)
    )


class ParticipantSerializer(StrictModelSerializer):
    class Meta:
        model = Participant
        fields = (
            "id", "party", "kind", "basis", "may_settle", "document", "language", "valid_from", "valid_to",
            "ended_on", "end_reason", "added_at", "added_by",
        )  # fmt: skip
        read_only_fields = fields


class NewcomerSerializer(OwnIdSerializer):
    """Somebody beside the parties. An agent: `document` and `may_settle`; a guardian: `basis`, and that
    nothing speaks against the person; an interpreter: `language`."""

    kind = serializers.ChoiceField(choices=PersonKind.choices())
    party_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    name = NameField(max_length=60)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    id_number = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    document = WordsField(max_length=200, required=False, allow_blank=True, default="")
    may_settle = serializers.BooleanField(required=False, allow_null=True, default=None)
    basis = serializers.ChoiceField(
        choices=GuardianBasis.choices(), required=False, allow_blank=True, default=""
    )
    language = NameField(max_length=60, required=False, allow_blank=True, default="")
    not_suspected = serializers.BooleanField(required=False, default=False)
    no_own_interest = serializers.BooleanField(required=False, default=False)
    not_other_side = serializers.BooleanField(
        required=False, default=False, help_text="A namesake on the other side is somebody else"
    )
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(required=False, allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        own = {"id": attrs.pop("id")} if "id" in attrs else {}
        return {"who": Newcomer(**attrs), **own}


class ParticipantEndSerializer(StrictSerializer):
    participant_id = serializers.UUIDField()
    reason = WordsField(max_length=400)
    ended_on = serializers.DateField(required=False, allow_null=True, default=None)


class ParticipantNameSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.CharField()
    name = serializers.CharField(allow_null=True)
    phone = serializers.CharField(allow_null=True)
    id_number = serializers.CharField(allow_null=True)


class ReachAttemptSerializer(StrictModelSerializer):
    class Meta:
        model = ReachAttempt
        fields = ("id", "party", "way", "result", "tried_at", "recorded_at", "recorded_by")
        read_only_fields = fields


class ReachSerializer(OwnIdSerializer):
    party_id = serializers.UUIDField()
    way = serializers.ChoiceField(choices=ReachWay.choices())
    result = serializers.ChoiceField(choices=ReachResult.choices())
    tried_at = serializers.DateTimeField()


class MediatorRowSerializer(StrictModelSerializer):
    """Who mediates or mediated: `declared` once the conflict declaration is signed; `told`: the parties that
    were told of this mediator; `namesakes`: people of the case with the name of somebody whom the mediator
    has named, of whom a person has to say whether they are the same."""

    declared = serializers.BooleanField(read_only=True)
    told = serializers.ListField(child=serializers.UUIDField(), read_only=True)
    namesakes = serializers.SerializerMethodField()

    class Meta:
        model = CaseMediator
        fields = (
            "id", "user", "chosen_by", "named_at", "declared", "replaces", "told", "namesakes",
            "replaced_at", "replace_reason",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_namesakes(self, row: CaseMediator) -> list[UUID]:
        found: list[UUID] = self.context["namesakes"].get(row.pk, [])
        return found


class NamesakeSerializer(StrictSerializer):
    """`person_id`: a party or a participant of the case, out of `namesakes`."""

    user_id = serializers.UUIDField()
    person_id = serializers.UUIDField()
    same = serializers.BooleanField()


class DeclareSerializer(OwnIdSerializer):
    """`user_id`: whose paper the desk enters; without it the own declaration."""

    answer = serializers.ChoiceField(choices=Declaration.choices())
    user_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    signed_on = PaperDateField(required=False, allow_null=True, default=None)


class ReplaceSerializer(StrictSerializer):
    user_id = serializers.UUIDField()
    reason = serializers.ChoiceField(choices=ReplaceReason.choices())
    new_user_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class ToldSerializer(OwnIdSerializer):
    user_id = serializers.UUIDField()
    party_id = serializers.UUIDField()
    answer = serializers.ChoiceField(choices=Heard.choices())
    said_on = PaperDateField(required=False, allow_null=True, default=None)


class FreeSerializer(serializers.Serializer[Any]):
    """Somebody of the register; `available` for this case or not, and never why not."""

    user = serializers.UUIDField()
    available = serializers.BooleanField()


class MissingSerializer(serializers.Serializer[Any]):
    code = serializers.ChoiceField(choices=Lack.choices())
    text = serializers.CharField()
    party = serializers.UUIDField(allow_null=True)
    mediator = serializers.UUIDField(allow_null=True)
    participant = serializers.UUIDField(allow_null=True)


class SuspensionSerializer(StrictModelSerializer):
    class Meta:
        model = Suspension
        fields = ("id", "reason", "asked_by", "from_day", "review_on", "to_day", "recorded_at", "recorded_by")
        read_only_fields = fields


class SuspendSerializer(StrictSerializer):
    """`asked_by`: the party that asked for it; `unreached`: the party that could not be reached."""

    reason = serializers.ChoiceField(choices=SuspendReason.choices())
    review_on = serializers.DateField()
    asked_by = serializers.UUIDField(required=False, allow_null=True, default=None)
    from_day = PaperDateField(required=False, allow_null=True, default=None)
    unreached = serializers.UUIDField(required=False, allow_null=True, default=None)


class ResumeSerializer(StrictSerializer):
    to_day = PaperDateField(required=False, allow_null=True, default=None)


class ReviewSerializer(StrictSerializer):
    review_on = serializers.DateField()
