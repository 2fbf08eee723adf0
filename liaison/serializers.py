"""Bodies of reports. What the police are shown is made of the sheet's own fields and of nothing else."""

from datetime import date, datetime, timedelta
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from edge.serializers import NameField, OwnIdSerializer, StrictModelSerializer, StrictSerializer, WordsField
from kernel import clock
from kernel.codes.purposes import Purpose
from liaison.grounds import ACTS, Answer, Ground, NotTold, Way
from liaison.machine import LIAISON, ReportState
from liaison.models import Report, ReportTransition, Sheet

SAID_TO_POLICE = ("question", "reply", "correct", "no_basis")
AT_RISK_MAX = 1000
REASON_MAX = 400
FIRST_YEAR, AFTER_YEAR = 2000, 2200
AHEAD = timedelta(minutes=5)


class Past(serializers.DateTimeField):
    """An instant of this century that is not ahead of us by more than a clock may be off."""

    def to_internal_value(self, value: Any) -> datetime:
        at: datetime = super().to_internal_value(value)
        if at.year < FIRST_YEAR or at > clock.now() + AHEAD:
            raise serializers.ValidationError("not between 2000 and now")
        return at


class Day(serializers.DateField):
    """A day that a report can have to do with."""

    def to_internal_value(self, value: Any) -> date:
        day: date = super().to_internal_value(value)
        if not FIRST_YEAR <= day.year < AFTER_YEAR:
            raise serializers.ValidationError("not between 2000 and 2199")
        return day


class FactsSerializer(OwnIdSerializer):
    """What was observed: acts of the closed list, when, how many are at risk, and at most one name."""

    ground = serializers.ChoiceField(Ground.choices())
    acts = serializers.ListField(child=serializers.ChoiceField(ACTS), min_length=1, max_length=len(ACTS))
    observed_at = Past()
    persons_at_risk = serializers.IntegerField(min_value=0, max_value=AT_RISK_MAX, required=False)
    person = NameField(max_length=100, required=False)
    way = serializers.ChoiceField(Way.choices(), required=False)


class ReportBodySerializer(FactsSerializer):
    """A report on what somebody saw; one that rests on a dispute or a file is made there."""

    area = serializers.UUIDField()
    grid = serializers.UUIDField(required=False)
    no_place_reason = WordsField(max_length=100, required=False)


class ReportStepSerializer(StrictModelSerializer):
    """One step: what, by which role, when, and the words that went with it."""

    class Meta:
        model = ReportTransition
        fields = ("event", "from_state", "to_state", "role", "reason", "at")
        read_only_fields = fields


class SheetSerializer(StrictModelSerializer):
    fields_ = serializers.ListField(source="fields", child=serializers.CharField(), read_only=True)

    class Meta:
        model = Sheet
        fields = ("id", "recipient", "organisation", "fields_", "sent_at", "forwarded_at")
        read_only_fields = fields


class ReportSerializer(StrictModelSerializer):
    """公安联络报告 as its author and its desk see it. The name is read for a purpose, by `person`."""

    state_text = serializers.SerializerMethodField()
    has_person = serializers.SerializerMethodField()
    review_owed = serializers.SerializerMethodField()
    sheets = SheetSerializer(many=True, read_only=True)
    steps = ReportStepSerializer(many=True, read_only=True)

    class Meta:
        model = Report
        fields = (
            "id", "ground", "state", "state_text", "source_kind", "source_id", "area", "grid",
            "no_place_reason", "acts", "observed_at", "persons_at_risk", "has_person", "author",
            "author_role", "desk", "reporter_masked", "rule", "way", "second_due_at", "second_step",
            "second_pending", "appealed_at", "decide_due_at", "sent_at", "receipt_due_at", "call_owed_at",
            "received_at",
            "review_on", "review_due_at", "reviewed_at", "review_owed", "answer", "answered_at", "told_on",
            "not_told", "look_again_on", "created_at", "sheets", "steps",
        )  # fmt: skip
        read_only_fields = fields

    def get_state_text(self, report: Report) -> str:
        return ReportState(report.state).zh

    def get_has_person(self, report: Report) -> bool:
        return report.person is not None

    def get_review_owed(self, report: Report) -> bool:
        return report.review_due_at is not None and report.reviewed_at is None


class ReportPlaceSerializer(serializers.Serializer[Any]):
    area = serializers.CharField(allow_blank=True)
    grid = serializers.CharField(allow_blank=True)
    no_place_reason = serializers.CharField(allow_blank=True)


