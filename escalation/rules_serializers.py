"""Rules, profiles, trials and extensions over HTTP."""

from typing import Any

from rest_framework import serializers

from edge.serializers import StrictModelSerializer, StrictSerializer, WordsField
from escalation.clocks import Profile
from escalation.models import Extension, ProfileVersion, Rule, RuleVersion


class RuleVersionSerializer(StrictModelSerializer):
    class Meta:
        model = RuleVersion
        fields = ("number", "body", "made_at", "made_by")
        read_only_fields = fields


class RuleSerializer(StrictModelSerializer):
    """A rule with every version; `active` is the number of the one in force, null when it is retired or only
    kept."""

    active = serializers.IntegerField(
        source="active_version.number", read_only=True, allow_null=True, default=None
    )
    versions = RuleVersionSerializer(many=True, read_only=True)

    class Meta:
        model = Rule
        fields = ("id", "code", "active", "versions")
        read_only_fields = fields


class RuleSaveSerializer(StrictSerializer):
    """`rule`: as in `fixtures/rules.json`; every word of it is checked."""

    rule = serializers.DictField()
    activate = serializers.BooleanField(default=False)


class RuleActivateSerializer(StrictSerializer):
    number = serializers.IntegerField(min_value=1, max_value=1_000_000)


class EscalationReasonSerializer(StrictSerializer):
    reason = WordsField(max_length=400)


class TrialSerializer(StrictSerializer):
    rule = serializers.DictField()
    days = serializers.IntegerField(min_value=1, max_value=366, default=90)


class TrialLineSerializer(serializers.Serializer[Any]):
    rule = serializers.CharField()
    dispute = serializers.CharField(help_text="The dispute's code")
    event = serializers.CharField()
    at = serializers.DateTimeField()
    level = serializers.CharField()
    fired = serializers.BooleanField(help_text="A rule of this code did fire on it")


class TrialResultSerializer(serializers.Serializer[Any]):
    tried = serializers.IntegerField(help_text="Disputes looked at")
    would_fire = serializers.IntegerField()
    lines = TrialLineSerializer(many=True)


class ProfileSerializer(StrictModelSerializer):
    days = serializers.DictField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = ProfileVersion
        fields = ("id", "number", "profile", "days", "reason", "made_at", "made_by")
        read_only_fields = fields


class ProfileSetSerializer(StrictSerializer):
    """`days` as `grid=1 community=2 street=2 district=2`; a level that is not named has no clock."""

    profile = serializers.ChoiceField([profile.value for profile in Profile])
    days = serializers.CharField(max_length=100)
    reason = WordsField(max_length=400)


class ExtensionSerializer(StrictModelSerializer):
    """More time for a level: who asked for how much and why, and what was decided."""

    dispute = serializers.UUIDField(source="clock.dispute_id", read_only=True)
    level = serializers.CharField(source="clock.level", read_only=True)
    last_day = serializers.DateField(source="clock.last_day", read_only=True)

    class Meta:
        model = Extension
        fields = (
            "id", "clock", "dispute", "level", "days", "reason", "asked_by", "asked_role", "asked_at",
            "state", "decided_by", "decided_at", "decision", "last_day_before", "last_day",
        )  # fmt: skip
        read_only_fields = fields


class ExtensionAskSerializer(StrictSerializer):
    clock = serializers.UUIDField()
    days = serializers.IntegerField(min_value=1, max_value=90)
    reason = WordsField(max_length=400)


class DecisionSerializer(StrictSerializer):
    approve = serializers.BooleanField()
    reason = WordsField(max_length=400)
