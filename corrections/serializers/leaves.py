from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from corrections.leave import applied_late
from corrections.leave_codes import LeaveReason, LeaveRefusal, ReturnJudgement
from corrections.models import Delegation, Leave, LeaveDecision, LeaveNotice, Permit
from corrections.serializers.people import Day
from corrections.serializers.steps import Stepped
from corrections.services.leave.routing import working_of, working_told
from edge.conf import setting
from edge.serializers import StrictSerializer

COUNTY = r"^[0-9]{6}\Z"


class LeaveRow(serializers.ModelSerializer[Any]):
    """A leave without a word in clear: reason, destination and texts by `reveal`."""

    applied_late = serializers.SerializerMethodField(help_text="Later than usual; never a reason to refuse")

    class Meta:
        model = Leave
        fields = [
            "id", "subject", "state", "reason", "destination_code", "applied_on", "applied_late", "first_day",
            "last_day", "emergency", "used_from", "used_to", "return_judgement", "created_by", "created_at",
        ]  # fmt: skip

    def get_applied_late(self, row: Leave) -> bool:
        return not row.emergency and applied_late(row.applied_on, row.first_day, setting("LEAVE_AHEAD_DAYS"))


class CountedRow(serializers.Serializer[Any]):
    leave = serializers.UUIDField()
    basis = serializers.ChoiceField(["used", "approved", "this"])
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    counted_from = serializers.DateField()
    counted_to = serializers.DateField()
    days = serializers.IntegerField()


class LimitsRow(serializers.Serializer[Any]):
    station_days = serializers.IntegerField()
    agency_days = serializers.IntegerField()
    sum_days = serializers.IntegerField()
    sum_months = serializers.IntegerField()


class WorkingRow(serializers.Serializer[Any]):
    """How it was found who decides: every day that was counted, the window, the limits, the reasons."""

    level = serializers.CharField(help_text="station, agency or city")
    days = serializers.IntegerField(help_text="Of this leave, both ends counted")
    sum_days = serializers.IntegerField(help_text="Of all leaves in the window, this one included")
    window_from = serializers.DateField()
    window_to = serializers.DateField()
    limits = LimitsRow()
    reasons = serializers.ListField(child=serializers.CharField())
    law = serializers.ListField(child=serializers.CharField())
    lines = CountedRow(many=True)


class LeaveDecisionRow(serializers.ModelSerializer[Any]):
    working = serializers.SerializerMethodField()

    class Meta:
        model = LeaveDecision
        fields = [
            "id", "kind", "level", "decided_on", "first_day", "last_day", "working", "delegation", "reason",
            "document_no", "scan_sha256", "original_at", "recorded_by", "role", "recorded_at", "confirmed_by",
            "confirmed_at",
        ]  # fmt: skip

    @extend_schema_field(WorkingRow)
    def get_working(self, row: LeaveDecision) -> Any:
        return row.working


class LeaveNoticeRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = LeaveNotice
        fields = ["id", "kind", "due_on", "done_on", "document_no", "dropped", "recorded_by", "recorded_at"]


class LeaveDetail(LeaveRow, Stepped):
    working = serializers.SerializerMethodField(help_text="As of now; each decision keeps its own")
    decisions = LeaveDecisionRow(many=True, read_only=True)
    notices = LeaveNoticeRow(many=True, read_only=True)

    class Meta(LeaveRow.Meta):
        fields = [*LeaveRow.Meta.fields, "working", "steps", "decisions", "notices"]

    @extend_schema_field(WorkingRow)
    def get_working(self, row: Leave) -> Any:
        return working_told(working_of(row))


class LeaveClear(serializers.Serializer[Any]):
    destination = serializers.CharField(allow_null=True)
    reason_text = serializers.CharField(allow_null=True)
    proof = serializers.CharField(allow_null=True)
    step_texts = serializers.ListField(child=serializers.CharField(allow_null=True))
    decision_texts = serializers.ListField(child=serializers.CharField(allow_null=True))
    notice_notes = serializers.ListField(child=serializers.CharField(allow_null=True))


