"""Fields that several bodies share."""

from datetime import date, datetime
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


def _of_this_century(at: datetime) -> None:
    if not EARLIEST_YEAR <= at.year < EARLIEST_YEAR + 100:
        raise serializers.ValidationError(["date_too_early" if at.year < EARLIEST_YEAR else "date_too_late"])


@extend_schema_field({"type": "string", "format": "date-time", "pattern": "^20[0-9]{2}-"})
class PaperTimeField(serializers.DateTimeField):
    """The hour on a paper: of this century, and not in the future."""

    def to_internal_value(self, value: Any) -> datetime:
        at: datetime = super().to_internal_value(value)
        _of_this_century(at)
        if at > clock.now():
            raise serializers.ValidationError(["date_in_future"])
        return at


@extend_schema_field({"type": "string", "format": "date-time", "pattern": "^20[0-9]{2}-"})
class FutureField(serializers.DateTimeField):
    """An hour of this century; the service says whether it is still to come."""

    def to_internal_value(self, value: Any) -> datetime:
        at: datetime = super().to_internal_value(value)
        _of_this_century(at)
        return at
