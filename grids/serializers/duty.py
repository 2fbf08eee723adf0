from datetime import timedelta
from typing import Any

from rest_framework import serializers

from edge.conf import setting
from edge.serializers import OwnIdSerializer, StrictModelSerializer, StrictSerializer, WordsField, within
from grids.models import Assignment, AssignmentKind, Handover
from grids.moves import NOTE_MAX
from kernel import clock

TABLE_MAX = 400_000
CALENDAR_DAYS = 90


class MovesRequest(StrictSerializer):
    """A table of moves, and whether it is only to be looked at."""

    csv = serializers.CharField(
        max_length=TABLE_MAX, trim_whitespace=False,
        help_text="Heading: grid, worker, from; also kind, to, instead_of, note "
        "(or 网格编码, 网格员账号, 起始日期, 主备, 结束日期, 替换账号, 交接说明)",
    )  # fmt: skip
    reason = WordsField(max_length=400)
    dry_run = serializers.BooleanField(default=False, help_text="A preview: nothing is kept")


class MoveEndSerializer(StrictSerializer):
    assignment = serializers.UUIDField()
    worker = serializers.CharField(help_text="User name")
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=AssignmentKind.choices)


class MoveBeginSerializer(StrictSerializer):
    worker = serializers.CharField(help_text="User name")
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=AssignmentKind.choices)
    until = serializers.DateField(allow_null=True)


class MoveSerializer(StrictSerializer):
    """What one row does."""

    row = serializers.IntegerField()
    code = serializers.CharField(help_text="Of the grid")
    day = serializers.DateField()
    ends = MoveEndSerializer(many=True)
    begins = MoveBeginSerializer(allow_null=True)


class VacancySerializer(StrictSerializer):
    """A grid without a primary from `day` to the day before `until`."""

    grid = serializers.UUIDField(source="grid_id")
    code = serializers.CharField()
    name = serializers.CharField()
    community = serializers.UUIDField(source="community_id")
    day = serializers.DateField()
    until = serializers.DateField(allow_null=True, help_text="None: nobody as far as was looked")


class MovesAnswer(StrictSerializer):
    applied = serializers.BooleanField()
    moves = MoveSerializer(many=True)
    vacant = VacancySerializer(many=True, help_text="Grids of the table that lack a primary afterwards")


class VacancyQuery(StrictSerializer):
    days = serializers.IntegerField(
        required=False, validators=within(1, "VACANCY_LOOK_MAX_DAYS"), help_text="How far ahead"
    )


class CalendarQuery(StrictSerializer):
    worker = serializers.UUIDField(required=False, help_text="Default: oneself")
    since = serializers.DateField(required=False, help_text="Default: today")
    until = serializers.DateField(required=False, help_text="The first day outside; default: 90 days later")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        since = attrs.setdefault("since", clock.today())
        if since.year not in range(1900, 2200):
            raise serializers.ValidationError({"since": "a year from 1900 to 2199"})
        until = attrs.setdefault("until", since + timedelta(days=CALENDAR_DAYS))
        most = setting("VACANCY_LOOK_MAX_DAYS")
        if not timedelta(0) < until - since <= timedelta(days=most):
            raise serializers.ValidationError({"until": f"1 to {most} days after since"})
        return attrs


class SpanSerializer(StrictModelSerializer):
    """One assignment in a worker's calendar, past ones included."""

    code = serializers.CharField(source="grid.code")
    name = serializers.CharField(source="grid.name")

    class Meta:
        model = Assignment
        fields = ("id", "grid", "code", "name", "kind", "valid_from", "valid_to", "closed")
        read_only_fields = fields


class HandoverSerializer(StrictModelSerializer):
    author_name = serializers.CharField(source="author.name", read_only=True)

    class Meta:
        model = Handover
        fields = (
            "id", "grid", "assignment", "note", "author", "author_name", "created_at", "taken_by", "taken_at",
        )  # fmt: skip
        read_only_fields = fields


class HandoverRequest(OwnIdSerializer):
    assignment_id = serializers.UUIDField()
    note = WordsField(max_length=NOTE_MAX)
