"""Bodies of the mediation centre. What is personal is not here: a party is an id, a role and consents; the
name is read with a purpose from the case's `parties` act, which leaves a row in the read log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from edge.serializers import NameField, OwnIdSerializer, StrictModelSerializer, StrictSerializer, WordsField
from kernel import clock
from kernel.codes.law import HandlingLevel, ResolutionMethod
from kernel.codes.purposes import Purpose
from mediation import deadlines
from mediation.codes import Initiation, PartyNeed, WordForm
from mediation.machine import CaseState, ConsentAnswer, ConsentStep, IntakeState
from mediation.models import Case, CaseTransition, Consent, IntakeItem, RightsNotice, WaysTold
from mediation.selectors import case_choices, intake_choices, missing_consents
from mediation.serializers.fields import PaperDateField
from mediation.sitting import needs_guardian

BRIEF_MAX = 1000


class ReasonRowSerializer(serializers.Serializer[Any]):
    """Why the item is here: the rule that fired, in words, and its firing."""

    rule = serializers.CharField()
    zh = serializers.CharField()
    en = serializers.CharField()
    danger = serializers.BooleanField()
    firing = serializers.UUIDField(allow_null=True)
    at = serializers.SerializerMethodField()

    def get_at(self, reason: dict[str, Any]) -> datetime:
        return datetime.fromisoformat(reason["at"])


class IntakeSerializer(StrictModelSerializer):
    """待受理 as lists and details show it."""

    dispute_code = serializers.CharField(source="dispute.code", read_only=True)
    category = serializers.CharField(source="dispute.category", read_only=True)
    state_text = serializers.SerializerMethodField()
    reasons = ReasonRowSerializer(many=True, read_only=True)
    choices = serializers.SerializerMethodField()
    case = serializers.SerializerMethodField()

    class Meta:
        model = IntakeItem
        fields = (
            "id", "dispute", "dispute_code", "category", "street", "state", "state_text", "reasons",
            "protected", "barred", "danger", "opened_at", "read_at", "read_by", "decided_at",
            "choices", "case",
        )  # fmt: skip
        read_only_fields = fields

    def get_state_text(self, item: IntakeItem) -> str:
        return IntakeState(item.state).zh

    def get_choices(self, item: IntakeItem) -> list[str]:
        return intake_choices(item, self.context["actor"])

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_case(self, item: IntakeItem) -> UUID | None:
        return getattr(item, "case_id", None)


class DeadlineSerializer(serializers.Serializer[Any]):
    """One clock: `last_day` is still in time, `due_at` is 24:00 of it; `running` says whether it counts
    down."""

    law = serializers.CharField()
    title = serializers.CharField()
    title_en = serializers.CharField()
    last_day = serializers.DateField()
    due_at = serializers.DateTimeField(allow_null=True)
    running = serializers.BooleanField()
    days_left = serializers.IntegerField(allow_null=True)
    over = serializers.BooleanField()
    provisional = serializers.BooleanField()


class CaseSerializer(StrictModelSerializer):
    """调解案件 in a list."""

    dispute_code = serializers.CharField(source="dispute.code", read_only=True)
    state_text = serializers.SerializerMethodField()
    deadlines = serializers.SerializerMethodField()
    time_over = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = (
            "id", "number", "dispute", "dispute_code", "intake", "street", "committee", "category", "state",
            "state_text", "initiation", "protected", "received_on", "asked_at", "accepted_on", "ended_at",
            "deadlines", "time_over", "extension_asked_at", "review_on", "fail_code", "ways_owed_at",
            "ways_told_on", "ways_form", "ways_told",
        )  # fmt: skip
        read_only_fields = fields

    def get_state_text(self, case: Case) -> str:
        return CaseState(case.state).zh

    @extend_schema_field(DeadlineSerializer(many=True))
    def get_deadlines(self, case: Case) -> list[dict[str, Any]]:
        return deadlines_of(case)

    def get_time_over(self, case: Case) -> bool:
        now = clock.now()
        return deadlines.is_over(case.acceptance_due_at, now) or deadlines.is_over(case.mediation_due_at, now)


def deadlines_of(case: Case) -> list[dict[str, Any]]:
    """The clocks of a case by the same functions that job and filter use."""
    now, today = clock.now(), clock.today()
    rows = (
        ("PM-T6", case.acceptance_last_day, case.acceptance_due_at),
        (case.mediation_law, case.mediation_last_day, case.mediation_due_at),
        ("PM-T4", case.labour_last_day, case.labour_due_at),
    )
    return [
        {
            "law": law,
            "title": deadlines.NAMES[law][0],
            "title_en": deadlines.NAMES[law][1],
            "last_day": last_day.isoformat(),
            "due_at": due_at,
            "running": due_at is not None,
            "days_left": deadlines.days_left(last_day if due_at else None, today),
            "over": deadlines.is_over(due_at, now),
            "provisional": case.provisional and due_at is not None,
        }
        for law, last_day, due_at in rows
        if last_day is not None
    ]


class ConsentSerializer(StrictModelSerializer):
    class Meta:
        model = Consent
        fields = (
            "step", "answer", "form", "said_on", "said_by", "participant", "child_heard_on", "read_aloud_by",
            "recorded_at", "recorded_by",
        )  # fmt: skip
        read_only_fields = fields


class RightsNoticeSerializer(StrictModelSerializer):
    class Meta:
        model = RightsNotice
        fields = ("way", "form", "said_on", "said_by", "read_aloud_by", "recorded_at", "recorded_by")
        read_only_fields = fields


class WaysToldSerializer(StrictModelSerializer):
    """The other ways, as one party was told them."""

    ways = serializers.ListField(child=serializers.ChoiceField(choices=ResolutionMethod.choices()))
    tried_on = serializers.ListField(child=serializers.DateField())

    class Meta:
        model = WaysTold
        fields = (
            "form", "told_on", "told_by", "ways", "tried_on", "recorded_at", "recorded_by", "role",
        )  # fmt: skip
        read_only_fields = fields


class CasePartySerializer(serializers.Serializer[Any]):
    """A party: what it needs at the table, what it was told (`notices`, the latest last; `ways`: at an end
    without agreement) and what it said. `needs_guardian`: a minor, or an adult of limited capacity by
    document."""

    id = serializers.UUIDField()
    dispute_party = serializers.UUIDField(source="dispute_party_id")
    role = serializers.CharField()
    needs = serializers.ListField(child=serializers.ChoiceField(choices=PartyNeed.choices()))
    needs_guardian = serializers.BooleanField()
    notices = RightsNoticeSerializer(many=True)
    ways = WaysToldSerializer(allow_null=True)
    consents = ConsentSerializer(many=True)
    missing = serializers.ListField(child=serializers.CharField())


class CaseTransitionSerializer(StrictModelSerializer):
    class Meta:
        model = CaseTransition
        fields = ("event", "source", "target", "actor", "role", "reason", "stated_at", "at")
        read_only_fields = fields


CASE_FIELDS = CaseSerializer.Meta.fields


class CaseDetailSerializer(CaseSerializer):
    """A case with its parties, their consents, what is missing, its steps and what may come next."""

    parties = serializers.SerializerMethodField()
    mediators = serializers.SerializerMethodField()
    transitions = CaseTransitionSerializer(many=True, read_only=True)
    choices = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = (*CASE_FIELDS, "end_reason", "parties", "mediators", "transitions", "choices")
        read_only_fields = fields

    @extend_schema_field(CasePartySerializer(many=True))
    def get_parties(self, case: Case) -> list[dict[str, Any]]:
        missing = missing_consents([case.pk]).get(case.pk, [])
        rows = case.parties.select_related("dispute_party", "ways_told")
        parties = rows.prefetch_related("consents", "notices")
        shown = [
            {
                "id": party.pk,
                "dispute_party_id": party.dispute_party_id,
                "role": party.role,
                "needs": party.needs,
                "needs_guardian": needs_guardian(party),
                "notices": party.notices.all(),
                "ways": getattr(party, "ways_told", None),
                "consents": party.consents.all(),
                "missing": [step for party_id, step in missing if party_id == party.pk],
            }
            for party in parties
        ]
        return [dict(row) for row in CasePartySerializer(shown, many=True).data]

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_mediators(self, case: Case) -> list[UUID]:
        return list(case.mediators.filter(replaced_at=None).values_list("user_id", flat=True))

    def get_choices(self, case: Case) -> list[str]:
        return case_choices(case, self.context["actor"])


class PartyNameSerializer(serializers.Serializer[Any]):
    """A name as this case's papers have it; empty for somebody who is only described."""

    id = serializers.UUIDField()
    role = serializers.CharField()
    name = serializers.CharField(allow_null=True)


