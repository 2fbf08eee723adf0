"""Which organisation looks after an item that was not accepted."""

from collections.abc import Sequence
from uuid import UUID

from kernel.actor import Actor
from sync import registry
from sync.items import Outcome, PushItem

Refused = tuple[str, PushItem | None, Outcome]


def queues_of(actor: Actor, refused: Sequence[Refused]) -> list[UUID | None]:
    """For each (kind, item, outcome): whom the outcome names, else whom the kind does, else the author's
    own."""
    queues = [outcome.queue or actor.organisation_id for _, _, outcome in refused]
    asking: dict[str, list[tuple[int, PushItem]]] = {}
    for place, (kind, item, outcome) in enumerate(refused):
        entry = registry.find(kind)
        if outcome.queue is None and item is not None and entry is not None and entry.owner_queue is not None:
            asking.setdefault(kind, []).append((place, item))
    for kind, pairs in asking.items():
        ask = registry.kind(kind).owner_queue
        found = ask(actor, [item for _, item in pairs]) if ask else []
        for (place, _), queue in zip(pairs, found, strict=True):
            queues[place] = queue
    return queues
