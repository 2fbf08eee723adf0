"""What a whistle asks and what departments answer."""

from typing import Any

from rest_framework import serializers

from disputes.joint import JointAnswerKind, JointEnclosure
from disputes.models import JointAnswer, JointHandling, JointQuestion
from disputes.services import Asked, Said
from edge.serializers import OwnIdSerializer, StrictModelSerializer, StrictSerializer, WordsField
from tasks.serializers.paper import PaperMixin


class JointAnswerSerializer(StrictModelSerializer):
    class Meta:
        model = JointAnswer
        fields = (
            "id", "answer", "said_by", "said_on", "by_date", "basis", "words", "entered_by", "entered_at",
        )  # fmt: skip
        read_only_fields = fields


class JointQuestionSerializer(StrictModelSerializer):
    department_name = serializers.CharField(source="department.name", read_only=True)
    answers = JointAnswerSerializer(many=True, read_only=True)

    class Meta:
        model = JointQuestion
        fields = (
            "id", "handling", "department", "department_name", "asked", "supplied", "state", "ordered",
            "answer_on", "due_at", "silent_at", "share_id", "asked_at", "answers",
        )  # fmt: skip
        read_only_fields = fields


class JointHandlingSerializer(StrictModelSerializer):
    """`parties` are ids: their names are read as those of the dispute, with a purpose."""

    code = serializers.CharField(source="dispute.code", read_only=True)
    questions = JointQuestionSerializer(many=True, read_only=True)

    class Meta:
        model = JointHandling
        fields = (
            "id", "dispute", "code", "place", "matter", "basis", "enclosures", "parties", "names_reason",
            "sent_by", "sent_at", "undecided_at", "decided_by", "decided_at", "decision_reason", "questions",
        )  # fmt: skip
        read_only_fields = fields


class AskedSerializer(StrictSerializer):
    department_id = serializers.UUIDField()
    asked = WordsField(max_length=600)


class JointSendSerializer(OwnIdSerializer):
    """A question, not the file: everything is typed, and only what the closed list names goes along."""

    place = WordsField(max_length=200)
    matter = WordsField(max_length=400)
    basis = serializers.CharField(max_length=16, default="GR-10", help_text="A row of the law")
    enclosures = serializers.ListField(
        child=serializers.ChoiceField(JointEnclosure.choices()), max_length=4, default=list
    )
    parties = serializers.ListField(child=serializers.UUIDField(), max_length=20, default=list)
    names_reason = WordsField(max_length=400, default="", allow_blank=True)
    questions = AskedSerializer(many=True, min_length=1, max_length=10)
    answer_on = serializers.DateField()

    def validate_questions(self, said: list[dict[str, Any]]) -> list[Asked]:
        return [Asked(**line) for line in said]


class JointAskSerializer(OwnIdSerializer, AskedSerializer):
    answer_on = serializers.DateField()


class JointDecisionSerializer(PaperMixin, AskedSerializer):
    """By the head of the street; the centre's director enters that head's paper."""

    answer_on = serializers.DateField()
    reason = WordsField(max_length=400)


class JointSaidSerializer(PaperMixin, StrictSerializer):
    """`by_date` with `will_do`, `basis` with `not_ours`, `words` with `needs`."""

    answer = serializers.ChoiceField(JointAnswerKind.choices())
    said_by = WordsField(max_length=100, help_text="Who in the department said it")
    said_on = serializers.DateField()
    by_date = serializers.DateField(required=False, allow_null=True, default=None)
    basis = WordsField(max_length=200, default="", allow_blank=True)
    words = WordsField(max_length=600, default="", allow_blank=True)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        paper = said.pop("paper")
        return {"said": Said(**said), "paper": paper}


class JointSupplySerializer(StrictSerializer):
    words = WordsField(max_length=600)
    answer_on = serializers.DateField()


class JointReasonSerializer(StrictSerializer):
    reason = WordsField(max_length=400)
