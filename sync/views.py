"""What the addresses of phones share: they are measured, an old app learns it, pushes are admitted, and every
way to push ends in the same act."""

import time
from contextlib import ExitStack
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from accounts.api.sessions import session_id_of
from accounts.services import logout
from edge.conf import setting
from edge.views import DomainView
from kernel.problems import Problem
from sync import admission, metrics, push, versions, wire
from sync.access import PHONES
from sync.items import Envelope
from sync.parsers import PushParser
from sync.signing import Stated

FINAL = OpenApiParameter("final", int, enum=[0, 1], description="1: end the session afterwards")


class PhoneView(DomainView):
    """`pulls` and `pushes`: the methods (lower case) that bring rows, and those that take records."""

    policy = PHONES
    pulls: ClassVar[frozenset[str]] = frozenset()
    pushes: ClassVar[frozenset[str]] = frozenset()

    @property
    def hears_lost(self) -> bool:
        """What a lost phone pushes is kept; of all else it hears its order alone."""
        return (self.request.method or "").lower() in self.pushes

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


class TakingView(PhoneView):
    """An address that takes records: the engine's own, or that of a stock client."""

    pushes = frozenset({"post"})
    parser_classes = (PushParser,)
    query_params = frozenset({"final"})

    def take(self, request: Request, envelope: Envelope, stated: Stated | None = None) -> list[push.Result]:
        """Take a push: a result for each item, in order. With `?final=1` the session ends once all is stored.

        What a lost phone sends waits for a person; the answer is its order, as a Problem. `stated`: see
        `push.push`.
        """
        wire.check_room(len(envelope.items))
        final, order = wire.flag(request, "final"), getattr(request, "wipe_order", None)
        results = push.push(self.actor, envelope, lost=order is not None, stated=stated)
        if order is not None:
            raise order
        if final:
            logout(actor=self.actor, family_id=session_id_of(request))
        return results


def _check_app(request: Request) -> None:
    said, minimum = request.headers.get("X-App-Version"), setting("SYNC_APP_MINIMUM")
    if said is not None and versions.older(said, minimum):
        raise Problem("app_too_old", minimum=minimum)
