from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from corrections.codes import Education, HelpMeasure, MemberKind, Period, PlaceBasis, Sex, TermReason
from corrections.models import (
    ExecutionPlace,
    Group,
    Member,
    Order,
    OrderDate,
    OrderTerm,
    Plan,
    PlanLine,
    Subject,
)
from corrections.reception_codes import MemberDuty, OrderDateKind
from corrections.reports import report_form
from edge.serializers import NameField, StrictSerializer
from kernel.codes.law import ContactForm, CorrectionCategory, TemporaryOutsideGround
from kernel.codes.purposes import Purpose

DAYS_MAX = 10_000
FIRST_YEAR, AFTER_YEAR = 1900, 2200


@extend_schema_field({"type": "string", "format": "date", "pattern": "^(19|20|21)[0-9]{2}-"})
class Day(serializers.DateField):
    """A date that a calendar of people can hold: 1900 to 2199."""

    def to_internal_value(self, value: Any) -> date:
        day: date = super().to_internal_value(value)
        if not FIRST_YEAR <= day.year < AFTER_YEAR:
            raise serializers.ValidationError("not between 1900 and 2199")
        return day


class ReadRequest(StrictSerializer):
    """Why a sensitive part is read; both stand in the read log."""

    purpose = serializers.ChoiceField(Purpose.choices())
    reason = serializers.CharField(max_length=200)


class FindRequest(ReadRequest):
    """The number on the card, as it was read there."""

    id_number = serializers.RegexField(r"^[0-9]{17}[0-9X]\Z")


class PlaceRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = ExecutionPlace
        fields = ["area", "unit", "basis", "valid_from", "valid_to"]


class SubjectRow(serializers.ModelSerializer[Any]):
    """A person without a value in clear: `short_name` is the first character of the name."""

    short_name = serializers.SerializerMethodField()
    categories = serializers.SerializerMethodField(help_text="C-1 矫正类别 of the orders")
    places = PlaceRow(many=True, read_only=True)

    class Meta:
        model = Subject
        fields = [
            "id", "short_name", "sex", "minors_rules", "station", "agency", "officer", "received_on",
            "ends_on", "state", "categories", "places",
        ]  # fmt: skip

    def get_short_name(self, row: Subject) -> str:
        return str(self.context["short_names"].get(row.pk, ""))

    def get_categories(self, row: Subject) -> list[str]:
        return sorted({order.category for order in row.orders.all()})


class PersonClear(serializers.Serializer[Any]):
    name = serializers.CharField(allow_null=True)
    id_number = serializers.CharField(allow_null=True)
    phone = serializers.CharField(allow_null=True)
    address = serializers.CharField(allow_null=True)
    born_on = serializers.DateField(allow_null=True)
    guardian_name = serializers.CharField(allow_null=True)
    guardian_phone = serializers.CharField(allow_null=True)


class PersonRequest(StrictSerializer):
    name = NameField(max_length=100)
    born_on = Day()
    sex = serializers.ChoiceField(Sex.choices())
    id_number = serializers.RegexField(r"^[0-9]{17}[0-9X]\Z", required=False)
    phone = serializers.CharField(max_length=40, required=False)
    address = serializers.CharField(max_length=200, required=False)
    guardian_name = NameField(max_length=100, required=False)
    guardian_phone = serializers.CharField(max_length=40, required=False)


class SubjectRequest(StrictSerializer):
    """`station` and `officer` only where an agency registers; an officer of a station registers for the
    own.
    """

    person = PersonRequest()
    execution_area = serializers.UUIDField(help_text="The community of execution")
    basis = serializers.ChoiceField(PlaceBasis.choices())
    received_on = Day()
    station = serializers.UUIDField(source="station_id", required=False)
    officer = serializers.UUIDField(source="officer_id", required=False)


class PlaceRequest(StrictSerializer):
    """`station` and `officer` where the agency gives the person to another station."""

    execution_area = serializers.UUIDField(help_text="The community of execution")
    basis = serializers.ChoiceField(PlaceBasis.choices())
    on = Day()
    station = serializers.UUIDField(source="station_id", required=False)
    officer = serializers.UUIDField(source="officer_id", required=False)


class TermRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = OrderTerm
        fields = [
            "id", "reason", "document_no", "starts_on", "months", "days", "custody_days", "stated_end",
            "ends_on", "recorded_by", "recorded_at", "confirmed_by", "confirmed_at",
        ]  # fmt: skip


class OrderDateRow(serializers.ModelSerializer[Any]):
    """A day as a paper has it. Of several of a kind the last one holds."""

    class Meta:
        model = OrderDate
        fields = ["kind", "on", "document_no", "recorded_by", "recorded_at"]


class OrderDateRequest(StrictSerializer):
    kind = serializers.ChoiceField(OrderDateKind.choices())
    on = Day()
    document_no = serializers.CharField(max_length=80, required=False)


