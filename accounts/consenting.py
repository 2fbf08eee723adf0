"""A worker's own location, agreed to with whoever leads the worker (PI-29/30)."""

from uuid import UUID

from accounts.access import users_visible_to
from kernel.actor import Actor
from privacy.codes import ConsentPurpose
from privacy.consenting import Use, enter

USER = "user"


def connect() -> None:
    """Enter the use (once, when the app is ready)."""
    enter(Use(ConsentPurpose.OWN_LOCATION, USER, seen, at_desk=True))


def seen(actor: Actor, user_id: UUID) -> bool:
    return users_visible_to(actor).filter(pk=user_id).exists()
