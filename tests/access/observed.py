"""What each role is shown of each kind of record: the list, and samples of details."""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from kernel.ids import uuid7
from tests.access import stock as story
from tests.access.records import NOTHING, Kind, cell, kinds
from tests.access.routes import routes
from tests.access.stock import Stock, everything
from tests.cast import Member, found_district

INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9:]{2,5})?"
)
Table = dict[str, dict[str, str]]


@dataclass
class Seen:
    """`table`: kind → role → cell. The others: (kind, role) pairs at which something is not as it must be."""

    table: Table = field(default_factory=dict)
    listed_but_refused: list[tuple[str, str]] = field(default_factory=list)
    shown_but_not_listed: list[tuple[str, str]] = field(default_factory=list)
    tells_foreign_from_absent: list[tuple[str, str]] = field(default_factory=list)
    times: set[str] = field(default_factory=set)  # every instant that stood in an answer, with where it stood


def observe() -> Seen:
    seen, stock = Seen(), story.build(found_district())
    for kind in kinds():
        pks = [row.pk for row in everything(kind.model())]
        assert pks, f"{kind.name}: the story has no such record; add one to tests/access/stock.py"
        seen.table[kind.name] = {
            role: _one(seen, stock, kind, member, pks) for role, member in stock.by_role().items()
        }
    _plain_answers(seen, stock)
    return seen


def _plain_answers(seen: Seen, stock: Stock) -> None:
    """Addresses that need no id, asked by the first role that is let in; not the phones' own protocol."""
    for route in routes():
        if route.method == "get" and not route.detail and not route.path.startswith("api/v1/sync/"):
            for member in stock.by_role().values():
                answer = member.client.get(f"/{route.path}")
                if answer.status_code == 200:
                    _note_times(seen, route.path, answer)
                    break


def _note_times(seen: Seen, where: str, answer: Any) -> None:
    if "json" in answer.get("content-type", ""):
        seen.times |= {f"{where}: {found}" for found in INSTANT.findall(answer.content.decode())}


def _one(seen: Seen, stock: Stock, kind: Kind, member: Member, pks: list[UUID]) -> str:
    """The cell of one role; what is wrong is noted."""
    at, found = (kind.name, str(member.membership.role)), _listed(kind, member)
    if found is None and _detail(kind, member, pks[0])[0] == 403:
        return NOTHING  # the role may not ask at all; test_roles looks at every such route
    shown = (found or set()) & set(pks)
    for pk in sorted(shown)[:1]:
        _note_times(seen, kind.name, member.client.get(kind.url(pk)))
    if any(_detail(kind, member, pk)[0] != 200 for pk in sorted(shown)[:1]):
        seen.listed_but_refused.append(at)
    absent = _detail(kind, member, uuid7())
    hidden = {stock.of(pk): pk for pk in pks if pk not in shown}
    for pk in hidden.values():
        answer = _detail(kind, member, pk)
        if answer[0] == 200:
            seen.shown_but_not_listed.append(at)
        elif answer != absent:
            seen.tells_foreign_from_absent.append(at)
    return cell(stock, shown, pks)


def _detail(kind: Kind, member: Member, pk: UUID) -> tuple[int, dict[str, Any]]:
    """Status and body, without what differs with every request."""
    answer = member.client.get(kind.url(pk))
    body = answer.json()
    return answer.status_code, {key: value for key, value in body.items() if key != "request_id"}


def _listed(kind: Kind, member: Member) -> set[UUID] | None:
    """Which records stand in the person's list; None where the role may not ask."""
    paged = "limit" in kind.parameters()
    answer = member.client.get(kind.base, {"limit": 500} if paged else {})
    assert answer.status_code in {200, 403}, (kind.name, answer.content)
    if answer.status_code != 200:
        return None
    body = answer.json()
    return {UUID(row["id"]) for row in body.get("results", body.get("features", []))}