class OrderRow(serializers.ModelSerializer[Any]):
    terms = TermRow(many=True, read_only=True)
    dates = OrderDateRow(many=True, read_only=True)

    class Meta:
        model = Order
        fields = [
            "id", "subject", "category", "ground", "document_no", "organ", "effective_on",
            "report_in_due_on", "report_in_owed_by", "created_at", "dates", "terms",
        ]  # fmt: skip


class LengthRequest(StrictSerializer):
    """Months and days from the document, days of custody to be credited, or the last day where it states
    one.
    """

    starts_on = Day()
    months = serializers.IntegerField(min_value=0, max_value=600, default=0)
    days = serializers.IntegerField(min_value=0, max_value=DAYS_MAX, default=0)
    custody_days = serializers.IntegerField(min_value=0, max_value=DAYS_MAX, default=0)
    stated_end = Day(required=False)


class OrderRequest(StrictSerializer):
    subject = serializers.UUIDField()
    category = serializers.ChoiceField(CorrectionCategory.choices())
    ground = serializers.ChoiceField(TemporaryOutsideGround.choices(), required=False)
    document_no = serializers.CharField(max_length=80)
    organ = serializers.CharField(max_length=150)
    effective_on = Day()
    received_on = Day(required=False)
    term = LengthRequest()


class TermRequest(LengthRequest):
    reason = serializers.ChoiceField(TermReason.choices())
    document_no = serializers.CharField(max_length=80)


class MemberRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = Member
        fields = ["id", "user", "kind", "sex", "knows_minors", "duties", "valid_from", "valid_to", "state"]


class GroupRow(serializers.ModelSerializer[Any]):
    members = MemberRow(many=True, read_only=True)

    class Meta:
        model = Group
        fields = ["id", "subject", "state", "agreement_signed_on", "activated_at", "members"]


class MemberRequest(StrictSerializer):
    """An officer or grid worker by `user`; everybody else by `name`."""

    kind = serializers.ChoiceField(MemberKind.choices())
    sex = serializers.ChoiceField(Sex.choices())
    user = serializers.UUIDField(source="user_id", required=False)
    name = NameField(max_length=100, required=False)
    knows_minors = serializers.BooleanField(default=False)
    valid_from = Day()
    valid_to = Day(required=False)
    duties = serializers.ListField(
        child=serializers.ChoiceField(MemberDuty.choices()), max_length=4, required=False
    )


class UndertakeRequest(StrictSerializer):
    member = serializers.UUIDField()
    duties = serializers.ListField(
        child=serializers.ChoiceField(MemberDuty.choices()), min_length=1, max_length=4
    )


class GroupSignRequest(StrictSerializer):
    signed_on = Day()


class MemberChoice(StrictSerializer):
    member = serializers.UUIDField()


class GroupRequest(StrictSerializer):
    subject = serializers.UUIDField()
    agreement_signed_on = Day(required=False)
    members = serializers.ListField(child=MemberRequest(), max_length=20)


class LineRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = PlanLine
        fields = ["id", "form", "period", "least", "most", "window_days"]


class PlanRow(serializers.ModelSerializer[Any]):
    """`report_form`: by which of its lines the person reports periodically (CCM-24a); empty for none."""

    lines = LineRow(many=True, read_only=True)
    report_form = serializers.SerializerMethodField()

    class Meta:
        model = Plan
        fields = [
            "id", "subject", "version", "state", "starts_on", "quiet_from", "quiet_to", "grace_days",
            "help_measures", "evaluation", "class_code", "education", "planned_through", "lines",
            "report_form",
        ]  # fmt: skip

    def get_report_form(self, row: Plan) -> str:
        return report_form(line.form for line in row.lines.all())


class LineRequest(StrictSerializer):
    form = serializers.ChoiceField(ContactForm.choices())
    period = serializers.ChoiceField(Period.choices())
    least = serializers.IntegerField(min_value=1, max_value=31)
    most = serializers.IntegerField(min_value=1, max_value=62)
    window_days = serializers.IntegerField(min_value=1, max_value=31)


class PlanRequest(StrictSerializer):
    """Without quiet hours the district's hold. A later version names an evaluation, or says why."""

    subject = serializers.UUIDField()
    starts_on = Day()
    quiet_from = serializers.TimeField(required=False)
    quiet_to = serializers.TimeField(required=False)
    grace_days = serializers.IntegerField(min_value=0, max_value=14, required=False)
    help_measures = serializers.ListField(child=serializers.ChoiceField(HelpMeasure.choices()), max_length=6)
    lines = serializers.ListField(child=LineRequest(), max_length=5)
    evaluation = serializers.UUIDField(required=False)
    why = serializers.CharField(max_length=1000, required=False)
    class_code = serializers.SlugField(max_length=20, required=False)
    education = serializers.ChoiceField(
        Education.choices(), required=False, help_text="Required of who is under sixteen (CCL-55)"
    )


class PlanClear(serializers.Serializer[Any]):
    why = serializers.CharField(allow_null=True)


class FileEntry(serializers.Serializer[Any]):
    kind = serializers.CharField(help_text="The record's address under corrections/")
    id = serializers.UUIDField()
    on = serializers.DateField()


class FileIndex(serializers.Serializer[Any]):
    records = FileEntry(many=True)
