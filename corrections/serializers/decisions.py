from typing import Any

from rest_framework import serializers

from corrections.complaints import Burden
from corrections.decisions import (
    DecisionGround,
    DecisionKind,
    GuardianPart,
    OutcomeResult,
    ServedWay,
    StatementAnswer,
)
from corrections.models import Decision, DecisionCopy, Objection, SecondDecision
from corrections.serializers.people import Day
from corrections.serializers.steps import Stepped
from edge.serializers import StrictSerializer
from privacy.codes import RecipientKind

LONG = 4000


class CopyRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = DecisionCopy
        fields = ["recipient", "sent_on", "sent_by"]


class DecisionRow(Stepped):
    """A decision without its words: facts, evidence and statement by `reveal`."""

    copies = CopyRow(many=True, read_only=True)

    class Meta:
        model = Decision
        fields = [
            "id", "subject", "kind", "ground", "state", "of_minor", "number", "rule", "builds_on", "dated",
            "drafted_by", "drafted_at", "answer", "asked_on", "guardian", "decided_by", "decided_role",
            "decided_unit", "delegation", "decided_on", "served_on", "served_way", "result", "result_organ",
            "result_document", "result_on", "copies", "steps"
        ]  # fmt: skip


class DecisionClear(serializers.Serializer[Any]):
    facts = serializers.CharField(allow_null=True)
    evidence = serializers.CharField(allow_null=True)
    statement = serializers.CharField(allow_null=True)
    witness = serializers.CharField(allow_null=True)


class DraftRequest(StrictSerializer):
    """`dated`: the date on the draft; `builds_on`: earlier decisions on the person that stand."""

    subject = serializers.UUIDField()
    kind = serializers.ChoiceField(DecisionKind.choices())
    ground = serializers.ChoiceField(DecisionGround.choices())
    facts = serializers.CharField(max_length=LONG)
    evidence = serializers.CharField(max_length=LONG)
    rule = serializers.CharField(max_length=200)
    dated = Day()
    builds_on = serializers.ListField(child=serializers.UUIDField(), max_length=20, default=list)


class HearRequest(StrictSerializer):
    """What came of asking the person first; "did not wish" and "not reachable" are answers."""

    answer = serializers.ChoiceField(StatementAnswer.choices())
    asked_on = Day()
    statement = serializers.CharField(max_length=LONG, required=False)


class DecideRequest(StrictSerializer):
    """`guardian` is required for a minor."""

    decided_on = Day()
    delegation = serializers.CharField(max_length=80, required=False)
    guardian = serializers.ChoiceField(GuardianPart.choices(), required=False)


class ServeRequest(StrictSerializer):
    way = serializers.ChoiceField(ServedWay.choices())
    served_on = Day()
    witness = serializers.CharField(max_length=100, required=False)


class BecauseRequest(StrictSerializer):
    reason = serializers.CharField(max_length=1000)


class ResultRequest(StrictSerializer):
    """What police or court decided, by their document."""

    result = serializers.ChoiceField(OutcomeResult.choices())
    organ = serializers.CharField(max_length=150)
    document_no = serializers.CharField(max_length=80)
    on = Day()


class CopyRequest(StrictSerializer):
    recipient = serializers.CharField(max_length=150)
    recipient_kind = serializers.ChoiceField(
        RecipientKind.choices(), required=False, help_text="Of the share log; a department where none is said"
    )
    sent_on = Day()


class ObjectRequest(StrictSerializer):
    text = serializers.CharField(max_length=LONG)
    made_on = Day()


class ObjectionRow(Stepped):
    class Meta:
        model = Objection
        fields = [
            "id", "decision", "state", "made_on", "answered_on", "answered_by", "taken_further_on",
            "entered_by", "entered_at", "steps"
        ]  # fmt: skip


class ObjectionClear(serializers.Serializer[Any]):
    text = serializers.CharField(allow_null=True)
    answer = serializers.CharField(allow_null=True)


class AnswerRequest(StrictSerializer):
    text = serializers.CharField(max_length=LONG)
    answered_on = Day()


class OnRequest(StrictSerializer):
    on = Day()


class RemedyRow(serializers.Serializer[Any]):
    code = serializers.CharField()
    zh = serializers.CharField()
    en = serializers.CharField()
    phone = serializers.CharField(allow_blank=True)


class RemedySlip(serializers.Serializer[Any]):
    """What is printed on the decision: the ways that are open, and until when an objection is named."""

    objection_until = serializers.DateField(allow_null=True)
    remedies = RemedyRow(many=True)


class BoardRow(serializers.ModelSerializer[Any]):
    """What may hang inside the centre: a number, never a name or initials; no minor."""

    class Meta:
        model = Decision
        fields = ["number", "kind", "decided_on"]


class StandingCountRow(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(DecisionKind.choices())
    count = serializers.IntegerField()
    decisions = serializers.ListField(child=serializers.UUIDField())


class CountsShown(serializers.Serializer[Any]):
    """Numbers with their records, for an officer to look at. Nothing follows from them by itself."""

    counts = StandingCountRow(many=True)


class SecondRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = SecondDecision
        fields = [
            "id", "subject", "act", "state", "asked_by", "asked_role", "asked_unit", "asked_at",
            "decided_by", "decided_at", "used_at",
        ]  # fmt: skip


class SecondRequest(StrictSerializer):
    subject = serializers.UUIDField()
    act = serializers.ChoiceField(Burden.choices())
    about = serializers.CharField(max_length=2000)


class SecondClear(serializers.Serializer[Any]):
    about = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
