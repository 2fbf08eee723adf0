"""Sessions as lists and details show them, and the bodies of their acts. Nobody is named here: a party is an
id, a participant a kind; names are read with a purpose."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from edge.serializers import OwnIdSerializer, StrictModelSerializer, StrictSerializer, WordsField
from kernel.codes.roles import Role
from mediation.machine import ConsentAnswer
from mediation.models import (
    Attendance,
    ParticipantConsent,
    Session,
    SessionNotice,
    SessionParticipant,
    SessionTransition,
)
from mediation.serializers.fields import FutureField, PaperDateField, PaperTimeField
from mediation.session_rules import (
    SESSION,
    CameAs,
    Despite,
    NoticeForm,
    ParticipantKind,
    SessionForm,
    SessionState,
)
from mediation.table_selectors import consents_missing_for, gaps_of, not_asked

FORMS = ("oral", "written", "fingerprint")


class SessionSerializer(StrictModelSerializer):
    """调解会 in a list."""

    dispute_code = serializers.CharField(source="case.dispute.code", read_only=True)
    state_text = serializers.SerializerMethodField()
    form_text = serializers.SerializerMethodField()
    choices = serializers.SerializerMethodField()

    class Meta:
        model = Session
        fields = (
            "id", "case", "dispute_code", "form", "form_text", "party", "public", "room", "starts_at",
            "ends_at", "despite", "revision", "state", "state_text", "started_at", "ended_at", "planned_at",
            "choices",
        )  # fmt: skip
        read_only_fields = fields

    def get_state_text(self, session: Session) -> str:
        return SessionState(session.state).zh

    def get_form_text(self, session: Session) -> str:
        return SessionForm(session.form).zh

    def get_choices(self, session: Session) -> list[str]:
        return SESSION.events(session.state, self.context["actor"].role)


class ParticipantConsentSerializer(StrictModelSerializer):
    class Meta:
        model = ParticipantConsent
        fields = ("party", "answer", "form", "said_on", "recorded_at", "recorded_by")
        read_only_fields = fields


class SessionParticipantSerializer(StrictModelSerializer):
    """Somebody who is to join; `missing`: the parties whose yes is not there."""

    consents = ParticipantConsentSerializer(many=True, read_only=True)
    missing = serializers.SerializerMethodField()

    class Meta:
        model = SessionParticipant
        fields = ("id", "session", "kind", "added_at", "removed_at", "consents", "missing")
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_missing(self, participant: SessionParticipant) -> list[UUID]:
        known = self.context.get("missing")
        missing = consents_missing_for([participant]) if known is None else known
        found: list[UUID] = missing.get(participant.pk, [])
        return found


class SessionAttendanceSerializer(StrictModelSerializer):
    class Meta:
        model = Attendance
        fields = ("party", "participant", "person", "came_as", "recorded_at", "recorded_by")
        read_only_fields = fields


class SessionTransitionSerializer(StrictModelSerializer):
    class Meta:
        model = SessionTransition
        fields = ("event", "source", "target", "actor", "role", "reason", "stated_at", "at")
        read_only_fields = fields


class SessionDetailSerializer(SessionSerializer):
    """A session with who is to join, who came, its steps, and what is missing to begin it on its day.
    `to_ask`: for the mediator, the parties who were not yet asked alone for a joint session."""

    participants = serializers.SerializerMethodField()
    attendance = SessionAttendanceSerializer(many=True, read_only=True)
    transitions = SessionTransitionSerializer(many=True, read_only=True)
    missing = serializers.SerializerMethodField()
    to_ask = serializers.SerializerMethodField()

    class Meta:
        model = Session
        fields = (
            *SessionSerializer.Meta.fields, "participants", "attendance", "transitions", "missing", "to_ask",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(SessionParticipantSerializer(many=True))
    def get_participants(self, session: Session) -> list[dict[str, Any]]:
        rows = list(session.participants.all())
        context = {**self.context, "missing": consents_missing_for(rows)}
        return [dict(row) for row in SessionParticipantSerializer(rows, many=True, context=context).data]

    def get_missing(self, session: Session) -> list[str]:
        return [gap.code.value for gap in gaps_of(session)]

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_to_ask(self, session: Session) -> list[UUID]:
        asks = self.context["actor"].role == Role.MEDIATOR and session.form == SessionForm.JOINT
        return not_asked(session) if asks else []


class SessionNoticeSerializer(StrictModelSerializer):
    """What a party is to be told, in these words, not before this time."""

    class Meta:
        model = SessionNotice
        fields = (
            "id", "session", "party", "kind", "revision", "words", "made_at", "not_before", "told_at",
            "told_by", "form", "dropped_at",
        )  # fmt: skip
        read_only_fields = fields


# Bodies of acts


class SessionTimeSerializer(StrictSerializer):
    """`despite`: the answer to `session_mediator_busy`, why it is planned all the same."""

    room = serializers.CharField(max_length=80)
    starts_at = FutureField()
    ends_at = FutureField()
    despite = serializers.ChoiceField(choices=Despite.choices(), required=False, default="", allow_blank=True)


class SessionPlanSerializer(OwnIdSerializer, SessionTimeSerializer):
    """`party_id` for a separate session, and only for one; `despite` answers `session_mediator_busy`."""

    case_id = serializers.UUIDField()
    form = serializers.ChoiceField(choices=SessionForm.choices())
    party_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    public = serializers.BooleanField(required=False, default=False)


class SessionWordsSerializer(StrictSerializer):
    """The words that every party is told."""

    reason = WordsField(max_length=200)


class SessionStartSerializer(StrictSerializer):
    started_at = PaperTimeField(required=False, allow_null=True, default=None)


class SessionFinishSerializer(StrictSerializer):
    ended_at = PaperTimeField(required=False, allow_null=True, default=None)


class AddParticipantSerializer(OwnIdSerializer):
    kind = serializers.ChoiceField(choices=ParticipantKind.choices())
    name = serializers.CharField(max_length=100)


class ParticipantWordSerializer(OwnIdSerializer):
    party_ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=50)
    answer = serializers.ChoiceField(choices=ConsentAnswer.choices())
    form = serializers.ChoiceField(choices=FORMS, required=False, default="oral")
    said_on = PaperDateField(required=False, allow_null=True, default=None)


class AttendanceBodySerializer(OwnIdSerializer):
    """Either a party or a participant; `person_id`: the agent or guardian who came for the party."""

    party_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    participant_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    person_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    came_as = serializers.ChoiceField(choices=CameAs.choices())


class SessionLimitSerializer(OwnIdSerializer):
    """The answer of one party, asked alone. Nobody asks why."""

    party_id = serializers.UUIDField()
    limited = serializers.BooleanField()


class NoticeTellSerializer(StrictSerializer):
    form = serializers.ChoiceField(choices=NoticeForm.choices())
    told_at = PaperTimeField(required=False, allow_null=True, default=None)


class RevealedSerializer(serializers.Serializer[Any]):
    """A sealed text that was read with a purpose; empty when it was destroyed."""

    text = serializers.CharField(allow_null=True)
