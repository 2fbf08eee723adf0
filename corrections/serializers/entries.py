from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from corrections.entry import APPROVED, EntryTold, holds
from corrections.models import EntryNotice, EntryPermission
from corrections.serializers.people import Day
from corrections.serializers.steps import Stepped
from edge.serializers import OwnIdSerializer, StrictSerializer
from kernel.clock import local_day


class EntryNoticeRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = EntryNotice
        fields = ["recipient", "told_on", "document_no", "recorded_by", "recorded_at"]


class EntryPermissionRow(Stepped):
    """A permission without place and reason: those by `reveal`. `holds` says whether it covers today."""

    notices = EntryNoticeRow(many=True, read_only=True)
    holds = serializers.SerializerMethodField()

    class Meta:
        model = EntryPermission
        fields = [
            "id", "subject", "limit", "state", "applied_on", "first_day", "last_day", "holds", "decided_on",
            "decided_by", "document_no", "tell_by", "entered_by", "entered_at", "notices", "steps",
        ]  # fmt: skip

    @extend_schema_field(serializers.BooleanField())
    def get_holds(self, row: EntryPermission) -> bool:
        today = local_day(self.context["now"])
        return row.state == APPROVED and holds(row.first_day, row.last_day, today)


class EntryRequest(OwnIdSerializer):
    subject = serializers.UUIDField(source="subject_id")
    limit = serializers.UUIDField(source="limit_id")
    place = serializers.CharField(max_length=300)
    reason = serializers.CharField(max_length=2000)
    first_day = Day()
    last_day = Day()
    applied_on = Day()


class EntryApproveRequest(StrictSerializer):
    decided_on = Day()
    document_no = serializers.CharField(max_length=80)


class EntryRefuseRequest(StrictSerializer):
    decided_on = Day()
    text = serializers.CharField(max_length=2000)


class EntryRevokeRequest(StrictSerializer):
    text = serializers.CharField(max_length=2000)


class EntryTellRequest(StrictSerializer):
    recipient = serializers.ChoiceField(EntryTold.choices())
    told_on = Day()
    document_no = serializers.CharField(max_length=80)


class EntryClear(serializers.Serializer[Any]):
    place = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
