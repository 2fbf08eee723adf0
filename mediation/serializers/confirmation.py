"""Bodies of judicial confirmation and follow-up."""

from dataclasses import asdict
from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from edge.serializers import StrictModelSerializer, StrictSerializer, WordsField
from kernel import clock
from mediation import agreed, deadlines
from mediation.confirmation import ConfirmationState, CourtBasis, CourtDoubt, precheck
from mediation.follow_up import FollowUpChoice, FollowUpResult, FollowUpState
from mediation.models import Confirmation, FollowUp
from mediation.serializers.fields import PaperDateField

CHOICES = (FollowUpChoice.PHONE, FollowUpChoice.VISIT)


class DoubtSerializer(serializers.Serializer[Any]):
    """A warning of the pre-check; not `sure` where only the kind of the dispute suggests it."""

    code = serializers.ChoiceField(choices=CourtDoubt.choices())
    zh = serializers.CharField()
    en = serializers.CharField()
    sure = serializers.BooleanField()


class PartyWordSerializer(serializers.Serializer[Any]):
    """`papers`: which of its own papers the party gives to the court."""

    party = serializers.UUIDField()
    joint = serializers.BooleanField()
    remind = serializers.BooleanField()
    said_on = serializers.DateField()
    papers = serializers.ListField(child=serializers.UUIDField())


class ConfirmationSerializer(StrictModelSerializer):
    """司法确认. The screen warns by `last_day`; where it is a legal holiday `moved_day` is the day that
    the law moves it to, as information."""

    case = serializers.UUIDField(source="agreement.case_id", read_only=True)
    state_text = serializers.SerializerMethodField()
    days_left = serializers.SerializerMethodField()
    overdue = serializers.SerializerMethodField()
    court_until = serializers.SerializerMethodField()

    class Meta:
        model = Confirmation
        fields = (
            "id", "agreement", "case", "state", "state_text", "last_day", "moved_day", "provisional",
            "days_left", "overdue", "over_at", "expired_at", "offered_on", "filed_on", "court", "court_basis",
            "court_until", "decided_on", "document_no", "ground",
        )  # fmt: skip
        read_only_fields = fields

    def get_state_text(self, row: Confirmation) -> str:
        return ConfirmationState(row.state).zh

    def get_days_left(self, row: Confirmation) -> int | None:
        return deadlines.days_left(row.last_day if row.due_at else None, clock.today())

    def get_overdue(self, row: Confirmation) -> bool:
        return agreed.is_overdue(row, clock.now())

    def get_court_until(self, row: Confirmation) -> date | None:
        return None if row.filed_on is None else deadlines.court_decides_by(row.filed_on)


class ConfirmationDetailSerializer(ConfirmationSerializer):
    """With the warnings of the pre-check and the parties' latest words."""

    doubts = serializers.SerializerMethodField()
    words = serializers.SerializerMethodField()

    class Meta:
        model = Confirmation
        fields = (*ConfirmationSerializer.Meta.fields, "doubts", "words")
        read_only_fields = fields

    @extend_schema_field(DoubtSerializer(many=True))
    def get_doubts(self, row: Confirmation) -> list[dict[str, Any]]:
        agreement = row.agreement
        dated = all(owed.due_on is not None for owed in agreement.obligations.all())
        written = agreement.written_on is not None
        found = precheck(agreement.case.category, row.precheck, written=written, dated=dated)
        return [asdict(doubt) for doubt in found]

    @extend_schema_field(PartyWordSerializer(many=True))
    def get_words(self, row: Confirmation) -> list[dict[str, Any]]:
        return [
            {
                "party": str(party), "joint": word.joint, "remind": word.remind, "said_on": word.said_on,
                "papers": sorted(str(paper.pk) for paper in word.papers.all()),
            }
            for party, word in agreed.latest_words(row).items()
            if word is not None
        ]  # fmt: skip


class FollowUpSerializer(StrictModelSerializer):
    """回访 of one party. `choice`: how the party wants it; without one nobody is contacted."""

    case = serializers.UUIDField(source="agreement.case_id", read_only=True)
    number = serializers.CharField(source="agreement.case.number", read_only=True, allow_null=True)
    state_text = serializers.SerializerMethodField()
    choice = serializers.SerializerMethodField()
    days_left = serializers.SerializerMethodField()
    overdue = serializers.SerializerMethodField()

    class Meta:
        model = FollowUp
        fields = (
            "id", "agreement", "case", "number", "party", "due_on", "days_left", "overdue", "overdue_at",
            "state", "state_text", "choice", "done_on", "form", "result", "satisfied", "done_by",
        )  # fmt: skip
        read_only_fields = fields

    def get_state_text(self, row: FollowUp) -> str:
        return FollowUpState(row.state).zh

    @extend_schema_field(serializers.ChoiceField(choices=FollowUpChoice.choices(), allow_null=True))
    def get_choice(self, row: FollowUp) -> str | None:
        words = sorted(row.party.follow_up_wishes.all(), key=lambda word: (word.recorded_at, word.id))
        return words[-1].choice if words else None

    def get_days_left(self, row: FollowUp) -> int | None:
        return deadlines.days_left(row.due_on if row.due_at else None, clock.today())

    def get_overdue(self, row: FollowUp) -> bool:
        return agreed.is_overdue(row, clock.now())


class NoteSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(allow_null=True)


# Bodies of acts


class PrecheckBodySerializer(StrictSerializer):
    doubts = serializers.ListField(
        child=serializers.ChoiceField(choices=CourtDoubt.choices()), max_length=len(CourtDoubt)
    )


class OfferedBodySerializer(StrictSerializer):
    told_on = PaperDateField(required=False, allow_null=True, default=None)


class JointBodySerializer(StrictSerializer):
    """`papers`: ids of papers that only the copy of this party holds, and which go to the court."""

    party_id = serializers.UUIDField()
    joint = serializers.BooleanField()
    remind = serializers.BooleanField(required=False, default=False)
    said_on = PaperDateField(required=False, allow_null=True, default=None)
    papers = serializers.ListField(child=serializers.UUIDField(), required=False, default=list, max_length=50)


class FileBodySerializer(StrictSerializer):
    filed_on = PaperDateField()
    court = WordsField(max_length=80)
    court_basis = serializers.ChoiceField(choices=CourtBasis.choices())


class DecisionBodySerializer(StrictSerializer):
    decision = serializers.ChoiceField(choices=("valid", "rejected", "not_accepted"))
    document_no = WordsField(max_length=80)
    decided_on = PaperDateField()
    ground = serializers.ChoiceField(
        choices=CourtDoubt.choices(), required=False, allow_blank=True, default=""
    )


class WithdrawBodySerializer(StrictSerializer):
    on = PaperDateField()


class FollowUpWishBodySerializer(StrictSerializer):
    party_id = serializers.UUIDField()
    choice = serializers.ChoiceField(choices=FollowUpChoice.choices())
    said_on = PaperDateField(required=False, allow_null=True, default=None)


class FollowUpBodySerializer(StrictSerializer):
    form = serializers.ChoiceField(choices=[(choice.value, choice.zh) for choice in CHOICES])
    done_on = PaperDateField()
    result = serializers.ChoiceField(choices=FollowUpResult.choices())
    satisfied = serializers.BooleanField(required=False, allow_null=True, default=None)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