class ReportContactSerializer(serializers.Serializer[Any]):
    office = serializers.CharField()
    phone = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)


class ReceivedSerializer(serializers.Serializer[Any]):
    """A report as the station has it: the fields of its sheet, its own answers, and what was asked or
    corrected."""

    id = serializers.UUIDField(source="pk")
    ground = serializers.ChoiceField(Ground.choices())
    state = serializers.ChoiceField(ReportState.choices())
    acts = serializers.ListField(child=serializers.CharField())
    observed_at = serializers.DateTimeField()
    persons_at_risk = serializers.IntegerField(allow_null=True)
    has_person = serializers.SerializerMethodField()
    place = serializers.SerializerMethodField()
    contact = serializers.SerializerMethodField()
    second_pending = serializers.BooleanField()
    sent_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.ChoiceField(["", *Answer.choices()], allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    steps = serializers.SerializerMethodField()

    def get_has_person(self, report: Report) -> bool:
        return report.person is not None

    @extend_schema_field(ReportPlaceSerializer)
    def get_place(self, report: Report) -> dict[str, str]:
        grid = report.grid
        return {
            "area": report.area.name,
            "grid": grid.name if grid else "",
            "no_place_reason": report.no_place_reason,
        }

    @extend_schema_field(ReportContactSerializer)
    def get_contact(self, report: Report) -> dict[str, str]:
        """The office; the reporter's name only where the ground does not mask it."""
        desk, author = report.desk, report.author
        named = author.name if author and not report.reporter_masked else ""
        return {
            "office": desk.name if desk else "",
            "phone": desk.phone if desk else "",
            "name": named,
        }

    @extend_schema_field(ReportStepSerializer(many=True))
    def get_steps(self, report: Report) -> list[Any]:
        said = [step for step in report.steps.all() if step.event in SAID_TO_POLICE]
        told = [dict(step) for step in ReportStepSerializer(said, many=True).data]
        for step in told:
            if report.reporter_masked and step["role"] not in LIAISON:
                step["role"] = ""
        return told


class ReportReasonSerializer(StrictSerializer):
    reason = WordsField(max_length=REASON_MAX)


class ReportWaySerializer(StrictSerializer):
    """How it went, where it is another way than was meant."""

    way = serializers.ChoiceField(Way.choices(), required=False)


class UrgentSerializer(ReportWaySerializer):
    """PS-5 alone needs to say why it cannot wait."""

    reason = WordsField(max_length=REASON_MAX, required=False)


class ForwardSerializer(StrictSerializer):
    organisation_id = serializers.UUIDField()


class CallSerializer(StrictSerializer):
    called_at = Past()
    reached = serializers.BooleanField()


class AnswerSerializer(StrictSerializer):
    answer = serializers.ChoiceField(Answer.choices())


class CorrectSerializer(ReportReasonSerializer):
    acts = serializers.ListField(
        child=serializers.ChoiceField(ACTS), min_length=1, max_length=len(ACTS), required=False
    )
    persons_at_risk = serializers.IntegerField(min_value=0, max_value=AT_RISK_MAX, required=False)


class ReportToldSerializer(StrictSerializer):
    """Told on a day; or why not yet, and the day to look again."""

    told_on = Day(required=False)
    not_told = serializers.ChoiceField(NotTold.choices(), required=False)
    look_again_on = Day(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "told_on" in attrs and len(attrs) > 1:
            raise serializers.ValidationError({"told_on": ["told, or not yet"]})
        return attrs


class ReportPurposeSerializer(StrictSerializer):
    purpose = serializers.ChoiceField(Purpose.choices())
    reason = WordsField(max_length=200)


class ReportNameSerializer(serializers.Serializer[Any]):
    person = serializers.CharField(allow_null=True)


class MonthRowSerializer(serializers.Serializer[Any]):
    """Ground, dates, outcome; neither a place nor a person nor an id."""

    ground = serializers.ChoiceField(Ground.choices())
    proposed_on = serializers.DateField()
    sent_on = serializers.DateField(allow_null=True)
    second_pending = serializers.BooleanField()
    reviewed_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(ReportState.choices())
    answer = serializers.CharField(allow_blank=True)
    told_on = serializers.DateField(allow_null=True)
    not_told = serializers.CharField(allow_blank=True)


class MonthSerializer(serializers.Serializer[Any]):
    month = serializers.CharField()
    rows = MonthRowSerializer(many=True)
