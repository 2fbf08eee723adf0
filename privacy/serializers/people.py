from datetime import date, datetime, timedelta
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from edge.documents.faces import FormatQuery
from edge.serializers import StrictModelSerializer, StrictSerializer, WordsField
from kernel import clock
from privacy.codes import NoticeWay, RequestKind, ToldWhom
from privacy.models import BrokenGlass, Incident, IncidentTold, Notice, PersonRequest

FIRST_YEAR, AFTER_YEAR = 2000, 2200
AHEAD = timedelta(minutes=5)


@extend_schema_field({"type": "string", "format": "date", "pattern": "^20[0-9]{2}-"})
class PastDay(serializers.DateField):
    """The date on a paper: of this century, and not ahead."""

    def to_internal_value(self, value: Any) -> date:
        day: date = super().to_internal_value(value)
        if not FIRST_YEAR <= day.year or day > clock.today():
            raise serializers.ValidationError("not between 2000 and today")
        return day


class PastMoment(serializers.DateTimeField):
    """An instant of this century that is not ahead."""

    def to_internal_value(self, value: Any) -> datetime:
        at: datetime = super().to_internal_value(value)
        if at.year < FIRST_YEAR or at > clock.now() + AHEAD:
            raise serializers.ValidationError("not between 2000 and now")
        return at


class PersonAskedSerializer(StrictModelSerializer):
    """个人信息请求; who asks stands on the paper."""

    class Meta:
        model = PersonRequest
        fields = (
            "id", "kind", "state", "paper_no", "kept_at", "received_on", "due_on", "due_at", "entered_at",
            "subject_kind", "subject_id", "identified_by", "answered_at", "answer_document",
            "refused_because",
        )  # fmt: skip
        read_only_fields = fields


class PersonAskedBodySerializer(StrictSerializer):
    kind = serializers.ChoiceField(RequestKind.choices())
    paper_no = serializers.CharField(max_length=80)
    kept_at = serializers.CharField(max_length=100)
    received_on = PastDay()


class RecordSerializer(StrictSerializer):
    """Which record it is about."""

    subject_kind = serializers.RegexField(r"^[a-z_]{1,40}\Z")
    subject_id = serializers.UUIDField()


class NoticeSerializer(StrictModelSerializer):
    class Meta:
        model = Notice
        fields = ("id", "code", "version", "words", "valid_from", "entered_at")
        read_only_fields = fields


class NoticeBodySerializer(StrictSerializer):
    code = serializers.RegexField(r"^[a-z_]{1,24}\Z")
    version = serializers.IntegerField(min_value=1, max_value=9999)
    words = serializers.CharField(max_length=4000)
    valid_from = serializers.DateField()

    def validate_valid_from(self, day: date) -> date:
        if not FIRST_YEAR <= day.year < AFTER_YEAR:
            raise serializers.ValidationError("not between 2000 and 2199")
        return day


class NoticeShownSerializer(RecordSerializer):
    way = serializers.ChoiceField(NoticeWay.choices())
    on = PastDay()
    not_told_because = WordsField(max_length=200, required=False)


class IncidentToldSerializer(StrictModelSerializer):
    class Meta:
        model = IncidentTold
        fields = ("whom", "told_at", "document_no")
        read_only_fields = fields


class IncidentSerializer(StrictModelSerializer):
    """泄露事件: the clock, and who was told."""

    told = IncidentToldSerializer(many=True, read_only=True)

    class Meta:
        model = Incident
        fields = (
            "id", "state", "what", "noticed_at", "opened_at", "tell_due_at", "remedy", "contained_at",
            "closed_at", "told",
        )  # fmt: skip
        read_only_fields = fields


class IncidentBodySerializer(StrictSerializer):
    what = WordsField(max_length=1000)
    noticed_at = PastMoment()


class IncidentTellSerializer(StrictSerializer):
    whom = serializers.ChoiceField(ToldWhom.choices())
    told_at = PastMoment()
    document_no = serializers.CharField(max_length=80)


class RemedySerializer(StrictSerializer):
    remedy = WordsField(max_length=1000)


class BrokenGlassSerializer(StrictModelSerializer):
    """紧急查阅: open until when, and what the second person said."""

    class Meta:
        model = BrokenGlass
        fields = (
            "id", "subject_kind", "subject_id", "by", "role", "reason", "at", "until", "reviewed_by",
            "reviewed_at", "justified", "remark",
        )  # fmt: skip
        read_only_fields = fields


class BrokenGlassBodySerializer(RecordSerializer):
    reason = WordsField(max_length=400)


class GlassReviewSerializer(StrictSerializer):
    justified = serializers.BooleanField()
    remark = WordsField(max_length=400, required=False)


class LogQuery(StrictSerializer):
    since = PastMoment(
        required=False, help_text="The first moment; the parts of a long log follow each other"
    )


class LogPaperQuery(LogQuery, FormatQuery):
    """The same on paper."""


class LogRowSerializer(serializers.Serializer[Any]):
    """One reading, share or notice; by role and purpose, without a reader's name."""

    at = serializers.DateTimeField()
    what = serializers.ChoiceField(["read", "shared", "notice"])
    role = serializers.CharField(allow_blank=True)
    purpose = serializers.CharField()
    recipient = serializers.CharField(allow_blank=True)
    basis = serializers.CharField(allow_blank=True)
    names = serializers.ListField(child=serializers.CharField(), source="fields")


class SubjectLogSerializer(serializers.Serializer[Any]):
    subject_kind = serializers.CharField()
    subject_id = serializers.UUIDField()
    rows = LogRowSerializer(many=True)
    left_off = serializers.DictField(
        child=serializers.IntegerField(), help_text="Rows after the last one here, by what they are"
    )
    go_on_from = serializers.DateTimeField(allow_null=True, help_text="`since` of the next part")
