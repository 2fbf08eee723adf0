"""What the addresses of phones share: they are measured, an old app learns it, pushes are admitted."""

import time
from contextlib import ExitStack
from typing import Any, ClassVar

from rest_framework.request import Request

from edge.conf import setting
from edge.views import DomainView
from kernel.problems import Problem
from sync import admission, metrics, versions
from sync.access import PHONES


class PhoneView(DomainView):
    """`pulls` and `pushes`: the methods (lower case) that bring rows, and those that take records."""

    policy = PHONES
    pulls: ClassVar[frozenset[str]] = frozenset()
    pushes: ClassVar[frozenset[str]] = frozenset()

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.answered = "refused"
        begun, method = time.perf_counter(), request.method.lower()
        with ExitStack() as self.admitted:
            answer = super().dispatch(request, *args, **kwargs)
        took = time.perf_counter() - begun
        if method in self.pulls:
            metrics.pull_seconds.labels(self.answered).observe(took)
        elif method in self.pushes:
            metrics.push_seconds.labels(self.answered).observe(took)
        return answer

    def check_throttles(self, request: Request) -> None:
        """The last step before the body is read."""
        super().check_throttles(request)
        method = (request.method or "").lower()
        if method in self.pulls:
            _check_app(request)
        if method in self.pushes:
            self.admitted.enter_context(admission.place(self.actor.device_id))


def _check_app(request: Request) -> None:
    said, minimum = request.headers.get("X-App-Version"), setting("SYNC_APP_MINIMUM")
    if said is not None and versions.older(said, minimum):
        raise Problem("app_too_old", minimum=minimum)
