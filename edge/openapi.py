"""How the OpenAPI document is made: tags by package, problems on every operation, the bearer token, and the
bounds of what we take: a client that keeps to the document is not refused for its form."""

from typing import Any

from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework.fields import RegexField

from edge.filters import YEARS_PATTERN
from edge.help_texts import help_of, summary_of
from edge.policy import Policy, action_of
from edge.serializers import ProblemSerializer, StrictSerializer
from kernel import text
from kernel.codes.purposes import Purpose

ANY_TEXT = f"^[^{text.FORBIDDEN}]*$"
SEEN_TEXT = f"^[^{text.FORBIDDEN}]*[^{text.FORBIDDEN}\\s][^{text.FORBIDDEN}]*$"
READ_PARAMETERS = [
    OpenApiParameter("purpose", str, required=True, enum=Purpose.values()),
    OpenApiParameter("reason", {"type": "string", "pattern": "[^\\s]"}, required=True),
]
"""Why a sensitive part is read: they stand in the read log."""
CLOCK_TIME = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
_SAID_OTHERWISE = frozenset({"enum", "format", "pattern"})


class PolicyAutoSchema(AutoSchema):
    """Adds the problem answers and says which roles may call."""

    def get_tags(self) -> list[str]:
        return [type(self.view).__module__.split(".")[0]]

    def get_summary(self) -> str:
        return summary_of(help_of(self.view, self.method))

    def get_description(self) -> str:
        policy: Policy | None = getattr(self.view, "policy", None)
        text = help_of(self.view, self.method)
        if policy is None or policy.public:
            return text
        roles = ", ".join(sorted(policy.roles(action_of(self.view, self.method))))
        device = "\n\nOnly from an enrolled device." if policy.device else ""
        return f"{text}{device}\n\nRoles: {roles}".strip()

    def _lists(self) -> bool:
        """As for `StrictQuery`: filters and pages belong to the list, also where an act answers with rows."""
        return getattr(self.view, "action", None) in (None, "list")

    def get_filter_backends(self) -> list[Any]:
        return super().get_filter_backends() if self._lists() else []

    def _get_paginator(self) -> Any:
        return super()._get_paginator() if self._lists() else None

    def _get_filter_parameters(self) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super()._get_filter_parameters()
        filters = getattr(getattr(self.view, "filterset_class", None), "base_filters", {})
        for parameter in parameters:
            _bound(parameter["schema"], filters.get(parameter["name"]))
        return parameters

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        problem = self._get_response_for_code(ProblemSerializer, "default", ["application/problem+json"])
        problem["description"] = "A problem (RFC 9457): 4xx with a stable code, 503 with Retry-After"
        bodies.setdefault("default", problem)
        return bodies


def _bound(schema: dict[str, Any], asked: Any) -> None:
    """How long the text of a filter, and how far from today its time may be."""
    most = getattr(asked, "extra", {}).get("max_length")
    if most is not None:
        schema["maxLength"] = most
    if schema.get("format") in ("date", "date-time"):
        schema["pattern"] = YEARS_PATTERN


class StrictBody(OpenApiSerializerExtension):
    """A body holds nothing but what is named."""

    target_class = StrictSerializer
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        schema: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return schema | ({"additionalProperties": False} if direction == "request" else {})


class CleanText(OpenApiSerializerFieldExtension):
    """Texts of a body hold no control, bidirectional or zero-width character, and more than white space."""

    target_class = "rest_framework.fields.CharField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        field = self.target
        schema: dict[str, Any] = auto_schema._map_serializer_field(field, direction, bypass_extensions=True)
        own_pattern = isinstance(field, RegexField)  # drf-spectacular takes it from the validator
        ours = direction == "request" and isinstance(field.root, StrictSerializer) and not own_pattern
        if ours and schema.get("type") == "string" and not _SAID_OTHERWISE & schema.keys():
            schema["pattern"] = SEEN_TEXT if field.trim_whitespace else ANY_TEXT
        return schema


class Choices(OpenApiSerializerFieldExtension):
    """A column that may stand empty is answered as an empty text, which is one of the values."""

    target_class = "rest_framework.fields.ChoiceField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        field = self.target
        schema: dict[str, Any] = auto_schema._map_serializer_field(field, direction, bypass_extensions=True)
        if direction == "response" and "" not in schema["enum"] and _may_be_empty(field):
            schema["enum"] = [*schema["enum"], ""]
        return schema


def _may_be_empty(field: Any) -> bool:
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    columns = {column.name: column for column in model._meta.get_fields()} if model else {}
    column = columns.get(field.source)
    return getattr(column, "blank", False) or getattr(column, "default", None) == ""


class TimeOfDay(OpenApiSerializerFieldExtension):
    """A local time of day. The format `time` of JSON Schema would want an offset from UTC."""

    target_class = "rest_framework.fields.TimeField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": CLOCK_TIME}


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.authentication.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
