"""Disputes: lists and details, their acts, their trail and the persons read with a purpose."""

from typing import Any

from rest_framework import serializers

from disputes.codes import AttemptResult, ClosedElsewhere, DisputeState, ReopenReason, WayExplained
from disputes.deadlines import watch_due
from disputes.machine import choices
from disputes.models import Attempt, Dispute, DisputeMove, DisputeTransition, NamedClerk
from disputes.serializers.masking import MaskingSerializer
from disputes.serializers.screenings import ReadPersonSerializer
from edge.serializers import StrictModelSerializer, StrictSerializer, WordsField
from kernel import clock
from kernel.codes.law import Colour, HandlingLevel
from kernel.codes.roles import Role
from kernel.deadlines import ran_out

STEPS = (
    "accept", "not_accept", "not_a_dispute", "triage", "handle", "hand_up", "hand_back",
    "ask_hand_up", "keep_level", "settle",
    "not_settle", "to_department", "to_referral", "declined", "no_answer", "close_elsewhere", "feedback",
    "follow_up", "archive", "reopen",
)  # fmt: skip
"""Steps that people take here. Those of mediation are taken there, the machine's by the machine."""
FACTS = ("level", "outcome", "follow_up_declined", "mediation_refused", "hand_up_asked")
OTHER_WAYS = ("court", "arbitration", "review", "administrative", "legal_aid", "petition")


class DisputeSerializer(MaskingSerializer):
    """A dispute in lists and details; no name, number or address of anybody."""

    whereabouts = {"grid": None, "community": None, "suspended_reason": "", "brief": ""}
    mediation_refused = serializers.BooleanField(read_only=True)
    screenings = serializers.ListField(child=serializers.UUIDField(), read_only=True, source="screening_ids")
    aliases = serializers.ListField(
        child=serializers.CharField(), read_only=True, source="alias_codes", help_text="Codes merged into it"
    )
    to_explain = serializers.ListField(child=serializers.CharField(), read_only=True, source="ways_left")
    watch_over = serializers.SerializerMethodField()
    choices = serializers.SerializerMethodField()
    masked = serializers.ListField(child=serializers.CharField(), read_only=True, required=False, default=[])

    class Meta:
        model = Dispute
        fields = (
            "id", "rev", "code", "state", "level", "level_since", "level_reasons", "category", "scale",
            "complexity", "street", "community", "grid", "opened_at", "last_screened_at",
            "protected", "protected_at", "protect_reasons", "restricted", "named_mediators", "brief",
            "outcome", "closed_as", "follow_up_declined", "mediation_refused", "party_asked_at",
            "suspended_reason",
            "suspended_until", "watch_until", "watch_extended", "watch_over",
            "hand_up_asked", "hand_up_asked_by", "merged_into", "aliases", "colour", "colour_until",
            "colour_by", "suggested", "suggested_signs", "suggested_until", "screenings", "to_explain",
            "choices", "masked",
        )  # fmt: skip
        read_only_fields = fields

    def get_watch_over(self, row: Any) -> bool:
        """By the same comparison as the job's: 24:00 of the last day has come."""
        return row.watch_until is not None and ran_out(watch_due(row.watch_until), clock.now())

    def get_choices(self, row: Dispute) -> list[str]:
        """The events of `steps` that the reader may take now; a mediation case is moved by its own acts."""
        role = self.context["actor"].role
        hidden = row.protected and role == Role.GRID_WORKER
        if role is None or hidden or row.state == DisputeState.WITH_MEDIATION:
            return []
        facts = {name: getattr(row, name) for name in FACTS} | {
            "restricted": row.restricted or row.protected, "asked_by": row.hand_up_asked_by,
        }  # fmt: skip
        return [event for event in choices(row.state, role, facts) if event in STEPS]

    def told(self, row: Any) -> frozenset[str]:
        return frozenset({"grid", "community"}) if row.place_told else frozenset()

    def mediators_of(self, row: Any) -> Any:
        return row.named_mediators


class DisputeMoveSerializer(StrictModelSerializer):
    """From which grid to which a person has put the dispute, and why."""

    class Meta:
        model = DisputeMove
        fields = ("id", "from_grid", "to_grid", "release", "reason", "actor", "role", "at")
        read_only_fields = fields


