"""Rate limits: by person and device for calls with a token, by address (behind `NUM_PROXIES`) for the
others."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class PerCaller(SimpleRateThrottle):
    scope = "caller"

    def get_cache_key(self, request: Request, view: Any) -> str:
        actor = getattr(request, "actor", None)
        who = f"{actor.user_id}.{actor.device_id}" if actor else self.get_ident(request)
        return f"throttle.{self.scope}.{who}"


class PerAddress(PerCaller):
    """For sign-in, enrolment and refresh: whoever calls, the address counts."""

    scope = "login"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return f"throttle.{self.scope}.{self.get_ident(request)}"
