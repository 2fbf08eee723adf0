from typing import Any

from rest_framework import serializers

from edge.serializers import StrictModelSerializer, StrictSerializer, WordsField
from tasks.models import PaperEntry
from tasks.services import Paper


class PaperSerializer(StrictSerializer):
    """What an act entered from paper says of it: the date it bears, where the original is kept."""

    paper_on = serializers.DateField()
    original_at = WordsField(max_length=120)


class PaperMixin(serializers.Serializer[Any]):
    """For bodies of acts that may be entered from paper; the service gets a `Paper` or None."""

    paper = PaperSerializer(required=False, allow_null=True, default=None)

    def validate_paper(self, said: dict[str, Any] | None) -> Paper | None:
        return Paper(**said) if said else None


class PaperEntrySerializer(StrictModelSerializer):
    """纸质先行: what was entered from paper, by whom, where the original is, and who has compared it."""

    class Meta:
        model = PaperEntry
        fields = (
            "id", "subject_kind", "subject_id", "paper_on", "original_at", "entered_by", "entered_at",
            "compared_by", "compared_at",
        )  # fmt: skip
        read_only_fields = fields
