from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from corrections.clocks import OrganClock, order_clocks, reception_gaps
from corrections.entry import APPROVED, holds
from corrections.models import EndConfirmation, FileItem, Limit, Order, Reception, ReceptionCheck
from corrections.reception_codes import (
    Acknowledged,
    CheckItem,
    EndOccasion,
    FileKind,
    ItemKind,
    LimitKind,
    ReceptionPlace,
)
from corrections.serializers.people import Day
from edge.conf import setting
from edge.serializers import NameField, OwnIdSerializer, StrictSerializer
from kernel.clock import local_day


class CheckRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = ReceptionCheck
        fields = ["item", "done_on", "checked_by", "checked_at"]


class OrganClockRow(serializers.Serializer[Any]):
    """One clock: `late_days` are of whoever owes it, and the organ's are never the person's."""

    key = serializers.ChoiceField(["notice", "service", "report_in", "receipt"])
    owed_by = serializers.ChoiceField(["organ", "person", "agency"])
    due_on = serializers.DateField()
    done_on = serializers.DateField(allow_null=True)
    late_days = serializers.IntegerField()


class OrderClocksRow(serializers.Serializer[Any]):
    order = serializers.UUIDField()
    clocks = OrganClockRow(many=True)


class ReceptionRow(serializers.ModelSerializer[Any]):
    checks = CheckRow(many=True, read_only=True)
    missing = serializers.SerializerMethodField(help_text="Items of the five that are not there yet")
    clocks = serializers.SerializerMethodField()

    class Meta:
        model = Reception
        fields = [
            "id", "subject", "place", "reported_in_on", "announced_on", "acknowledged", "guardian_present",
            "completed_on", "opened_by", "opened_at", "checks", "missing", "clocks",
        ]  # fmt: skip

    def get_missing(self, row: Reception) -> list[str]:
        return reception_gaps({check.item for check in row.checks.all()})

    @extend_schema_field(OrderClocksRow(many=True))
    def get_clocks(self, row: Reception) -> Any:
        orders = row.subject.orders.all()
        return [
            OrderClocksRow({"order": order.id, "clocks": self._clocks(row, order)}).data for order in orders
        ]

    def _clocks(self, row: Reception, order: Order) -> list[OrganClock]:
        report_in = order.report_in_due_on, order.report_in_owed_by, row.reported_in_on
        dates = {date.kind: date.on for date in order.dates.all()}
        return order_clocks(
            order.effective_on, report_in, dates, local_day(self.context["now"]), setting("RECEIPT_DAYS")
        )


class ReceptionRequest(StrictSerializer):
    subject = serializers.UUIDField(source="subject_id")
    place = serializers.ChoiceField(ReceptionPlace.choices())
    reported_in_on = Day(required=False)


class ReportInRequest(StrictSerializer):
    on = Day()


class CheckRequest(StrictSerializer):
    item = serializers.ChoiceField([item for item in CheckItem.values() if item != CheckItem.ANNOUNCEMENT])
    done_on = Day()


class AnnounceRequest(StrictSerializer):
    announced_on = Day()
    acknowledged = serializers.ChoiceField(Acknowledged.choices())
    witness = NameField(max_length=100, required=False)
    guardian_present = serializers.BooleanField(default=False)


class EndConfirmationRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = EndConfirmation
        fields = ["id", "subject", "ends_on", "occasion", "officer", "confirmed_at"]


class EndConfirmationRequest(StrictSerializer):
    """`ends_on` as the officer read it from the papers; it has to be the one that was computed."""

    subject = serializers.UUIDField(source="subject_id")
    ends_on = Day()
    occasion = serializers.ChoiceField(EndOccasion.choices())


class FileItemRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = FileItem
        fields = [
            "id", "subject", "file", "number", "kind", "dated_on", "pages", "original_at", "entered_by",
            "entered_at",
        ]  # fmt: skip


class FileItemRequest(OwnIdSerializer):
    subject = serializers.UUIDField(source="subject_id")
    file = serializers.ChoiceField(FileKind.choices())
    kind = serializers.ChoiceField(ItemKind.choices())
    title = serializers.CharField(max_length=200)
    dated_on = Day()
    pages = serializers.IntegerField(min_value=1, max_value=1000, default=1)
    original_at = serializers.CharField(max_length=100, required=False)


class FileItemClear(serializers.Serializer[Any]):
    title = serializers.CharField(allow_null=True)


class LimitRow(serializers.ModelSerializer[Any]):
    """`entry_today`: a permission to enter covers today (CCM-39), so a visit there is no breach."""

    entry_today = serializers.SerializerMethodField()

    @extend_schema_field(serializers.BooleanField())
    def get_entry_today(self, row: Limit) -> bool:
        today = local_day(self.context["now"])
        approved = [entry for entry in row.entries.all() if entry.state == APPROVED]
        return any(holds(entry.first_day, entry.last_day, today) for entry in approved)

    class Meta:
        model = Limit
        fields = [
            "id", "subject", "order", "kind", "document_no", "valid_from", "valid_to", "recorded_by",
            "recorded_at", "lifted_on", "entry_today",
        ]  # fmt: skip


class LimitRequest(StrictSerializer):
    subject = serializers.UUIDField(source="subject_id")
    order = serializers.UUIDField(source="order_id", required=False)
    kind = serializers.ChoiceField(LimitKind.choices())
    text = serializers.CharField(max_length=2000)
    document_no = serializers.CharField(max_length=80)
    valid_from = Day()
    valid_to = Day()


class LimitClear(serializers.Serializer[Any]):
    text = serializers.CharField(allow_null=True)
