from typing import Any

from rest_framework import serializers

from corrections.clocks import late_days
from corrections.medical import DUE, HANDED_IN, MedicalExcuse
from corrections.models import MedicalReport, ReportLengthening
from corrections.serializers.decisions import LONG
from corrections.serializers.people import Day
from corrections.serializers.steps import Stepped
from edge.serializers import StrictSerializer
from kernel import clock
from kernel.deadlines import ran_out


class MedicalRow(serializers.ModelSerializer[Any]):
    """`overdue` and `late_days` are shown and nothing more; an excused report is never late."""

    overdue = serializers.SerializerMethodField()
    late_days = serializers.SerializerMethodField(help_text="By the day it came, whenever it was entered")

    class Meta:
        model = MedicalReport
        fields = [
            "id", "subject", "kind", "nth", "state", "regular_on", "due_on", "due_at", "overdue",
            "late_days", "excuse", "dated_on", "handed_on", "original_at", "taken_by", "taken_at",
            "created_at",
        ]  # fmt: skip

    def get_overdue(self, row: MedicalReport) -> bool:
        return row.state == DUE and ran_out(row.due_at, self.context["now"])

    def get_late_days(self, row: MedicalReport) -> int:
        if row.state not in {DUE, HANDED_IN}:
            return 0
        return late_days(row.due_on, row.handed_on, clock.local_day(self.context["now"]))


class HandInRequest(StrictSerializer):
    """A review names its hospital. `handed_on` is the day it came, also when it is entered later."""

    handed_on = Day()
    dated_on = Day()
    original_at = serializers.CharField(max_length=100)
    hospital = serializers.CharField(max_length=150, required=False)
    finding = serializers.CharField(max_length=LONG, required=False)


class MedicalExcuseRequest(StrictSerializer):
    code = serializers.ChoiceField(MedicalExcuse.choices())
    text = serializers.CharField(max_length=1000, required=False)


class MedicalClear(serializers.Serializer[Any]):
    hospital = serializers.CharField(allow_null=True)
    finding = serializers.CharField(allow_null=True)


class LengtheningRow(Stepped):
    """`level` says who decides; city and province stand outside and are recorded by their document."""

    class Meta:
        model = ReportLengthening
        fields = [
            "id", "subject", "report", "state", "level", "until", "proposed_by", "proposed_at",
            "document_no", "decided_on", "recorded_by", "granted_by", "granted_at", "told_on", "steps"
        ]  # fmt: skip


class LengtheningRequest(StrictSerializer):
    report = serializers.UUIDField(source="report_id")
    until = Day()
    reason = serializers.CharField(max_length=2000)


class HigherDecisionRequest(StrictSerializer):
    document_no = serializers.CharField(max_length=80)
    decided_on = Day()


class ToldOnRequest(StrictSerializer):
    told_on = Day()


class LengtheningClear(serializers.Serializer[Any]):
    reason = serializers.CharField(allow_null=True)
