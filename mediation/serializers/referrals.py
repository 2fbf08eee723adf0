"""Shapes of referrals: the router's answer, a referral in a list, and the bodies of its acts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from edge.serializers import OwnIdSerializer, StrictModelSerializer, StrictSerializer, WordsField
from mediation.channels import TABLE, Asked, Channel, Part
from mediation.models import Referral, ReferralStop, ReferralTransition, ReferralWord
from mediation.referral import REFERRAL, ReferralKind, ReferralOutcome, StopForm
from mediation.serializers.fields import PaperDateField
from mediation.services.referral_moves import Said
from mediation.services.referral_stops import Told
from mediation.services.referrals import Wanted, is_urgent

DETAIL_MAX = 1000


class ChannelsQuery(StrictSerializer):
    dispute = serializers.UUIDField()
    act_of_organ = serializers.BooleanField(default=False, help_text="It is about an act of an organ")
    organ_mediated = serializers.BooleanField(
        default=False, help_text="An organ mediated between the parties"
    )
    known_on = serializers.DateField(required=False, help_text="When the party knew; clocks count from it")


class CodeSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(source="value")
    zh = serializers.CharField()
    en = serializers.CharField()


class AskedSerializer(serializers.Serializer[Any]):
    """A field of the channel's paper; with `codes` its value is one of these."""

    code = serializers.CharField()
    zh = serializers.CharField()
    en = serializers.CharField()
    needed = serializers.BooleanField()
    codes = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_codes(self, one: Asked) -> list[str]:
        return one.codes.values() if one.codes else []


class RouteSerializer(serializers.Serializer[Any]):
    """`law` is the row of the law that is the reason; `asks` what the channel's paper asks for; `gives` what
    of a mediation file may go with it, each by the party's own word."""

    channel = serializers.ChoiceField(choices=Channel.choices())
    open = serializers.BooleanField()
    law = serializers.CharField()
    zh = serializers.CharField()
    en = serializers.CharField()
    asks = serializers.SerializerMethodField()
    gives = serializers.SerializerMethodField()

    @extend_schema_field(AskedSerializer(many=True))
    def get_asks(self, route: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in AskedSerializer(TABLE[route.channel].asks, many=True).data]

    @extend_schema_field(CodeSerializer(many=True))
    def get_gives(self, route: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in CodeSerializer(TABLE[route.channel].gives, many=True).data]


class ClockSerializer(serializers.Serializer[Any]):
    """Information with its source. `moved_day`: where a last day on a day off moves to."""

    law = serializers.CharField()
    zh = serializers.CharField()
    en = serializers.CharField()
    last_day = serializers.DateField()
    moved_day = serializers.DateField()
    provisional = serializers.BooleanField()


class ChannelsSerializer(serializers.Serializer[Any]):
    """`urgent`: legal aid helps first, because one of the clocks ends within seven days (LA-44)."""

    routes = RouteSerializer(many=True)
    clocks = ClockSerializer(many=True)
    urgent = serializers.BooleanField()