class LeaveRequest(StrictSerializer):
    """What the person asks for, in writing or (`emergency`) by telephone."""

    subject = serializers.UUIDField(source="subject_id")
    reason = serializers.ChoiceField(LeaveReason.choices())
    reason_text = serializers.CharField(max_length=2000, required=False)
    proof = serializers.CharField(max_length=2000, required=False, help_text="Which papers came with it")
    destination = serializers.CharField(max_length=200)
    destination_code = serializers.RegexField(COUNTY, help_text="Six digits: the county or district")
    first_day = Day()
    last_day = Day()
    applied_on = Day(required=False, help_text="The day on the paper; today unless said")


class TextRequest(StrictSerializer):
    text = serializers.CharField(max_length=2000)


class OptionalTextRequest(StrictSerializer):
    text = serializers.CharField(max_length=2000, required=False)


class VerifyRequest(StrictSerializer):
    text = serializers.CharField(max_length=2000, required=False, help_text="What was found")


class LeaveApproveRequest(StrictSerializer):
    decided_on = Day(required=False, help_text="The day on the paper; today unless said")
    ask_destination = serializers.BooleanField(default=False)


class RefuseRequest(StrictSerializer):
    code = serializers.ChoiceField(LeaveRefusal.choices())
    text = serializers.CharField(max_length=2000)
    decided_on = Day(required=False)


class ForwardRequest(StrictSerializer):
    opinion = serializers.CharField(max_length=2000)


class ObjectionRequest(StrictSerializer):
    grant = serializers.BooleanField()
    text = serializers.CharField(max_length=2000)
    decided_on = Day(required=False)


class CityRequest(StrictSerializer):
    """The city's decision from its paper. `last_day` only for the extension of a leave that runs."""

    approved = serializers.BooleanField()
    decided_on = Day()
    document_no = serializers.CharField(max_length=80)
    scan_sha256 = serializers.RegexField(r"^[0-9a-f]{64}\Z")
    original_at = serializers.CharField(max_length=100)
    code = serializers.ChoiceField(LeaveRefusal.choices(), required=False)
    text = serializers.CharField(max_length=2000, required=False)
    last_day = Day(required=False)


class CloseRequest(StrictSerializer):
    returned_on = Day()
    left_on = Day(required=False)


class CloseLateRequest(CloseRequest):
    judgement = serializers.ChoiceField(ReturnJudgement.choices())
    text = serializers.CharField(max_length=2000)


class ExtendRequest(StrictSerializer):
    last_day = Day()
    text = serializers.CharField(max_length=2000)
    decided_on = Day(required=False)


class OrderBackRequest(StrictSerializer):
    back_by = Day()
    text = serializers.CharField(max_length=2000)


class LeaveNoticeRequest(StrictSerializer):
    notice = serializers.UUIDField(source="notice_id")
    done_on = Day()
    document_no = serializers.CharField(max_length=80, required=False)
    note = serializers.CharField(max_length=1000, required=False)


class PermitRow(Stepped):
    """`valid_to` is the first day on which it does not hold any more."""

    class Meta:
        model = Permit
        fields = [
            "id", "subject", "state", "reason", "destination_codes", "applied_on", "approved_on", "valid_to",
            "refusal", "decided_by", "created_by", "created_at", "steps",
        ]  # fmt: skip


class PermitClear(serializers.Serializer[Any]):
    details = serializers.CharField(allow_null=True)
    step_texts = serializers.ListField(child=serializers.CharField(allow_null=True))


class PermitRequest(StrictSerializer):
    """`details`: places, times, how often and why, as the application has them."""

    subject = serializers.UUIDField(source="subject_id")
    reason = serializers.ChoiceField(LeaveReason.choices())
    details = serializers.CharField(max_length=2000)
    destination_codes = serializers.ListField(
        child=serializers.RegexField(COUNTY), min_length=1, max_length=20
    )
    applied_on = Day(required=False)


class DecidedRequest(StrictSerializer):
    decided_on = Day(required=False)


class PermitRefuseRequest(StrictSerializer):
    code = serializers.ChoiceField(LeaveRefusal.choices())
    text = serializers.CharField(max_length=2000)


class DelegationRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = Delegation
        fields = [
            "id", "agency", "station", "document_no", "valid_from", "valid_to", "created_by", "created_at",
            "ended_by",
        ]  # fmt: skip


class DelegationRequest(StrictSerializer):
    """`valid_to` is the first day outside."""

    station = serializers.UUIDField(source="station_id")
    document_no = serializers.CharField(max_length=80)
    valid_from = Day()
    valid_to = Day()
