"""Strict serializers: unknown and read-only fields are refused, texts are NFC and free of control
characters."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from rest_framework import serializers
from rest_framework.settings import api_settings

from edge.conf import setting
from kernel import text
from kernel.clock import YEARS_OF_OURS

NOT_OF_A_FIELD = api_settings.NON_FIELD_ERRORS_KEY
MOST = 100
"""Unknown fields that are named, and characters of each: a hostile body has 400,000 of them."""


class StrictSerializer(serializers.Serializer[Any]):
    """Base of every body that we take."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            data = self._checked(data)
        try:
            return super().to_internal_value(data)
        except OverflowError as error:  # the year 1 without an offset, of which there is no UTC
            raise serializers.ValidationError({NOT_OF_A_FIELD: ["a time out of range"]}) from error

    def _checked(self, data: Mapping[str, Any]) -> dict[str, Any]:
        writable = {name for name, field in self.fields.items() if not field.read_only}
        unknown = list(islice((str(name)[:MOST] for name in data if name not in writable), MOST))
        if unknown:
            raise serializers.ValidationError({name: ["unknown_field"] for name in sorted(unknown)})
        return {key: _clean(key, value) for key, value in data.items()}


def within(least: int, most: str) -> list[Any]:
    """Validators of a number from `least` to the setting named `most`, which the document shows as well."""
    return [MinValueValidator(least), MaxValueValidator(lambda: setting(most))]


class OwnIdSerializer(StrictSerializer):
    """A body that makes a row: `id` is the sender's own, by which the same request again is known."""

    id = serializers.UUIDField(required=False, help_text="UUIDv7 of the sender: the same again makes nothing")


class NothingSerializer(StrictSerializer):
    """An empty body: an act that needs nothing to be said."""


class StrictModelSerializer(StrictSerializer, serializers.ModelSerializer[Any]):
    """The same for a model; `fields` are always named, never `__all__`."""


class DayField(serializers.DateField):
    """A day of ours: one of the years 1900 to 2200, with days before and after it."""

    def to_internal_value(self, value: Any) -> Any:
        day = super().to_internal_value(value)
        if day.year not in YEARS_OF_OURS:
            raise serializers.ValidationError(
                f"a year from {YEARS_OF_OURS.start} to {YEARS_OF_OURS.stop - 1}"
            )
        return day


class _Said(serializers.CharField):
    """A text, and no number that could be read as one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise serializers.ValidationError(["a text is wanted"])
        return str(super().to_internal_value(data))


class NameField(_Said, serializers.RegexField):
    """What somebody or something is called: one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(text.NAME, **options)


class WordsField(_Said):
    """Words of staff that are kept in clear: a reason, a note. Telephone and ID numbers have sealed fields of
    their own and are masked here."""

    def to_internal_value(self, data: Any) -> str:
        return text.mask_numbers(super().to_internal_value(data))[0]


def _clean(key: str, value: Any) -> Any:
    if isinstance(value, str):
        cleaned = text.clean(value)
        if cleaned is None:
            raise serializers.ValidationError({key: ["a control, bidirectional or zero-width character"]})
        return cleaned
    if isinstance(value, list):
        return [_clean(key, entry) for entry in value]
    return value


class ProblemSerializer(serializers.Serializer[Any]):
    """RFC 9457 body, for the OpenAPI document."""

    type = serializers.CharField()
    title = serializers.CharField(help_text="中文说明")
    title_en = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable code to switch on")
    detail = serializers.CharField(required=False)
    fields_ = serializers.DictField(required=False)
    request_id = serializers.CharField()

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields["fields"] = fields.pop("fields_")
        return fields