class ReferralSerializer(StrictModelSerializer):
    """转介 in a list: without the fields of its paper."""

    dispute_code = serializers.CharField(source="dispute.code", read_only=True)
    channel_text = serializers.SerializerMethodField()
    urgent = serializers.SerializerMethodField(help_text="A term ends in less than seven days (LA-44)")

    class Meta:
        model = Referral
        fields = (
            "id", "dispute", "dispute_code", "party", "street", "channel", "channel_text", "kind", "state",
            "recipient", "act_of_organ", "organ_mediated", "review_first", "known_on", "urgent", "agreed_on",
            "sent_on", "received_on", "answer_last_day", "answer_due_at", "no_answer_at", "accepted_on",
            "document_no", "outcome", "made_by", "made_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_channel_text(self, row: Referral) -> str:
        return Channel(row.channel).zh

    def get_urgent(self, row: Referral) -> bool:
        return is_urgent(row)


class ReferralStepSerializer(StrictModelSerializer):
    class Meta:
        model = ReferralTransition
        fields = ("event", "source", "target", "actor", "role", "reason", "stated_at", "at")
        read_only_fields = fields


class ReferralWordSerializer(StrictModelSerializer):
    """What the party lets go; both lists empty: it has taken its yes back."""

    class Meta:
        model = ReferralWord
        fields = ("fields", "papers", "said_on", "recorded_by", "recorded_at")
        read_only_fields = fields


class ReferralStopSerializer(StrictModelSerializer):
    """停止使用告知: what the party took back of what had gone to the channel on the days `sent_on`; owed
    until `told_on`."""

    class Meta:
        model = ReferralStop
        fields = (
            "id", "fields", "papers", "sent_on", "owed_by", "made_at", "told_on", "form", "document_no",
            "told_by", "recorded_at",
        )  # fmt: skip
        read_only_fields = fields


class ReferralDetailSerializer(ReferralSerializer):
    """`words`: what the party said of what may go, the latest last; `stops`: what the channel is to be told
    to use no longer."""

    words = ReferralWordSerializer(many=True, read_only=True)
    stops = ReferralStopSerializer(many=True, read_only=True)
    transitions = ReferralStepSerializer(many=True, read_only=True)
    choices = serializers.SerializerMethodField()

    class Meta:
        model = Referral
        fields = (*ReferralSerializer.Meta.fields, "words", "stops", "transitions", "choices")
        read_only_fields = fields

    def get_choices(self, row: Referral) -> list[str]:
        return REFERRAL.events(row.state)


# Bodies


class ReferralDraftSerializer(OwnIdSerializer):
    dispute = serializers.UUIDField()
    party_id = serializers.UUIDField()
    channel = serializers.ChoiceField(choices=Channel.choices())
    kind = serializers.ChoiceField(choices=ReferralKind.choices())
    recipient = WordsField(max_length=80)
    details = serializers.DictField(
        child=WordsField(max_length=DETAIL_MAX), default=dict, help_text="The channel's fields by code"
    )
    known_on = PaperDateField(required=False)
    act_of_organ = serializers.BooleanField(default=False)
    organ_mediated = serializers.BooleanField(default=False)
    review_first = serializers.BooleanField(default=False, help_text="AR-23: review before a court")

    def wanted(self) -> Wanted:
        said: Mapping[str, Any] = self.validated_data
        return Wanted(**{name: value for name, value in said.items() if name not in {"id", "dispute"}})


class ReferralAgreeSerializer(StrictSerializer):
    """The party's yes: which fields of the paper (default: all that were filled in) and which parts of its
    mediation file may go there."""

    on = PaperDateField(required=False, help_text="The day on the paper; default: today")
    fields = serializers.ListField(
        child=serializers.CharField(max_length=24),
        required=False,
        allow_null=True,
        default=None,
        min_length=1,
        max_length=10,
    )
    papers = serializers.ListField(
        child=serializers.ChoiceField(choices=Part.choices()),
        required=False,
        default=list,
        max_length=len(Part),
    )

    def lists(self) -> dict[str, Any]:
        said: Mapping[str, Any] = self.validated_data
        return {
            "said": Said(said.get("on")), "fields": said["fields"], "papers": said["papers"],
        }  # fmt: skip


class ReferralWordBodySerializer(ReferralAgreeSerializer):
    """What may go from now on; two empty lists take the yes back."""

    fields = serializers.ListField(child=serializers.CharField(max_length=24), max_length=10)


class ReferralStopToldSerializer(StrictSerializer):
    """How and when the channel was told to stop."""

    stop = serializers.UUIDField(help_text="Of the referral's `stops`")
    form = serializers.ChoiceField(choices=StopForm.choices())
    on = PaperDateField(required=False, help_text="The day on which it was told; default: today")
    document_no = WordsField(max_length=80, required=False)

    def told(self) -> tuple[UUID, Told]:
        said = dict(self.validated_data)
        return said.pop("stop"), Told(**said)


class ReferralSaidSerializer(StrictSerializer):
    """What comes with a step."""

    on = PaperDateField(required=False, help_text="The day on the paper; default: today")
    reason = WordsField(max_length=400, required=False)
    document_no = WordsField(max_length=80, required=False)
    outcome = serializers.ChoiceField(choices=ReferralOutcome.choices(), required=False)

    def said(self) -> Said:
        return Said(**self.validated_data)
