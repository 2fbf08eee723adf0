from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from corrections.assessment import Advice, AskedBy, Heard, ReturnWhy
from corrections.models import Assessment, AssessmentVisit
from corrections.serializers.people import Day
from corrections.serializers.steps import Stepped
from edge.serializers import NameField, StrictSerializer
from kernel.deadlines import ran_out

LONG = 8000


class AssessmentVisitRow(serializers.ModelSerializer[Any]):
    """A visit without its note."""

    class Meta:
        model = AssessmentVisit
        fields = ["made_on", "visitors", "heard", "recorded_by", "recorded_at"]


class AssessmentRow(Stepped):
    """An assessment without a name or a word of the opinion: those by `reveal`."""

    visits = AssessmentVisitRow(many=True, read_only=True)
    overdue = serializers.SerializerMethodField(help_text="The working days are over and it was not sent")

    class Meta:
        model = Assessment
        fields = [
            "id", "agency", "station", "state", "asked_by", "organ", "document_no", "received_on",
            "fast_track", "due_on", "provisional", "overdue", "advice", "drafted_by", "signed_by",
            "signed_on", "sent_on", "sent_document", "copied_on", "returned_why", "entered_by", "entered_at",
            "visits", "steps",
        ]  # fmt: skip

    @extend_schema_field(serializers.BooleanField())
    def get_overdue(self, row: Assessment) -> bool:
        return row.closed_at is None and ran_out(row.due_at, self.context["now"])


class AssessmentRequest(StrictSerializer):
    asked_by = serializers.ChoiceField(AskedBy.choices())
    organ = serializers.CharField(max_length=150)
    document_no = serializers.CharField(max_length=80)
    received_on = Day()
    fast_track = serializers.BooleanField(default=False)
    person_name = NameField(max_length=100)
    id_number = serializers.CharField(max_length=30, required=False)
    reach = serializers.CharField(max_length=300, required=False)


class AssessmentAssignRequest(StrictSerializer):
    station = serializers.UUIDField(source="station_id")


class AssessmentVisitRequest(StrictSerializer):
    """`visitors`: officers of the station or the agency."""

    visitors = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=6)
    made_on = Day()
    heard = serializers.ChoiceField(Heard.choices())
    note = serializers.CharField(max_length=2000)


class AssessmentDraftRequest(StrictSerializer):
    advice = serializers.ChoiceField(Advice.choices())
    opinion = serializers.CharField(max_length=LONG)


class SendBackRequest(StrictSerializer):
    text = serializers.CharField(max_length=1000)


class SignRequest(StrictSerializer):
    signed_on = Day()


class SendRequest(StrictSerializer):
    """`copied_on`: the day on which the procuratorate got its copy."""

    sent_on = Day()
    document_no = serializers.CharField(max_length=80)
    copied_on = Day(required=False)


class ReturnRequest(StrictSerializer):
    why = serializers.ChoiceField(ReturnWhy.choices())
    text = serializers.CharField(max_length=1000, required=False)


class AssessmentWithdrawRequest(StrictSerializer):
    document_no = serializers.CharField(max_length=80)


class AssessmentInClear(serializers.Serializer[Any]):
    person_name = serializers.CharField(allow_null=True)
    id_number = serializers.CharField(allow_null=True)
    reach = serializers.CharField(allow_null=True)
    opinion = serializers.CharField(allow_null=True)
    visit_notes = serializers.ListField(child=serializers.CharField())
