"""Fields that several bodies share."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kernel import clock

EARLIEST_YEAR = 2000


@extend_schema_field({"type": "string", "format": "date", "pattern": "^20[0-9]{2}-"})
class PaperDateField(serializers.DateField):
    """The date on a paper: of this century, and not in the future."""

    def to_internal_value(self, value: Any) -> date:
        day: date = super().to_internal_value(value)
        if day.year < EARLIEST_YEAR:
            raise serializers.ValidationError(["date_too_early"])
        if day > clock.today():
            raise serializers.ValidationError(["date_in_future"])
        return day
