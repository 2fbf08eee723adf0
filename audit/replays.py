"""What tells a caller that a request changed nothing, because an equal one had done it before."""

from typing import Any

from rest_framework.request import Request
from rest_framework.views import APIView

from audit.services import facts_recorded
from edge.repeats import replayed

ACTS = ("POST", "PUT")


class Replays(APIView):
    """A view whose acts each leave a fact: one that left none has been done before."""

    _facts_before = 0

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self._facts_before = facts_recorded()
        super().initial(request, *args, **kwargs)

    def replayed(self) -> dict[str, str] | None:
        """The headers of the answer to an act."""
        return replayed(self.request.method in ACTS and facts_recorded() == self._facts_before)
