"""Who has a phone. What a phone may hold is decided by its scopes, asked anew on every page."""

from edge.policy import Policy
from kernel.codes.roles import Role

PHONE_ROLES = frozenset(
    {
        Role.GRID_WORKER,
        Role.COMMUNITY_COORDINATOR,
        Role.DUTY_OFFICER,
        Role.STATION_OFFICER,
        Role.AGENCY_OFFICER,
    }
)

PHONES = Policy(PHONE_ROLES, device=True)
UPLOADING = Policy(PHONE_ROLES, device=True, options=True)
