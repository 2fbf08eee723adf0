from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from corrections.models import ActStep


class ActStepRow(serializers.ModelSerializer[Any]):
    """One transition without its words. `reason` is a code of the machine's own list; `acting_for`: in
    whose place a deputy 代理 took it."""

    reason = serializers.CharField(source="code")

    class Meta:
        model = ActStep
        fields = [
            "event", "source", "target", "actor", "role", "acting_for", "reason", "said_on", "at",
            "recorded_at",
        ]  # fmt: skip


class Stepped(serializers.ModelSerializer[Any]):
    """A row that shows how it came to where it stands (`corrections.api.rows.SteppedRows`)."""

    steps = serializers.SerializerMethodField()

    @extend_schema_field(ActStepRow(many=True))
    def get_steps(self, row: Any) -> Any:
        return ActStepRow(self.context["steps"][row.pk], many=True).data
