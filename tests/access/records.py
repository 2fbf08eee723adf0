"""The kinds of record that can be read one by one, and what of them a person is shown."""

import re
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.test import RequestFactory

from kernel.actor import SYSTEM
from kernel.ids import uuid7
from tests.access.routes import Route, routes
from tests.access.stock import Stock
from tests.cast import Member

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

    def model(self) -> type[Model]:
        """The model behind the view, as the machine itself sees it."""
        view = self.route.view(**{"action": "retrieve"})
        view.request = RequestFactory().get("/")
        view.request.actor = replace(SYSTEM)
        view.request.query_params = {}
        model: type[Model] = view.rows().model
        return model


def kinds() -> list[Kind]:
    """Every route that reads one record by its id."""
    found = [Kind(route) for route in routes() if route.action == "retrieve" and route.method == "get"]
    return [kind for kind in found if len(PARAMETER.findall(kind.route.path)) == 1]


def shown(kind: Kind, member: Member, pks: list[UUID]) -> set[UUID]:
    """Which of the records the person gets as details."""
    answers = {pk: member.client.get(kind.url(pk)) for pk in pks}
    assert {answer.status_code for answer in answers.values()} <= {200, 403, 404}, (kind.name, answers)
    return {pk for pk, answer in answers.items() if answer.status_code == 200}


def listed(kind: Kind, member: Member) -> set[UUID]:
    """Which records stand in the person's list."""
    answer = member.client.get(kind.base, {"limit": 500})
    if answer.status_code == 400:
        answer = member.client.get(kind.base)
    if answer.status_code != 200:
        return set()
    body = answer.json()
    rows = body.get("results", body.get("features", []))
    return {UUID(row["id"]) for row in rows}


def refused(kind: Kind, member: Member, pk: UUID) -> dict[str, Any]:
    """The refusal of a record, without what differs with every request."""
    body: dict[str, Any] = member.client.get(kind.url(pk)).json()
    return {key: value for key, value in body.items() if key != "request_id"}


def nobody() -> UUID:
    return uuid7()


def cell(stock: Stock, shown_pks: set[UUID], pks: list[UUID]) -> str:
    """`A` all of the own street, `a` some, `B b` of the foreign one, `D d` of neither."""
    letters = []
    for side, whole, part in (("A", "A", "a"), ("B", "B", "b"), ("", "D", "d")):
        those = {pk for pk in pks if stock.of(pk) == side}
        if those and shown_pks & those:
            letters.append(whole if those <= shown_pks else part)
    return " ".join(letters) or NOTHING
