from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from edge.serializers import StrictModelSerializer
from escalation.explaining import MADE, deed, made_by, sentence
from escalation.models import Firing, LevelClock
from kernel import clock
from kernel.deadlines import ran_out


class FindingSerializer(serializers.Serializer[Any]):
    """One comparison of the rule: what was asked, what was found, in a sentence."""

    fact = serializers.CharField()
    op = serializers.CharField()
    value = serializers.JSONField()
    found = serializers.JSONField(allow_null=True)
    holds = serializers.BooleanField()
    text = serializers.SerializerMethodField()

    def get_text(self, finding: dict[str, Any]) -> str:
        return sentence(finding)


class MadeSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(MADE)
    id = serializers.UUIDField()


class DeedSerializer(serializers.Serializer[Any]):
    """One action and what came of it; what it made is named to those who can open that."""

    action = serializers.CharField()
    result = serializers.CharField()
    text = serializers.SerializerMethodField()
    made = serializers.SerializerMethodField()

    def get_text(self, done: dict[str, Any]) -> str:
        return deed(done, more=made_by(done) is None or self._opens(done))

    @extend_schema_field(MadeSerializer(allow_null=True))
    def get_made(self, done: dict[str, Any]) -> dict[str, str] | None:
        made = made_by(done)
        return dict(zip(("kind", "id"), made, strict=True)) if made and self._opens(done) else None

    def _opens(self, done: dict[str, Any]) -> bool:
        return made_by(done) in self.context.get("openable", ())


class FiringSerializer(StrictModelSerializer):
    """触发记录: rule and version, the facts as they were, each comparison, what was done, and the true
    time."""

    rule = serializers.CharField(source="rule.code", read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True)
    title = serializers.SerializerMethodField()
    title_en = serializers.SerializerMethodField()
    law = serializers.SerializerMethodField()
    dispute_code = serializers.CharField(source="dispute.code", read_only=True)
    findings = FindingSerializer(many=True, read_only=True)
    actions = DeedSerializer(many=True, read_only=True)

    class Meta:
        model = Firing
        fields = (
            "id", "rule", "version", "title", "title_en", "law", "dispute", "dispute_code", "event", "due_at",
            "fired_at", "facts", "findings", "actions",
        )  # fmt: skip
        read_only_fields = fields

    def get_title(self, firing: Firing) -> str:
        return str(firing.version.body["zh"])

    def get_title_en(self, firing: Firing) -> str:
        return str(firing.version.body["en"])

    def get_law(self, firing: Firing) -> list[str]:
        return [str(row) for row in firing.version.body.get("law", [])]


class LevelClockSerializer(StrictModelSerializer):
    """层级时限: `over` by the same comparison as the job's."""

    dispute_code = serializers.CharField(source="dispute.code", read_only=True)
    over = serializers.SerializerMethodField()

    class Meta:
        model = LevelClock
        fields = (
            "id", "dispute", "dispute_code", "ordinal", "level", "profile", "begun_at", "last_day", "due_at",
            "provisional", "paused_at", "ended_at", "end", "over",
        )  # fmt: skip
        read_only_fields = fields

    def get_over(self, running: LevelClock) -> bool:
        return running.ended_at is None and running.paused_at is None and ran_out(running.due_at, clock.now())
