from edge.serializers import DayField, StrictModelSerializer, StrictSerializer, WordsField
from privacy.models import Assessment, Share


class PrivacyReasonSerializer(StrictSerializer):
    reason = WordsField(max_length=400)


class ShareSerializer(StrictModelSerializer):
    """提供记录: what went out; never the values."""

    class Meta:
        model = Share
        fields = (
            "id", "shared_at", "sharer_id", "role", "organisation_id", "subject_kind", "subject_id", "basis",
            "purpose", "recipient_kind", "recipient", "fields", "records", "document_id", "kept_until",
        )  # fmt: skip
        read_only_fields = fields


class AssessmentSerializer(StrictModelSerializer):
    """影响评估: which paper switches what on, from when to when (`valid_to` is the first day outside)."""

    class Meta:
        model = Assessment
        fields = (
            "id", "processing", "document_no", "kept_at", "valid_from", "valid_to", "entered_by",
            "entered_at", "withdrawn_at", "withdrawn_by", "withdrawn_because",
        )  # fmt: skip
        read_only_fields = fields


class AssessmentBodySerializer(StrictModelSerializer):
    valid_from = DayField()
    valid_to = DayField(help_text="The first day outside")

    class Meta:
        model = Assessment
        fields = ("processing", "document_no", "kept_at", "valid_from", "valid_to")
