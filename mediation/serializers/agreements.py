"""Bodies of agreements, marks and obligations. No word of what was agreed is here: it is read with a purpose
from the act `words`, which leaves a row in the read log."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from edge.serializers import StrictModelSerializer, StrictSerializer, WordsField
from kernel import clock
from kernel.codes.roles import Role
from mediation import agreed
from mediation.agreement import (
    AgreementForm,
    AgreementState,
    MarkManner,
    MarkRole,
    ObligationState,
    SignedBy,
    what_is_left,
)
from mediation.models import Agreement, AgreementMark, DateCorrection, Obligation, Performance
from mediation.serializers.confirmation import ConfirmationSerializer
from mediation.serializers.fields import PaperDateField
from mediation.services import AgreementSaid, ObligationSaid

PARTS_MAX = 120
CENTURY = range(2000, 2100)


class MissingMarkSerializer(serializers.Serializer[Any]):
    role = serializers.ChoiceField(choices=MarkRole.choices())
    party = serializers.UUIDField(allow_null=True)


class LeftSerializer(serializers.Serializer[Any]):
    """What the law leaves to parties whose agreement is in effect."""

    law = serializers.CharField()
    zh = serializers.CharField()
    en = serializers.CharField()
    until = serializers.DateField(allow_null=True)


class MarkSerializer(StrictModelSerializer):
    witnessed = serializers.SerializerMethodField()

    class Meta:
        model = AgreementMark
        fields = (
            "id", "role", "party", "mediator", "manner", "signed_by", "mandate_id", "made_on", "witnessed",
            "recorded_by", "recorded_at", "reviewed_by", "reviewed_at", "scan", "scanned_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_witnessed(self, mark: AgreementMark) -> bool:
        return mark.witness is not None


class CorrectionSerializer(StrictModelSerializer):
    class Meta:
        model = DateCorrection
        fields = (
            "id", "mark", "was", "becomes", "reason", "asked_by", "asked_at", "decided_by", "decided_at",
            "agreed",
        )  # fmt: skip
        read_only_fields = fields


class PerformanceSerializer(StrictModelSerializer):
    class Meta:
        model = Performance
        fields = ("id", "done_on", "amount", "recorded_by", "recorded_at")
        read_only_fields = fields


class ObligationSerializer(StrictModelSerializer):
    """What is owed: `overdue` by the one comparison; `fell_due_at` and `overdue_at` are the flags that the
    clock has set."""

    case = serializers.UUIDField(source="agreement.case_id", read_only=True)
    state_text = serializers.SerializerMethodField()
    overdue = serializers.SerializerMethodField()
    performances = PerformanceSerializer(many=True, read_only=True)

    class Meta:
        model = Obligation
        fields = (
            "id", "agreement", "case", "series", "part", "parts", "debtor", "creditor", "amount", "due_on",
            "state", "state_text", "overdue", "fell_due_at", "overdue_at", "ended_on", "performances",
        )  # fmt: skip
        read_only_fields = fields

    def get_state_text(self, row: Obligation) -> str:
        return ObligationState(row.state).zh

    def get_overdue(self, row: Obligation) -> bool:
        return agreed.is_overdue(row, clock.now())


class AgreementSerializer(StrictModelSerializer):
    """调解协议. `effective_on` is the day that every warning counts from; `oral_on` and `written_on` are both
    shown. Missing scans keep `file_complete` away and nothing else."""

    number = serializers.CharField(source="case.number", read_only=True, allow_null=True)
    dispute_code = serializers.CharField(source="case.dispute.code", read_only=True)
    state = serializers.SerializerMethodField()
    state_text = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()
    scans_missing = serializers.SerializerMethodField()
    file_complete = serializers.SerializerMethodField()
    writing_advised = serializers.SerializerMethodField()
    marks = MarkSerializer(many=True, read_only=True)
    confirmation = ConfirmationSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Agreement
        fields = (
            "id", "case", "number", "dispute_code", "serial", "amends", "form", "state", "state_text",
            "oral_on", "written_on", "effective_on", "reached_at", "reached_by", "written_at", "dropped_at",
            "set_aside_on", "court_document", "missing", "scans_missing", "file_complete", "writing_advised",
            "marks", "confirmation",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=AgreementState.choices()))
    def get_state(self, row: Agreement) -> str:
        return agreed.agreement_state(row).value

    def get_state_text(self, row: Agreement) -> str:
        return agreed.agreement_state(row).zh

    @extend_schema_field(MissingMarkSerializer(many=True))
    def get_missing(self, row: Agreement) -> list[dict[str, Any]]:
        return [{"role": role, "party": party and str(party)} for role, party in agreed.missing_of(row)]

    def get_scans_missing(self, row: Agreement) -> int:
        return agreed.scans_missing(row)

    def get_file_complete(self, row: Agreement) -> bool:
        return not agreed.missing_of(row) and agreed.scans_missing(row) == 0

    def get_writing_advised(self, row: Agreement) -> bool:
        return agreed.writing_advised(row)


class AgreementDetailSerializer(AgreementSerializer):
    """With corrections of days, what is owed, and what the law leaves. Who only seals is not shown what is
    owed."""

    corrections = CorrectionSerializer(many=True, read_only=True)
    obligations = serializers.SerializerMethodField()
    left = serializers.SerializerMethodField()

    class Meta:
        model = Agreement
        fields = (*AgreementSerializer.Meta.fields, "corrections", "obligations", "left")
        read_only_fields = fields

    @extend_schema_field(ObligationSerializer(many=True))
    def get_obligations(self, row: Agreement) -> list[Any]:
        if self.context["actor"].role == Role.COMMITTEE_KEEPER:
            return []
        return list(ObligationSerializer(row.obligations.all(), many=True).data)

    @extend_schema_field(LeftSerializer(many=True))
    def get_left(self, row: Agreement) -> list[Any]:
        if row.effective_on is None or row.set_aside_on is not None:
            return []
        window = getattr(row, "confirmation", None)
        until = window.last_day if window is not None and window.closes_at is not None else None
        return list(LeftSerializer(what_is_left(until), many=True).data)


class ObligationWordsSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    what = serializers.CharField()


class WitnessSerializer(serializers.Serializer[Any]):
    mark = serializers.UUIDField()
    witness = serializers.CharField()


class AgreementWordsSerializer(serializers.Serializer[Any]):
    """The words of an agreement as they were sealed."""

    facts = serializers.CharField(allow_null=True)
    terms = serializers.CharField()
    written_terms = serializers.CharField(allow_null=True)
    obligations = ObligationWordsSerializer(many=True)
    witnesses = WitnessSerializer(many=True)


# Bodies of acts


class MoneyField(serializers.DecimalField):
    def __init__(self, **options: Any) -> None:
        options = {"max_digits": 14, "decimal_places": 2, "min_value": 0, **options}
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> Any:
        amount = super().to_internal_value(data)
        if amount <= 0:
            raise serializers.ValidationError(["amount_not_positive"])
        return amount


@extend_schema_field({"type": "string", "format": "date", "pattern": "^20[0-9]{2}-"})
class DueDateField(serializers.DateField):
    """A day of performance, of this century, which may lie ahead."""

    def to_internal_value(self, value: Any) -> date:
        day: date = super().to_internal_value(value)
        if day.year not in CENTURY:
            raise serializers.ValidationError(["date_out_of_range"])
        return day


class PartSerializer(StrictSerializer):
    due_on = DueDateField(allow_null=True)
    amount = MoneyField(required=False, allow_null=True, default=None)


class ObligationBodySerializer(StrictSerializer):
    """Who owes whom what, at once or in instalments."""

    debtor = serializers.UUIDField()
    creditor = serializers.UUIDField(required=False, allow_null=True, default=None)
    what = serializers.CharField(max_length=1000)
    amount = MoneyField(required=False, allow_null=True, default=None)
    due_on = DueDateField(required=False, allow_null=True, default=None)
    instalments = PartSerializer(many=True, required=False, default=list, max_length=PARTS_MAX)

    def to_internal_value(self, data: Any) -> Any:
        given = super().to_internal_value(data)
        given["instalments"] = [(part["due_on"], part["amount"]) for part in given["instalments"]]
        return ObligationSaid(**given)


class AgreementBodySerializer(StrictSerializer):
    """`id` is the writer's own, so that the same again is known. `reached_on`: of an oral agreement."""

    id = serializers.UUIDField()
    form = serializers.ChoiceField(choices=AgreementForm.choices())
    terms = serializers.CharField(max_length=10_000)
    facts = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")
    reached_on = PaperDateField(required=False, allow_null=True, default=None)
    money_or_property = serializers.BooleanField(required=False, default=False)
    obligations = ObligationBodySerializer(many=True, required=False, default=list, max_length=50)

    def to_internal_value(self, data: Any) -> Any:
        given = super().to_internal_value(data)
        acts = {name: given.pop(name) for name in ("id", "reason") if name in given}
        return {**acts, "said": AgreementSaid(**given)}


