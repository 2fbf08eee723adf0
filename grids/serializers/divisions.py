from rest_framework import serializers

from accounts.models import AreaChange, AreaChangeKind
from edge.serializers import DayField, StrictModelSerializer, StrictSerializer, WordsField
from grids.models import PlannedChange

TABLE_MAX = 400_000


class AreaChangeSerializer(StrictModelSerializer):
    """One line of history: what an old code became. `into` is the division itself where it goes on."""

    class Meta:
        model = AreaChange
        fields = (
            "id", "area", "into", "kind", "day", "old_code", "new_code", "old_name", "new_name", "old_parent",
            "document",
        )  # fmt: skip
        read_only_fields = fields


class AreaChangesRequest(StrictSerializer):
    """A table of changed codes, and whether it is only to be looked at."""

    csv = serializers.CharField(
        max_length=TABLE_MAX, trim_whitespace=False,
        help_text="Heading: old, new and, as wanted, name (or 旧代码, 新代码, 名称)",
    )  # fmt: skip
    day = DayField(help_text="From when on the new codes hold; a day to come: they wait for it")
    document = serializers.CharField(max_length=200, required=False, allow_blank=True)
    dry_run = serializers.BooleanField(default=False, help_text="A preview: nothing is kept")


class AreaChangePlanned(StrictSerializer):
    row = serializers.IntegerField(help_text="0: it followed the division above")
    kind = serializers.ChoiceField(choices=AreaChangeKind.choices)
    level = serializers.CharField(source="old.level")
    old_code = serializers.CharField(source="old.code")
    new_code = serializers.CharField(source="new")
    old_name = serializers.CharField(source="old.name")
    new_name = serializers.CharField(source="name")


class AreaCreated(StrictSerializer):
    code = serializers.CharField()
    name = serializers.CharField()
    level = serializers.CharField()


class AreaChangesAnswer(StrictSerializer):
    applied = serializers.BooleanField()
    planned = serializers.UUIDField(
        source="planned.id", default=None, allow_null=True, help_text="Which one waits for its day"
    )  # fmt: skip
    changes = AreaChangePlanned(many=True, source="plan.changes")
    created = AreaCreated(many=True)
    ended = serializers.ListField(child=serializers.CharField(), source="plan.ended", help_text="Codes")
    grids = serializers.IntegerField(help_text="Grids that get another code with it")


class ChangeFaultSerializer(StrictSerializer):
    row = serializers.IntegerField(help_text="0: no row of the table")
    fault = serializers.CharField()


class PlannedChangeSerializer(StrictModelSerializer):
    """A table of changed codes that waits for its day, or what became of it. `faults`: why its day refused
    it."""

    faults = ChangeFaultSerializer(many=True, read_only=True)

    class Meta:
        model = PlannedChange
        fields = ("id", "area", "day", "document", "state", "faults", "created_by", "created_at", "ended_at")
        read_only_fields = fields


class PlannedChangeTableSerializer(PlannedChangeSerializer):
    class Meta(PlannedChangeSerializer.Meta):
        fields = (*PlannedChangeSerializer.Meta.fields, "csv")
        read_only_fields = fields


class WithdrawChangeRequest(StrictSerializer):
    reason = WordsField(max_length=400)
