from typing import Any

from rest_framework import serializers

from corrections.codes import AttemptWay, ExcuseCode, NoPoint, PlaceVerdict, VisitOutcome
from corrections.models import ContactStep, DueContact, Judgement, Naming, PlaceFlag, Visit
from corrections.selectors import standing_of
from corrections.serializers.people import Day
from edge.serializers import StrictSerializer
from kernel.codes.law import ContactForm, CoordinateSystem


class ContactRow(serializers.ModelSerializer[Any]):
    """`state` is what was written down last, `standing` where the contact stands now."""

    standing = serializers.SerializerMethodField()
    above_plan = serializers.SerializerMethodField()

    class Meta:
        model = DueContact
        fields = [
            "id", "subject", "form", "open_day", "due_day", "opens_at", "due_at", "grace_until",
            "provisional", "quiet_from", "quiet_to", "state", "standing", "settled_at", "excuse",
            "slot", "above_plan",
        ]  # fmt: skip

    def get_above_plan(self, row: DueContact) -> bool:
        return row.above_plan_note is not None

    def get_standing(self, row: DueContact) -> str:
        return standing_of(row, self.context["now"]).value


class StepRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = ContactStep
        fields = [
            "event",
            "source",
            "target",
            "at",
            "recorded_at",
            "actor",
            "role",
            "acting_for",
            "reason",
            "visit",
        ]


class NamingRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = Naming
        fields = ["user", "named_by", "named_at", "ended_at"]


class JudgementRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = Judgement
        fields = ["id", "place", "accepted", "judged_by", "judged_at"]


class VisitRow(serializers.ModelSerializer[Any]):
    """The machine's verdict with reasons, and apart from it the officers' judgements. Points: `reveal`."""

    judgements = JudgementRow(many=True, read_only=True)

    class Meta:
        model = Visit
        fields = [
            "id", "subject", "contact", "author", "form", "outcome", "way", "made_at", "received_at",
            "rev", "amended_at", "clock_off", "signed", "witness", "witnessed_by",
            "in_quiet_hours", "no_point_reason", "place_verdict",
            "place_reasons", "fix_at", "fix_trusted", "judgements",
        ]  # fmt: skip


class ContactDetail(ContactRow):
    steps = StepRow(many=True, read_only=True)
    visits = VisitRow(many=True, read_only=True)
    namings = NamingRow(many=True, read_only=True)

    class Meta(ContactRow.Meta):
        fields = [*ContactRow.Meta.fields, "steps", "visits", "namings"]


class ContactRequest(StrictSerializer):
    """One contact more. Above the plan's most only with a note of why that is proportionate."""

    subject = serializers.UUIDField()
    form = serializers.ChoiceField(ContactForm.choices())
    open_day = Day()
    due_day = Day()
    note = serializers.CharField(max_length=1000, required=False)


class ExcuseRequest(StrictSerializer):
    code = serializers.ChoiceField(ExcuseCode.choices())
    text = serializers.CharField(max_length=1000, required=False)


class WorkerRequest(StrictSerializer):
    user = serializers.UUIDField()


class PointRequest(StrictSerializer):
    lon_e7 = serializers.IntegerField(min_value=730_000_000, max_value=1_360_000_000)
    lat_e7 = serializers.IntegerField(min_value=30_000_000, max_value=540_000_000)
    crs = serializers.ChoiceField(CoordinateSystem.choices())
    accuracy_cm = serializers.IntegerField(min_value=-100, max_value=1_000_000_000, required=False)
    fix_at = serializers.DateTimeField(required=False)
    provider = serializers.CharField(max_length=20, required=False)


class VisitRequest(StrictSerializer):
    """A contact that an officer enters: a report at the office, a call, one written on paper."""

    outcome = serializers.ChoiceField(VisitOutcome.choices())
    made_at = serializers.DateTimeField(help_text="When it was, also if it is entered later")
    way = serializers.ChoiceField(AttemptWay.choices(), required=False)
    point = PointRequest(required=False)
    no_location_reason = serializers.ChoiceField(NoPoint.choices(), required=False)
    note = serializers.CharField(max_length=2000, required=False)
    witness = serializers.UUIDField(
        required=False, help_text="Who met the person, where it was not the officer: of the group, or named"
    )


class JudgeRequest(StrictSerializer):
    accepted = serializers.BooleanField()
    place = serializers.ChoiceField(PlaceVerdict.choices(), required=False)
    reason = serializers.CharField(max_length=1000)


class PointClear(serializers.Serializer[Any]):
    lon = serializers.FloatField()
    lat = serializers.FloatField()
    crs = serializers.CharField(help_text="As declared; lon and lat are WGS 84")
    accuracy_cm = serializers.IntegerField(allow_null=True)
    fix_at = serializers.DateTimeField(allow_null=True)
    provider = serializers.CharField(allow_blank=True)
    distance_m = serializers.FloatField(
        allow_null=True, help_text="To the boundary of the leave area, positive inside"
    )


class VersionClear(serializers.Serializer[Any]):
    rev = serializers.IntegerField()
    way = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_null=True)
    until = serializers.DateTimeField(help_text="When the author's next version came")


class VisitClear(serializers.Serializer[Any]):
    points = PointClear(many=True)
    note = serializers.CharField(allow_null=True)
    versions = VersionClear(many=True, help_text="What the author had said before")
    judgement_reasons = serializers.ListField(child=serializers.CharField(allow_null=True))


class FlagRow(serializers.ModelSerializer[Any]):
    """The person was last seen outside: since which fix, the newest fix, and when it arrived."""

    class Meta:
        model = PlaceFlag
        fields = [
            "id", "subject", "visit", "since", "fix_at", "received_at", "state", "opened_at", "closed_at",
            "closed_by", "withdrawn_by",
        ]  # fmt: skip
