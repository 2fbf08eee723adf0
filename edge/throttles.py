"""Rate limits: by person and device for calls with a token, by address (behind `NUM_PROXIES`) for the
others."""

import time
from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from edge.counting import Calls

calls = Calls()


class Counted(SimpleRateThrottle):
    """A rate whose cost does not grow with it: DRF's own keeps the time of every call of the last minute."""

    def allow_request(self, request: Request, view: Any) -> bool:
        key = self.get_cache_key(request, view)
        self._wait = calls.take(key, self.num_requests, self.duration, time.monotonic())
        return not self._wait

    def wait(self) -> float:
        return self._wait


class PerCaller(Counted):
    scope = "caller"

    def get_cache_key(self, request: Request, view: Any) -> str:
        actor = getattr(request, "actor", None)
        who = f"{actor.user_id}.{actor.device_id}" if actor else self.get_ident(request)
        return f"{self.scope}.{who}"
