from typing import Any

from rest_framework import serializers

from corrections.models import PeriodicReport, TimelyReport
from corrections.reports import TimelyKind, ToldWay, days_until_told
from corrections.serializers.people import Day
from corrections.serializers.steps import Stepped
from edge.serializers import OwnIdSerializer, StrictSerializer

MATTER = 2000


class PeriodicRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = PeriodicReport
        fields = [
            "id", "subject", "visit", "first_day", "last_day", "original_at", "taken_by", "taken_at",
        ]  # fmt: skip


class ToldMatters(StrictSerializer):
    """The five matters 遵纪守法、接受监督管理、教育学习、公益活动、社会活动; "none" is an answer."""

    law_abiding = serializers.CharField(max_length=MATTER)
    supervision = serializers.CharField(max_length=MATTER)
    study = serializers.CharField(max_length=MATTER)
    public_benefit = serializers.CharField(max_length=MATTER)
    social = serializers.CharField(max_length=MATTER)


class PeriodicRequest(StrictSerializer):
    contact = serializers.UUIDField(source="contact_id")
    made_at = serializers.DateTimeField(help_text="When it was made, also if it is entered later")
    first_day = Day()
    last_day = Day()
    told = ToldMatters()
    original_at = serializers.CharField(max_length=100, required=False, help_text="Where the paper lies")


class PeriodicClear(serializers.Serializer[Any]):
    law_abiding = serializers.CharField(allow_null=True)
    supervision = serializers.CharField(allow_null=True)
    study = serializers.CharField(allow_null=True)
    public_benefit = serializers.CharField(allow_null=True)
    social = serializers.CharField(allow_null=True)


class TimelyRow(Stepped):
    """`days_until_told` is shown, and compared with nothing."""

    days_until_told = serializers.SerializerMethodField()

    class Meta:
        model = TimelyReport
        fields = [
            "id", "subject", "kind", "state", "way", "happened_on", "told_on", "days_until_told", "taken_by",
            "taken_at", "steps",
        ]  # fmt: skip

    def get_days_until_told(self, row: TimelyReport) -> int:
        return days_until_told(row.happened_on, row.told_on)


class TimelyRequest(OwnIdSerializer):
    subject = serializers.UUIDField(source="subject_id")
    kind = serializers.ChoiceField(TimelyKind.choices())
    way = serializers.ChoiceField(ToldWay.choices())
    happened_on = Day()
    told_on = Day()
    text = serializers.CharField(max_length=4000)


class TimelyWordsRequest(StrictSerializer):
    text = serializers.CharField(max_length=1000)


class TimelyClear(serializers.Serializer[Any]):
    text = serializers.CharField(allow_null=True)