class PlaceDisputeSerializer(StrictSerializer):
    grid_id = serializers.UUIDField()
    reason = WordsField(max_length=400)


class BriefSerializer(StrictSerializer):
    brief = serializers.CharField(max_length=4000)


class StepSerializer(StrictSerializer):
    """One step of the state table. What a step needs besides the reason is said by its problem."""

    event = serializers.ChoiceField(STEPS)
    reason = WordsField(max_length=400, required=False, allow_blank=True)
    to_level = serializers.ChoiceField(HandlingLevel.choices(), required=False)
    other_ways = serializers.ListField(
        child=serializers.ChoiceField(OTHER_WAYS), max_length=6, required=False
    )
    closed_as = serializers.ChoiceField(ClosedElsewhere.choices(), required=False)
    reopen_reason = serializers.ChoiceField(ReopenReason.choices(), required=False)
    party_asks = serializers.BooleanField(required=False)
    device_at = serializers.DateTimeField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["event"] in ("hand_up", "hand_back", "ask_hand_up") and "to_level" not in attrs:
            raise serializers.ValidationError({"to_level": ["required"]})
        return attrs


class DisputeAttemptSerializer(StrictModelSerializer):
    """`id`: a UUIDv7 made by the caller, so that a repeated request records one attempt."""

    id = serializers.UUIDField(required=False)
    result = serializers.ChoiceField(AttemptResult.choices())
    note = WordsField(max_length=400, required=False, allow_blank=True)

    class Meta:
        model = Attempt
        fields = ("id", "level", "result", "all_consented", "tried_on", "note", "actor", "role", "at")
        read_only_fields = ("level", "actor", "role", "at")


class RefusalSerializer(StrictSerializer):
    party_id = serializers.UUIDField()


class ColourSerializer(StrictSerializer):
    colour = serializers.ChoiceField(["", *Colour.values()])
    reason = WordsField(max_length=400)
    days = serializers.IntegerField(min_value=1, max_value=365)


class DisputeSuspensionSerializer(StrictSerializer):
    reason = WordsField(max_length=200)
    review_on = serializers.DateField(allow_null=True)


class WatchSerializer(StrictSerializer):
    until = serializers.DateField()
    reason = WordsField(max_length=400)


class DisputeReasonSerializer(StrictSerializer):
    reason = WordsField(max_length=400)


class ProtectSerializer(DisputeReasonSerializer):
    """`party_id`: who is at risk, where that is known; with `at_risk` false: who is not, against an earlier
    word."""

    party_id = serializers.UUIDField(required=False)
    at_risk = serializers.BooleanField(required=False, default=True)


class LiftSerializer(StrictSerializer):
    """`heard_alone_on`: the day on which the person at risk was heard alone."""

    reason = WordsField(max_length=400)
    heard_alone_on = serializers.DateField(required=False, allow_null=True)


class ExplainedWaysSerializer(StrictSerializer):
    ways = serializers.ListField(
        child=serializers.ChoiceField(WayExplained.choices()), min_length=1, max_length=5
    )


class SafeChannelSerializer(StrictSerializer):
    number = serializers.CharField(max_length=32)
    hours = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    leave_no_message = serializers.BooleanField(default=True)


class DisputeTransitionSerializer(StrictModelSerializer):
    class Meta:
        model = DisputeTransition
        fields = (
            "id", "event", "from_state", "to_state", "from_level", "to_level", "actor", "role", "reason",
            "detail", "device_at", "at",
        )  # fmt: skip
        read_only_fields = fields


class ReadDisputePartySerializer(ReadPersonSerializer):
    id = serializers.UUIDField()
    limited_capacity = serializers.BooleanField()
    asked_at = serializers.DateTimeField(allow_null=True)
    refused_at = serializers.DateTimeField(allow_null=True)


class NamedClerkSerializer(StrictModelSerializer):
    """Whom the director has named to read restricted matters of a street, from when to when."""

    reason = WordsField(max_length=200)

    class Meta:
        model = NamedClerk
        fields = ("id", "street", "user", "named_by", "reason", "valid_from", "valid_to")
        read_only_fields = ("id", "named_by", "valid_from")


class MergeSerializer(StrictSerializer):
    into = serializers.UUIDField()
    reason = WordsField(max_length=400)
