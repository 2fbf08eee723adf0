from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from corrections.models import DayCount, Search, SearchEntry, Visit
from corrections.search_codes import SearchJudgement, SearchResult, SearchWay, TakenOut
from corrections.searching import ENDINGS, Out, count_days
from corrections.serializers.people import Day
from edge.conf import setting
from edge.serializers import OwnIdSerializer, StrictSerializer


class SearchRow(serializers.ModelSerializer[Any]):
    """A review or a search, without a word in clear: `reveal`."""

    class Meta:
        model = Search
        fields = [
            "id", "subject", "state", "why", "contact", "leave", "opened_at", "opened_by", "lost_at",
            "tell_by", "police_on", "police_document", "procuratorate_on", "procuratorate_document",
            "found_on", "since_on", "judgement", "document_no", "closed_at",
        ]  # fmt: skip


class EntryRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = SearchEntry
        fields = ["id", "way", "result", "made_at", "recorded_by", "recorded_at"]


class AttemptRow(serializers.ModelSerializer[Any]):
    """An attempt that reached nobody. It is shown; nothing waits for it."""

    class Meta:
        model = Visit
        fields = ["id", "way", "made_at", "received_at", "author"]


class TakenOutRow(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(TakenOut.choices())
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    document_no = serializers.CharField(allow_blank=True)


class SearchCountRow(serializers.ModelSerializer[Any]):
    """Days as an officer counted them. The flags are for an officer to look at; nothing follows from them."""

    taken_out = serializers.SerializerMethodField()
    above_days = serializers.SerializerMethodField(help_text="More than UNSUPERVISED_DAYS (CCM-34)")
    above_month = serializers.SerializerMethodField(help_text="More than one month (CCL-X1)")

    class Meta:
        model = DayCount
        fields = [
            "id", "first_day", "last_day", "taken_out", "days", "above_days", "above_month", "counted_by",
            "counted_at",
        ]  # fmt: skip

    @extend_schema_field(TakenOutRow(many=True))
    def get_taken_out(self, row: DayCount) -> Any:
        return row.taken_out

    def get_above_days(self, row: DayCount) -> bool:
        return self._counted(row).above_days

    def get_above_month(self, row: DayCount) -> bool:
        return self._counted(row).above_month

    def _counted(self, row: DayCount) -> Any:
        outs = [
            Out(
                TakenOut(out["kind"]),
                date.fromisoformat(out["first_day"]),
                date.fromisoformat(out["last_day"]),
            )
            for out in row.taken_out
        ]
        return count_days(row.first_day, row.last_day, outs, limit=setting("UNSUPERVISED_DAYS"))


class SearchDetail(SearchRow):
    entries = EntryRow(many=True, read_only=True)
    counts = SearchCountRow(many=True, read_only=True)
    attempts = serializers.SerializerMethodField()

    class Meta(SearchRow.Meta):
        fields = [*SearchRow.Meta.fields, "entries", "counts", "attempts"]

    @extend_schema_field(AttemptRow(many=True))
    def get_attempts(self, row: Search) -> Any:
        since = row.contact.due_at if row.contact else row.opened_at
        rows = Visit.objects.filter(subject_id=row.subject_id, outcome="not_reached", made_at__gte=since)
        return AttemptRow(rows.order_by("made_at", "id"), many=True).data


class SearchClear(serializers.Serializer[Any]):
    reason = serializers.CharField(allow_null=True)
    place = serializers.CharField(allow_null=True)
    told = serializers.CharField(allow_null=True)
    entry_notes = serializers.ListField(child=serializers.CharField(allow_null=True))
    count_notes = serializers.ListField(child=serializers.CharField(allow_null=True))
    step_texts = serializers.ListField(child=serializers.CharField(allow_null=True))


class AskReviewRequest(StrictSerializer):
    subject = serializers.UUIDField(source="subject_id")
    text = serializers.CharField(max_length=2000)


class LogRequest(OwnIdSerializer):
    way = serializers.ChoiceField(SearchWay.choices())
    result = serializers.ChoiceField(SearchResult.choices())
    made_at = serializers.DateTimeField(help_text="When it was done")
    note = serializers.CharField(max_length=2000, required=False)


class ToldRequest(StrictSerializer):
    police = serializers.BooleanField(help_text="True: the police; false: the procuratorate")
    told_on = Day()
    document_no = serializers.CharField(max_length=80)


class SearchEndRequest(StrictSerializer):
    """How the search ended. Which fields an ending needs, the refusal says."""

    event = serializers.ChoiceField(ENDINGS)
    text = serializers.CharField(max_length=2000, required=False)
    place = serializers.CharField(max_length=300, required=False)
    told = serializers.CharField(max_length=2000, required=False)
    since_on = Day(required=False)
    found_on = Day(required=False)
    judgement = serializers.ChoiceField(SearchJudgement.choices(), required=False)
    document_no = serializers.CharField(max_length=80, required=False)


class OutRequest(StrictSerializer):
    kind = serializers.ChoiceField(TakenOut.choices())
    first_day = Day()
    last_day = Day()
    document_no = serializers.CharField(max_length=80, default="")


class CountRequest(OwnIdSerializer):
    first_day = Day()
    last_day = Day()
    taken_out = serializers.ListField(child=OutRequest(), max_length=50, required=False)
    note = serializers.CharField(max_length=1000, required=False)
