"""Bodies and answers of the acts that classify, place, settle and receive, and of what is looked up."""

from typing import Any

from rest_framework import serializers

from disputes.codes import ApplicationForm, Complexity, SearchMatter, WishKind
from disputes.models import Application
from edge.serializers import StrictModelSerializer, StrictSerializer, WordsField
from kernel.codes.law import Colour, DisputeCategory, HandlingLevel
from tasks.serializers.paper import PaperMixin


class TriageSerializer(StrictSerializer):
    """`level` left out: as suggested. Whoever departs from the suggestion gives a reason."""

    category = serializers.ChoiceField(DisputeCategory.choices())
    complexity = serializers.ChoiceField(Complexity.choices())
    level = serializers.ChoiceField(HandlingLevel.choices(), required=False)
    reason = WordsField(max_length=400, required=False, allow_blank=True, default="")
    device_at = serializers.DateTimeField(required=False)


class TriageReasonSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    zh = serializers.CharField()
    en = serializers.CharField()


class TriageSuggestionSerializer(serializers.Serializer[Any]):
    """What the rules suggest (EF-6), with their reasons. In force is what a person sets."""

    category = serializers.ChoiceField(DisputeCategory.choices())
    complexity = serializers.ChoiceField(Complexity.choices())
    level = serializers.ChoiceField(HandlingLevel.choices())
    colour = serializers.ChoiceField(["", *Colour.values()])
    reasons = TriageReasonSerializer(many=True)


class RerouteSerializer(StrictSerializer):
    community = serializers.UUIDField()
    grid = serializers.UUIDField(required=False, allow_null=True)
    reason = WordsField(max_length=400)


class SettlementSerializer(PaperMixin, StrictSerializer):
    """What was agreed on the spot and by whom; kept sealed, read with a purpose."""

    terms = serializers.CharField(max_length=1000)
    by_whom = serializers.CharField(max_length=200)
    agreed_on = serializers.DateField()


class ReadSettlementSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    terms = serializers.CharField(allow_null=True)
    by_whom = serializers.CharField(allow_null=True)
    agreed_on = serializers.DateField()
    role = serializers.CharField()
    device_at = serializers.DateTimeField(allow_null=True)
    at = serializers.DateTimeField()


class WishSerializer(StrictSerializer):
    """What the person at risk wished, said alone on that day. `joint`: with the director's reason."""

    kind = serializers.ChoiceField(WishKind.choices())
    wanted = serializers.BooleanField()
    said_alone_on = serializers.DateField()
    words = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
    reason = WordsField(max_length=400, required=False, allow_blank=True, default="")


class ReadWishSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(WishKind.choices())
    wanted = serializers.BooleanField()
    said_alone_on = serializers.DateField()
    words = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    role = serializers.CharField()
    at = serializers.DateTimeField()


class NoteSerializer(StrictSerializer):
    """`id`: a UUIDv7 made by the caller, so that a repeated request leaves one note."""

    id = serializers.UUIDField()
    words = serializers.CharField(max_length=2000)


class ReadNoteSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    words = serializers.CharField(allow_null=True)
    actor = serializers.UUIDField(source="actor_id")
    role = serializers.CharField()
    device_at = serializers.DateTimeField(allow_null=True)
    at = serializers.DateTimeField()


class NoteReceiptSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    at = serializers.DateTimeField()


class ApplicationSerializer(PaperMixin, StrictSerializer):
    party_id = serializers.UUIDField()
    asked_on = serializers.DateField()
    form = serializers.ChoiceField(ApplicationForm.choices(), default=ApplicationForm.ORAL)


class ReceiptSerializer(StrictModelSerializer):
    """收件回执: asking a committee for one's right interrupts limitation from that day (PM-LIM,
    information)."""

    receipt = serializers.UUIDField(source="id", read_only=True)
    code = serializers.CharField(source="dispute.code", read_only=True)
    text = serializers.SerializerMethodField()
    text_en = serializers.SerializerMethodField()

    class Meta:
        model = Application
        fields = ("receipt", "code", "receipt_no", "form", "asked_on", "party", "at", "text", "text_en")
        read_only_fields = fields

    def get_text(self, taken: Application) -> str:
        form = ApplicationForm(taken.form).zh
        return (
            f"收件回执 {taken.dispute.code} 第 {taken.receipt_no} 号：{taken.asked_on.isoformat()} 收到{form}"
        )

    def get_text_en(self, taken: Application) -> str:
        form, day = ApplicationForm(taken.form).en, taken.asked_on.isoformat()
        return f"Receipt {taken.receipt_no} of {taken.dispute.code}: asked {form} on {day}"


class SearchSerializer(StrictSerializer):
    """By a telephone or ID number, or by a whole name; with the matter that it is for."""

    matter = serializers.ChoiceField(SearchMatter.choices())
    reason = WordsField(max_length=200)
    name = serializers.CharField(max_length=100, required=False)
    phone = serializers.CharField(max_length=32, required=False)
    id_number = serializers.CharField(max_length=24, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = [name for name in ("name", "phone", "id_number") if attrs.get(name, "").strip()]
        if len(given) != 1:
            raise serializers.ValidationError({"name": ["one_of_name_phone_id_number"]})
        return attrs


class LikelySerializer(serializers.Serializer[Any]):
    """Likely the same quarrel: its code and day, never what somebody else wrote."""

    dispute = serializers.UUIDField()
    code = serializers.CharField()
    opened_on = serializers.DateField()
    state = serializers.CharField()
    sure = serializers.BooleanField()
    can = serializers.ListField(child=serializers.CharField())


class FoundSerializer(serializers.Serializer[Any]):
    """One dispute that was found: no more of it than its code, so that it can be asked for."""

    dispute = serializers.UUIDField()
    code = serializers.CharField()
    opened_on = serializers.DateField()
    state = serializers.CharField()


class TimelineEntrySerializer(serializers.Serializer[Any]):
    """`device_at`: when it was done by the clock of whoever did it; `at`: when the server had it."""

    kind = serializers.CharField()
    subject_id = serializers.UUIDField()
    at = serializers.DateTimeField()
    device_at = serializers.DateTimeField(allow_null=True)
    title = serializers.CharField()
    title_en = serializers.CharField()
    role = serializers.CharField(allow_blank=True)
    marks = serializers.ListField(child=serializers.CharField())
