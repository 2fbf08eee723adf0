"""Notes, caucus notes, documents, offers and calendar feeds. No text of theirs is in a list: it is read one
by one, with a purpose and a row in the read log."""

from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from edge.conf import setting
from edge.serializers import NameField, OwnIdSerializer, StrictModelSerializer, StrictSerializer, within
from mediation.models import CaucusNote, CaucusWord, Document, FeedKey, Note, Offer, OfferTo, OfferTransition
from mediation.offer_rules import OFFER, OfferState
from mediation.serializers.fields import FutureField, PaperDateField
from mediation.visibility import CaucusWordKind, DocumentKind, NoteKind, Visibility

FORMS = ("oral", "written", "fingerprint")
TEXT_MAX = 20_000


class CaseNoteSerializer(StrictModelSerializer):
    """A note without its words; `replaced_by` names the better one."""

    replaced_by = serializers.SerializerMethodField()

    class Meta:
        model = Note
        fields = (
            "id", "case", "session", "party", "visibility", "kind", "written_by", "role", "at", "replaces",
            "replaced_by",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_replaced_by(self, note: Note) -> UUID | None:
        return getattr(note, "better_id", None)


class CaseNoteBodySerializer(OwnIdSerializer):
    case_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=NoteKind.choices())
    visibility = serializers.ChoiceField(choices=Visibility.choices())
    text = serializers.CharField(max_length=TEXT_MAX)
    party_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    session_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    replaces_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class CaucusNoteSerializer(StrictModelSerializer):
    """For its mediator alone."""

    class Meta:
        model = CaucusNote
        fields = ("id", "case", "session", "party", "kind", "at", "destroyed_at")
        read_only_fields = fields


class CaucusBodySerializer(OwnIdSerializer):
    case_id = serializers.UUIDField()
    party_id = serializers.UUIDField()
    text = serializers.CharField(max_length=TEXT_MAX)
    session_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class CaucusWordBodySerializer(OwnIdSerializer):
    """`mediator_id` (a person) for `hand_over`, and only for it."""

    case_id = serializers.UUIDField()
    party_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=CaucusWordKind.choices())
    form = serializers.ChoiceField(choices=FORMS, required=False, default="oral")
    said_on = PaperDateField(required=False, allow_null=True, default=None)
    mediator_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class CaucusWordSerializer(StrictModelSerializer):
    class Meta:
        model = CaucusWord
        fields = ("id", "party", "kind", "form", "said_on", "recorded_at")
        read_only_fields = fields


class CaseDocumentSerializer(StrictModelSerializer):
    """A paper without its title and picture; `uploaded_at` is empty while the picture is missing."""

    kind_text = serializers.SerializerMethodField()
    replaced_by = serializers.SerializerMethodField()
    size = serializers.IntegerField(source="blob.size", read_only=True, allow_null=True, default=None)
    type = serializers.CharField(source="blob.type", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Document
        fields = (
            "id", "case", "party", "visibility", "kind", "kind_text", "dated_on", "original_at", "added_by",
            "role", "added_at", "uploaded_at", "size", "type", "replaces", "replaced_by",
        )  # fmt: skip
        read_only_fields = fields

    def get_kind_text(self, document: Document) -> str:
        return DocumentKind(document.kind).zh

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_replaced_by(self, document: Document) -> UUID | None:
        return getattr(document, "better_id", None)


class CaseDocumentBodySerializer(OwnIdSerializer):
    case_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=DocumentKind.choices())
    visibility = serializers.ChoiceField(choices=Visibility.choices())
    title = serializers.CharField(max_length=200)
    party_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    dated_on = PaperDateField(required=False, allow_null=True, default=None)
    original_at = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    replaces_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class TableOfferToSerializer(StrictModelSerializer):
    class Meta:
        model = OfferTo
        fields = ("party", "answer", "said_on", "answered_at")
        read_only_fields = fields


class TableOfferTransitionSerializer(StrictModelSerializer):
    class Meta:
        model = OfferTransition
        fields = ("event", "source", "target", "actor", "role", "reason", "stated_at", "at")
        read_only_fields = fields


class TableOfferSerializer(StrictModelSerializer):
    """An offer without its words: from whom, to whom, until when, and where it stands."""

    state_text = serializers.SerializerMethodField()
    to = TableOfferToSerializer(many=True, read_only=True)
    transitions = TableOfferTransitionSerializer(many=True, read_only=True)
    choices = serializers.SerializerMethodField()

    class Meta:
        model = Offer
        fields = (
            "id", "case", "session", "party", "to", "visibility", "state", "state_text", "made_at",
            "expires_at", "passed_on_at", "ended_at", "counters", "transitions", "choices",
        )  # fmt: skip
        read_only_fields = fields

    def get_state_text(self, offer: Offer) -> str:
        return OfferState(offer.state).zh

    def get_choices(self, offer: Offer) -> list[str]:
        return OFFER.events(offer.state, self.context["actor"].role)


class OfferTermsSerializer(StrictSerializer):
    terms = serializers.CharField(max_length=TEXT_MAX)
    expires_at = FutureField()


class TableOfferBodySerializer(OwnIdSerializer, OfferTermsSerializer):
    case_id = serializers.UUIDField()
    party_id = serializers.UUIDField()
    to_ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=50)
    visibility = serializers.ChoiceField(
        choices=Visibility.choices(), required=False, default=Visibility.ALL_PARTIES.value
    )
    session_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class OfferAnswerSerializer(StrictSerializer):
    """`counter` with the own terms for a counter-offer, and only for one; the counter-offer is answered."""

    party_id = serializers.UUIDField()
    answer = serializers.ChoiceField(choices=("accept", "decline", "counter"))
    said_on = PaperDateField(required=False, allow_null=True, default=None)
    counter = OfferTermsSerializer(required=False, allow_null=True, default=None)


class CalendarFeedSerializer(StrictModelSerializer):
    """A calendar feed; its address is said once, when it is made."""

    class Meta:
        model = FeedKey
        fields = ("id", "device", "created_at", "expires_at", "revoked_at", "last_used_at")
        read_only_fields = fields


class CalendarFeedBodySerializer(OwnIdSerializer):
    device = NameField(max_length=80)
    days = serializers.IntegerField(
        validators=within(1, "FEED_KEY_DAYS_MAX"),
        required=False,
        default=lambda: setting("FEED_KEY_DAYS_MAX"),
    )


class CalendarFeedMadeSerializer(CalendarFeedSerializer):
    address = serializers.CharField()

    class Meta:
        model = FeedKey
        fields = (*CalendarFeedSerializer.Meta.fields, "address")
        read_only_fields = fields