class WishSerializer(serializers.Serializer[Any]):
    wish = serializers.CharField(allow_null=True)


# Bodies of acts


class BecauseSerializer(StrictSerializer):
    reason = WordsField(max_length=400)


class HandBackSerializer(BecauseSerializer):
    level = serializers.ChoiceField(choices=HandlingLevel.choices())


class OfferSerializer(StrictSerializer):
    """`wish` and `reason` are needed on the protected track: what the person at risk wishes, said alone, and
    why the director agrees."""

    party_ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, allow_null=True, default=None, max_length=50
    )
    committee_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    received_on = PaperDateField(required=False, allow_null=True, default=None)
    initiation = serializers.ChoiceField(
        choices=Initiation.choices(), required=False, allow_null=True, default=None
    )
    wish = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
    reason = WordsField(max_length=400, required=False, allow_blank=True, default="")


class SpokenSerializer(StrictSerializer):
    """How a word was said: in which form, on which day (the paper's), by whom if not by the party itself, and
    for who cannot read: read aloud by whom in the presence of which witness."""

    form = serializers.ChoiceField(choices=WordForm.choices(), required=False, default="oral")
    said_on = PaperDateField(required=False, allow_null=True, default=None)
    said_by_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    read_aloud_by_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    witness = NameField(max_length=60, required=False, allow_blank=True, default="")


