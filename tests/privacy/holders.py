"""The two who hold the seal key, with their halves."""

from privacy.services import Halves, seal_key_make
from tests.cast import Member


def seal_key(head: Member, keeper: Member) -> Halves:
    return seal_key_make(actor=head.actor, head_id=head.user.id, keeper_id=keeper.user.id)


def typed(halves: Halves) -> dict[str, str]:
    """Both halves as they are typed into a form."""
    return {"head_half": halves.head, "keeper_half": halves.keeper}
