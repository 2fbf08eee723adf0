"""Which roles exclude each other, which need a second person, and where each role may be held."""

from datetime import date, timedelta

from kernel.codes.roles import GUARDED, Role
from kernel.law import law

GRANT_DAYS_MAX = 366
"""A guarded grant ends after a year at the latest (a leap year has 366 days)."""

_ADMINISTER = frozenset({Role.DISTRICT_ADMIN})
_AUDIT = frozenset({Role.AUDITOR})
_DECIDE = frozenset(
    {Role.STATION_OFFICER, Role.AGENCY_OFFICER, Role.AGENCY_HEAD, Role.BUREAU_HEAD, Role.PROCURATOR}
)
POWERS = {"administer": _ADMINISTER, "audit": _AUDIT, "decide": _DECIDE}

ACTING_ROLES = frozenset(
    {
        Role.CENTRE_DIRECTOR, Role.STATION_OFFICER, Role.AGENCY_OFFICER, Role.AGENCY_HEAD, Role.BUREAU_HEAD,
    }
)  # fmt: skip
"""Roles that a deputy may hold by document."""

KINDS_OF_ROLE: dict[Role, frozenset[str]] = {
    Role.GRID_WORKER: frozenset({"community", "street"}),
    Role.COMMUNITY_COORDINATOR: frozenset({"community", "street"}),
    Role.CENTRE_CLERK: frozenset({"mediation_centre"}),
    Role.MEDIATOR: frozenset({"mediation_centre", "committee"}),
    Role.CENTRE_DIRECTOR: frozenset({"mediation_centre"}),
    Role.COMMITTEE_KEEPER: frozenset({"committee"}),
    Role.DUTY_OFFICER: frozenset({"mediation_centre", "station"}),
    Role.STATION_OFFICER: frozenset({"station"}),
    Role.AGENCY_OFFICER: frozenset({"agency"}),
    Role.AGENCY_HEAD: frozenset({"agency"}),
    Role.BUREAU_HEAD: frozenset({"bureau"}),
    Role.LIAISON_OFFICER: frozenset({"police_station"}),
    Role.COMPLAINTS_DESK: frozenset({"complaints_office"}),
    Role.PROCURATOR: frozenset({"procuratorate"}),
    Role.AUDITOR: frozenset({"district_government", "bureau"}),
    Role.DISTRICT_ADMIN: frozenset({"district_government"}),
    Role.ANALYST: frozenset({"district_government", "bureau"}),
    Role.ARCHIVE_KEEPER: frozenset({"bureau", "agency"}),
}


def power_of(role: Role) -> str:
    """The exclusion class of a role: `administer`, `audit`, `decide`, or '' for a role that excludes none."""
    return next((name for name, roles in POWERS.items() if role in roles), "")


@law("DJ-2")
def grant_refusal(
    role: Role, kind: str, valid_from: date, valid_to: date | None, *, acting: bool = False
) -> str | None:
    """The problem code that speaks against a grant, or None. `valid_to` is the first day outside."""
    if kind not in KINDS_OF_ROLE[role]:
        return "role_not_of_organisation"
    if valid_to is not None and valid_to <= valid_from:
        return "grant_dates_wrong"
    if acting and (role not in ACTING_ROLES or valid_to is None):
        return "acting_not_possible"
    if role in GUARDED and (valid_to is None or valid_to - valid_from > timedelta(days=GRANT_DAYS_MAX)):
        return "grant_too_long"
    return None


def confirm_refusal(
    *, confirmer: object, member: object, proposer: object, confirming_head: object
) -> str | None:
    """The problem code that speaks against a confirmation, or None.

    Only the head of the receiving organisation (of its superior, where the member is that head) confirms, and
    neither the member nor the one who proposed may.
    """
    if confirmer in {member, proposer}:
        return "own_membership"
    if confirming_head is None or confirmer != confirming_head:
        return "not_the_head"
    return None