class ConsentBodySerializer(OwnIdSerializer, SpokenSerializer):
    """`participant_id` with the step `participant`; `child_heard_on` when a guardian speaks for a child of 8
    or more."""

    party_id = serializers.UUIDField()
    steps = serializers.ListField(
        child=serializers.ChoiceField(choices=ConsentStep.choices()),
        min_length=1,
        max_length=len(ConsentStep),
    )
    answer = serializers.ChoiceField(choices=ConsentAnswer.choices())
    participant_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    child_heard_on = PaperDateField(required=False, allow_null=True, default=None)


class UnreachableSerializer(BecauseSerializer):
    """`party_id`: who cannot be reached; `review_on`: when somebody looks again."""

    party_id = serializers.UUIDField()
    review_on = serializers.DateField()


class CaseBriefSerializer(StrictSerializer):
    brief = WordsField(max_length=BRIEF_MAX)


class CaseBriefShownSerializer(serializers.Serializer[Any]):
    brief = serializers.CharField(allow_null=True)


class AcceptSerializer(StrictSerializer):
    """`mediator_ids` left out or empty: nobody is named yet, the parties still choose or the committee names
    later (`mediators`); until then no session begins and no agreement is reached (PM-19). `paper_serial`: the
    running number on the paper, out of a block that was reserved. `brief`: what it is about, in the words of
    the acceptance form."""

    accepted_on = PaperDateField(required=False, allow_null=True, default=None)
    mediator_ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=10
    )
    chosen_by = serializers.ChoiceField(choices=("parties", "committee"), required=False, default="committee")
    brief = WordsField(max_length=BRIEF_MAX, required=False, allow_blank=True, default="")
    paper_serial = serializers.IntegerField(
        min_value=1, max_value=1_000_000, required=False, allow_null=True, default=None
    )


class ExtendSerializer(OwnIdSerializer):
    days = serializers.IntegerField(min_value=1, max_value=365)


class RefuseSerializer(StrictSerializer):
    """Nobody is asked why."""

    party_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    said_on = PaperDateField(required=False, allow_null=True, default=None)


class MediatorsSerializer(StrictSerializer):
    user_ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=10)
    chosen_by = serializers.ChoiceField(choices=("parties", "committee"))


class PurposeSerializer(StrictSerializer):
    purpose = serializers.ChoiceField(Purpose.choices())
    reason = WordsField(max_length=200)
