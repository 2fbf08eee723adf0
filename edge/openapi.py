"""How the OpenAPI document is made: tags by package, problems on every operation, the bearer token."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from edge.policy import Policy, action_of
from edge.serializers import ProblemSerializer


class PolicyAutoSchema(AutoSchema):
    """Adds the problem answers and says which roles may call."""

    def get_tags(self) -> list[str]:
        return [type(self.view).__module__.split(".")[0]]

    def get_description(self) -> str:
        policy: Policy | None = getattr(self.view, "policy", None)
        text = super().get_description() or ""
        if policy is None or policy.public:
            return text
        roles = ", ".join(sorted(policy.roles(action_of(self.view, self.method))))
        return f"{text}\n\nRoles: {roles}".strip()

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        problem = self._get_response_for_code(ProblemSerializer, "default", ["application/problem+json"])
        problem["description"] = "A problem (RFC 9457): 4xx with a stable code, 503 with Retry-After"
        bodies.setdefault("default", problem)
        return bodies


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.authentication.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
