"""The kinds of record that can be read one by one."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model
from django.http import QueryDict
from django.test import RequestFactory

from edge.pagination import PAGE_PARAMETERS
from kernel.actor import SYSTEM
from tests.access.routes import Route, routes
from tests.access.stock import Stock

NOTHING = "-"
PARAMETER = re.compile(r"<uuid:\w+>")


@dataclass(frozen=True)
class Kind:
    """A list with its details: `GET /api/v1/users` and `GET /api/v1/users/<id>`."""

    route: Route

    @property
    def base(self) -> str:
        return "/" + self.route.path.rsplit("/", 1)[0]

    @property
    def name(self) -> str:
        return self.base.removeprefix("/api/v1/")

    def url(self, pk: UUID) -> str:
        return f"{self.base}/{pk}"

    def parameters(self) -> frozenset[str]:
        return PAGE_PARAMETERS if getattr(self.route.view, "pagination_class", None) else frozenset()

    def model(self) -> type[Model]:
        """The model behind the view, as the machine itself sees it."""
        request = RequestFactory().get("/")
        request.actor, request.query_params = SYSTEM, QueryDict()
        model: type[Model] = self.route.view(action="retrieve", request=request).rows().model
        return model


def kinds() -> list[Kind]:
    """Every route that reads one record by its id."""
    found = [Kind(route) for route in routes() if route.action == "retrieve" and route.method == "get"]
    return [kind for kind in found if len(PARAMETER.findall(kind.route.path)) == 1]


def cell(stock: Stock, shown: set[UUID], pks: list[UUID]) -> str:
    """`A` all of the own street, `a` some, `B b` of the foreign one, `D d` of neither."""
    letters = []
    for side, whole, part in (("A", "A", "a"), ("B", "B", "b"), ("", "D", "d")):
        those = {pk for pk in pks if stock.of(pk) == side}
        if shown & those:
            letters.append(whole if those <= shown else part)
    return " ".join(letters) or NOTHING
