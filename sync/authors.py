"""Who sent an item, as the actor that its kind's service needs when the item is decided later."""

from accounts.models import Membership
from kernel.actor import Actor
from kernel.codes.roles import Role
from sync.models import Inbox


def author_of(row: Inbox) -> Actor:
    """The author in the role of the item: with the membership of that role, the latest where there are
    several."""
    memberships = Membership.objects.filter(user_id=row.author_id, role=row.role, confirmed_at__isnull=False)
    found = memberships.order_by("-valid_from", "-id").values_list("organisation_id", "id").first()
    organisation, membership = found or (None, None)
    return Actor(row.author_id, Role(row.role), organisation, membership, row.device_id)
