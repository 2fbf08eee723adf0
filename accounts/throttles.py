"""How often strangers may knock. Nothing is locked for good: who is locked out could be the owner."""

from typing import Any

from rest_framework.request import Request

from edge.conf import setting
from edge.throttles import Counted


class _ByAddress(Counted):
    """By address, as `NUM_PROXIES` tells it."""

    rate_setting = ""

    def get_rate(self) -> str:
        return str(setting(self.rate_setting))

    def get_cache_key(self, request: Request, view: Any) -> str:
        return f"{self.rate_setting}.{self.get_ident(request)}"


class LoginByAddress(_ByAddress):
    rate_setting = "LOGIN_RATE"


class LoginByName(_ByAddress):
    """By address and name together, so that nobody can keep somebody else out from elsewhere."""

    rate_setting = "LOGIN_NAME_RATE"

    def get_cache_key(self, request: Request, view: Any) -> str:
        body = request.data if isinstance(request.data, dict) else {}
        name = hash(str(body.get("username", ""))[:100])
        return f"{self.rate_setting}.{self.get_ident(request)}.{name}"


class EnrolByAddress(_ByAddress):
    rate_setting = "ENROL_RATE"


class RefreshByAddress(_ByAddress):
    """Wide: a whole district's phones may stand behind one address of the carrier."""

    rate_setting = "REFRESH_RATE"
