"""A request that was sent twice: what it makes stands under the sender's own id, and is made once."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from edge.encryption import reveal_if_any
from edge.locks import advisory
from kernel.ids import uuid7
from kernel.problems import Problem

Row = TypeVar("Row", bound=Model)


def made_before(
    model: type[Row], id: UUID | None, sealed: Mapping[str, str] | None = None, /, **same: Any
) -> Row | None:
    """The row that the first of two equal requests has made under this id; None where there is none, or no
    id. `same`: whose it is, about what, and what it says; `sealed`: the words in its encrypted fields.
    Anything else under the id is a clash (problem `conflict`), never dropped as if it had been said. Equal
    requests at once wait here for each other until the end of the transaction."""
    if id is None:
        return None
    advisory("own_id", [id])
    known: Row | None = model._default_manager.filter(pk=id).first()
    if known is not None and not (_equal(known, same) and _reads(known, sealed or {})):
        raise Problem("conflict")
    return known


def _equal(row: Model, same: Mapping[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in same.items())


def _reads(row: Model, words: Mapping[str, str]) -> bool:
    """Words whose key was destroyed cannot be compared any more."""
    found = {name: reveal_if_any(row, name) if getattr(row, name) else None for name in words}
    return all(said is None or said == words[name] for name, said in found.items())


def replayed(replay: bool) -> dict[str, str] | None:
    """The header by which a caller knows that this had been done before."""
    return {"Idempotent-Replay": "true"} if replay else None


def ids_from(first: UUID | None, count: int) -> list[UUID]:
    """Ids of the rows that one request makes: the first is the sender's own, by which all of them are
    known."""
    return [first or uuid7(), *(uuid7() for _ in range(count - 1))][:count]
