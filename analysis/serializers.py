"""Shapes of statistics. A hidden count is null, with `hidden` true; a zero is a zero."""

from typing import Any

from rest_framework import serializers

from edge.serializers import StrictSerializer
from edge.tables import WRITERS


class StatisticsQuery(StrictSerializer):
    period = serializers.CharField(
        max_length=7, help_text="A closed month `2026-10`, or a closed year `2026`"
    )
    area = serializers.RegexField(
        r"^[0-9]{12}\Z", required=False, help_text="A street of the own reach; default: the district"
    )


class StatisticsFileQuery(StatisticsQuery):
    format = serializers.ChoiceField(choices=tuple(WRITERS), default="xlsx")


class CountSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()
    text_en = serializers.CharField()
    count = serializers.IntegerField(allow_null=True)
    hidden = serializers.BooleanField()


class TableSerializer(serializers.Serializer[Any]):
    by = serializers.CharField()
    title = serializers.CharField()
    title_en = serializers.CharField()
    rows = CountSerializer(many=True)


class MeasureSerializer(serializers.Serializer[Any]):
    measure = serializers.CharField()
    title = serializers.CharField()
    title_en = serializers.CharField()
    count = serializers.IntegerField(allow_null=True)
    hidden = serializers.BooleanField()
    tables = TableSerializer(many=True)


class StatisticsSerializer(serializers.Serializer[Any]):
    """Days are half-open, `[first, after)`. `least`: smaller counts are hidden, with what would tell them;
    `mean_days`: from acceptance to conclusion, each case weighing the same."""

    period = serializers.CharField()
    first = serializers.DateField()
    after = serializers.DateField()
    area = serializers.CharField()
    area_name = serializers.CharField()
    least = serializers.IntegerField()
    measures = MeasureSerializer(many=True)
    mean_days = serializers.FloatField(allow_null=True)
