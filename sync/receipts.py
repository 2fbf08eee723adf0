"""Outcomes again, after a reinstall or in doubt: of the caller's own items only."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from kernel.actor import Actor
from sync import inbox
from sync.items import Outcome


class Asked(msgspec.Struct, forbid_unknown_fields=True):
    ids: list[UUID]


def outcomes(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Outcome]:
    """The outcome of each of the caller's items, the first where an id came with several contents."""
    found: dict[UUID, Outcome] = {}
    for id_, items in inbox.known(ids).items():
        own = [item.outcome for item in items if item.author == actor.user_id]
        if own:
            found[id_] = own[0]
    return found
