from typing import Any

from rest_framework import serializers

from corrections.decisions import GuardianPart
from corrections.models import DeviceFault, Finding, NeedReview, PositioningOrder, PositioningProof
from corrections.positioning import (
    FaultKind,
    FindingKind,
    LiftReason,
    PositioningGround,
    SuspendReason,
    standing,
)
from corrections.serializers.decisions import LONG
from corrections.serializers.people import Day
from corrections.serializers.steps import Stepped
from edge.serializers import OwnIdSerializer, StrictSerializer
from kernel.codes.law import CoordinateSystem
from kernel.codes.purposes import Purpose

POINTS_MOST = 1000


class FindingRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = Finding
        fields = ["id", "subject", "kind", "state", "happened_on", "found_by", "found_at"]


class FindingClear(serializers.Serializer[Any]):
    facts = serializers.CharField(allow_null=True)
    evidence = serializers.CharField(allow_null=True)


class FindingRequest(OwnIdSerializer):
    subject = serializers.UUIDField()
    kind = serializers.ChoiceField(FindingKind.choices())
    happened_on = Day()
    facts = serializers.CharField(max_length=LONG)
    evidence = serializers.CharField(max_length=LONG)


class ProofRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = PositioningProof
        fields = ["kind", "finding", "decision", "fell_at"]


class NeedRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = NeedReview
        fields = ["asked_at", "needed", "answered_by", "answered_at"]


class FaultRow(serializers.ModelSerializer[Any]):
    """A fault of the device, never of the person."""

    class Meta:
        model = DeviceFault
        fields = ["kind", "since", "entered_by", "entered_at"]


class PositioningRow(Stepped):
    """`state` is what was written down last, `standing` where the order stands now. No point stands here."""

    standing = serializers.SerializerMethodField()
    proofs = ProofRow(many=True, read_only=True)

    class Meta:
        model = PositioningOrder
        fields = [
            "id", "subject", "ground", "state", "standing", "of_minor", "extends", "applied_by", "applied_at",
            "approved_by", "approved_on", "ends_on", "ends_at", "execute_due_at", "told_on", "told_by",
            "told_guardian", "device_no", "fitted_at", "suspended_for", "review_due_at", "ask_at",
            "lift_reason", "over_at", "refused_points", "proofs", "steps"
        ]  # fmt: skip

    def get_standing(self, row: PositioningOrder) -> str:
        return standing(row, self.context["now"])


class PositioningDetail(PositioningRow):
    needs = NeedRow(many=True, read_only=True)
    faults = FaultRow(many=True, read_only=True)

    class Meta(PositioningRow.Meta):
        fields = [*PositioningRow.Meta.fields, "needs", "faults"]


class ApplyRequest(StrictSerializer):
    """The ground, and the ids of the records that prove it: findings, decisions."""

    subject = serializers.UUIDField()
    ground = serializers.ChoiceField(PositioningGround.choices())
    assessment = serializers.CharField(max_length=LONG)
    findings = serializers.ListField(child=serializers.UUIDField(), max_length=10, default=list)
    decisions = serializers.ListField(child=serializers.UUIDField(), max_length=10, default=list)
    extends = serializers.UUIDField(required=False)


class ApproveRequest(StrictSerializer):
    ends_on = Day()


class TellRequest(StrictSerializer):
    told_on = Day()
    guardian = serializers.ChoiceField(GuardianPart.choices(), required=False)


class FitRequest(StrictSerializer):
    device_no = serializers.CharField(max_length=60)


class SuspendRequest(StrictSerializer):
    why = serializers.ChoiceField(SuspendReason.choices())
    reason = serializers.CharField(max_length=1000, required=False)


class UpholdRequest(StrictSerializer):
    findings = serializers.ListField(child=serializers.UUIDField(), max_length=10, default=list)
    decisions = serializers.ListField(child=serializers.UUIDField(), max_length=10, default=list)
    reason = serializers.CharField(max_length=1000)


class LiftRequest(StrictSerializer):
    why = serializers.ChoiceField(LiftReason.choices())
    reason = serializers.CharField(max_length=1000)


class NeedRequest(StrictSerializer):
    needed = serializers.BooleanField()
    reason = serializers.CharField(max_length=1000)


class FaultRequest(StrictSerializer):
    kind = serializers.ChoiceField(FaultKind.choices())
    since = serializers.DateTimeField()


class DevicePointRequest(StrictSerializer):
    fix_at = serializers.DateTimeField()
    lon_e7 = serializers.IntegerField(min_value=730_000_000, max_value=1_360_000_000)
    lat_e7 = serializers.IntegerField(min_value=30_000_000, max_value=540_000_000)
    crs = serializers.ChoiceField(CoordinateSystem.choices())
    accuracy_cm = serializers.IntegerField(min_value=0, max_value=1_000_000_000, required=False)


class PointsRequest(StrictSerializer):
    device_no = serializers.CharField(max_length=60)
    points = serializers.ListField(child=DevicePointRequest(), max_length=POINTS_MOST)


class PointsKept(serializers.Serializer[Any]):
    kept = serializers.IntegerField()
    refused = serializers.IntegerField(help_text="Outside of the order; nothing of them is kept")


class TrackRequest(StrictSerializer):
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    purpose = serializers.ChoiceField(Purpose.choices())
    reason = serializers.CharField(max_length=200)


class TrackPoint(serializers.Serializer[Any]):
    fix_at = serializers.DateTimeField()
    lon_e7 = serializers.IntegerField()
    lat_e7 = serializers.IntegerField()
    crs = serializers.CharField()
    accuracy_cm = serializers.IntegerField(allow_null=True)


class Track(serializers.Serializer[Any]):
    points = TrackPoint(many=True)


class AssessmentClear(serializers.Serializer[Any]):
    assessment = serializers.CharField(allow_null=True)
