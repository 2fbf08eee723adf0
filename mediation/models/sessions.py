from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from edge.encryption import EncryptedField
from kernel.ids import uuid7
from mediation.machine import ConsentAnswer
from mediation.models.cases import Case, CaseParty
from mediation.models.participants import Participant
from mediation.models.steps import StepRow
from mediation.session_rules import (
    STANDS_FOR,
    CameAs,
    Despite,
    NoticeForm,
    NoticeKind,
    ParticipantKind,
    SessionForm,
    SessionState,
)
from tasks.models.duty import TimeRange

TAKES_ROOM = Q(state__in=["planned", "invited"]) | Q(state="held", ended_at=None)
"""A session that has its room: still to come, or begun and not over."""
FORMS_OF_WORDS = [("oral", "口头 oral"), ("written", "书面 written"), ("fingerprint", "指印 fingerprint")]


class Session(models.Model):
    """调解会: joint, or with one party alone. `room` is a room of the centre (`place`), never anybody's home;
    it is held by one session at a time. `despite`: why it was planned although its mediator sits elsewhere.

    `revision` counts new dates, so that a calendar replaces the appointment it has.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="sessions")
    form = models.CharField(max_length=12, choices=SessionForm.choices())
    party = models.ForeignKey(CaseParty, models.PROTECT, null=True, blank=True, related_name="+")
    public = models.BooleanField(default=False)
    room = models.CharField(max_length=80)
    place = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    room_key = models.CharField(max_length=320, blank=True, default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    despite = models.CharField(max_length=12, blank=True, default="", choices=Despite.choices())
    revision = models.SmallIntegerField(default=0)
    state = models.CharField(
        max_length=12, choices=SessionState.choices(), default=SessionState.PLANNED.value
    )
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    planned_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()

    class Meta:
        db_table = "mediation_session"
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["state", "starts_at"], name="session_by_time"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SessionState.values()), name="session_state_known"),
            models.CheckConstraint(condition=Q(form__in=SessionForm.values()), name="session_form_known"),
            models.CheckConstraint(
                condition=Q(form="joint", party=None) | Q(form="separate", party__isnull=False),
                name="session_separate_with_one_party",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(started_at__isnull=False), name="session_held_has_begun"
            ),
            models.CheckConstraint(
                condition=Q(despite__in=["", *Despite.values()]), name="session_despite_known"
            ),
            ExclusionConstraint(
                name="session_room_held_once",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    ("room_key", RangeOperators.EQUAL),
                    (TimeRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=TAKES_ROOM,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.state}"


class SessionTransition(StepRow):
    """One step of a session. Append-only."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="transitions")
    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)

    class Meta:
        db_table = "mediation_session_transition"
        ordering = ["at", "id"]


class SessionParticipant(models.Model):
    """Somebody beside the parties who is to be at one session; the name is sealed under a key of its own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="participants")
    kind = models.CharField(max_length=12, choices=ParticipantKind.choices())
    name = EncryptedField(null=True, blank=True)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mediation_session_participant"
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ParticipantKind.values()), name="session_participant_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ParticipantConsent(models.Model):
    """What a party said about somebody who is to join a session (PM-20). Append-only; the last counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    participant = models.ForeignKey(SessionParticipant, models.PROTECT, related_name="consents")
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=12, choices=ConsentAnswer.choices())
    form = models.CharField(max_length=12, choices=FORMS_OF_WORDS)
    said_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        db_table = "mediation_participant_consent"
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=ConsentAnswer.values()), name="participant_consent_answer_known"
            ),
        ]

    def __str__(self) -> str:
        return self.answer


class Attendance(models.Model):
    """Who was there: a party or a participant; for a party that did not come itself, the agent or guardian
    who came (`person`). Append-only; the last entry counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendance")
    party = models.ForeignKey(CaseParty, models.PROTECT, null=True, blank=True, related_name="+")
    participant = models.ForeignKey(
        SessionParticipant, models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    came_as = models.CharField(max_length=12, choices=CameAs.choices())
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        db_table = "mediation_attendance"
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(party__isnull=True) ^ Q(participant__isnull=True), name="attendance_of_one"
            ),
            models.CheckConstraint(condition=Q(came_as__in=CameAs.values()), name="attendance_came_as_known"),
            models.CheckConstraint(
                condition=Q(person=None)
                | Q(came_as__in=[way.value for way in STANDS_FOR], party__isnull=False),
                name="attendance_person_stands_for_a_party",
            ),
        ]

    def __str__(self) -> str:
        return self.came_as


class SessionNotice(models.Model):
    """What a party is to be told about a session, by a person, in the same words for everybody.

    Not before `not_before`: the hours in which people may be called upon. `dropped_at`: the case ended before
    it was told, and nobody is told any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="notices")
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=NoticeKind.choices())
    revision = models.SmallIntegerField()
    words = models.CharField(max_length=400)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    form = models.CharField(max_length=12, blank=True, default="", choices=NoticeForm.choices())
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mediation_session_notice"
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="session_notice_waiting",
                condition=Q(told_at=None, dropped_at=None),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "party", "kind", "revision"], name="session_notice_once"
            ),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(told_by__isnull=False, dropped_at=None) & ~Q(form=""),
                name="session_notice_told_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
