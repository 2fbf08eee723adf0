"""Outcomes again, where they were changed, after a reinstall or in doubt: of the caller's own items only."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from kernel.actor import Actor
from sync import inbox
from sync.files.selectors import waiting_by_item
from sync.items import Outcome, State


class Asked(msgspec.Struct, forbid_unknown_fields=True):
    ids: list[UUID]


def outcomes(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Outcome]:
    """The outcome of each of the caller's items, the first where an id came with several contents."""
    found: dict[UUID, Outcome] = {}
    if not ids:
        return found
    for id_, items in inbox.known(ids).items():
        own = [item.outcome for item in items if item.author == actor.user_id]
        if own:
            found[id_] = own[0]
    return found


def told(actor: Actor, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """The outcomes of these items as a phone reads them; what is not the caller's own is left out."""
    return with_files([shown(id_, found.state, found) for id_, found in outcomes(actor, ids).items()])


def with_files(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With the number of files that the server still waits for, where an item has declared any."""
    ids = [UUID(str(result["id"])) for result in results if _is_uuid(result["id"])]
    waiting = {str(item): count for item, count in waiting_by_item(ids).items()} if ids else {}
    return [
        result | {"files_waiting": waiting[str(result["id"])]} if str(result["id"]) in waiting else result
        for result in results
    ]


def _is_uuid(said: Any) -> bool:
    try:
        UUID(str(said))
    except ValueError:
        return False
    return True


def shown(id_: Any, state: State, outcome: Outcome) -> dict[str, Any]:
    """One outcome on the wire, without what is empty."""
    parts = {
        "code": outcome.code,
        "detail": outcome.detail,
        "field_errors": outcome.field_errors,
        "rev": outcome.rev,
        "current": outcome.current,
        "clash": list(outcome.fields),
    }
    return {"id": id_, "state": state} | {key: value for key, value in parts.items() if value}