class AmendSerializer(AgreementBodySerializer):
    reason = WordsField(max_length=400)


class WriteSerializer(StrictSerializer):
    terms = serializers.CharField(max_length=10_000)
    facts = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")


class MarkBodySerializer(StrictSerializer):
    """`party_id` of a party's mark, `mediator_id` of a mediator's, neither of the committee's seal. An agent
    or guardian names the mandate."""

    role = serializers.ChoiceField(choices=MarkRole.choices())
    party_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    mediator_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    manner = serializers.ChoiceField(choices=MarkManner.choices())
    signed_by = serializers.ChoiceField(choices=SignedBy.choices(), required=False, default=SignedBy.SELF)
    mandate_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    made_on = PaperDateField()
    witness = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")


class ScanBodySerializer(StrictSerializer):
    """The document of the case (kind `agreement`, uploaded) on which these marks stand."""

    document_id = serializers.UUIDField()
    mark_ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=50)


class CorrectBodySerializer(StrictSerializer):
    """Without `mark_id`: the day on which the oral agreement was reached."""

    mark_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    becomes = PaperDateField()
    reason = WordsField(max_length=400)


class DecideBodySerializer(StrictSerializer):
    correction_id = serializers.UUIDField()
    agree = serializers.BooleanField()


class ObligationsBodySerializer(StrictSerializer):
    id = serializers.UUIDField(help_text="Of the first of them, the writer's own")
    said = ObligationBodySerializer(many=True, min_length=1, max_length=50)


class PerformBodySerializer(StrictSerializer):
    id = serializers.UUIDField(help_text="The writer's own")
    done_on = PaperDateField()
    amount = MoneyField(required=False, allow_null=True, default=None)


class BreachBodySerializer(StrictSerializer):
    since = PaperDateField()
    reason = WordsField(max_length=400)


class PerformedBodySerializer(StrictSerializer):
    done_on = PaperDateField()


class SetAsideBodySerializer(StrictSerializer):
    document = WordsField(max_length=80)
    decided_on = PaperDateField()
