"""The states of devices, memberships and people.

A lost phone never comes back into use: what was cloned stays cloned. It is lost until it confirms the wipe.
"""

from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.transitions import StateTable, Transition

_ADMIN = frozenset({Role.DISTRICT_ADMIN})


def role_of(actor: Actor) -> str | None:
    """The role to ask a table with: a person without a role is not the machine and may do nothing."""
    return None if actor.is_system else actor.role or "none"


DEVICE = StateTable(
    "device",
    initial="pending",
    terminal=["retired"],
    transitions=[
        Transition("pending", "enrol", "active"),
        Transition("pending", "retire", "retired", _ADMIN),
        Transition("active", "suspend", "suspended", _ADMIN),
        Transition("suspended", "reactivate", "active", _ADMIN),
        Transition("active", "report_lost", "lost", _ADMIN),
        Transition("suspended", "report_lost", "lost", _ADMIN),
        Transition("lost", "confirm_wipe", "wiped"),
        Transition("active", "retire", "retired", _ADMIN),
        Transition("suspended", "retire", "retired", _ADMIN),
        Transition("wiped", "retire", "retired", _ADMIN),
    ],
)

MEMBERSHIP = StateTable(
    "membership",
    initial="proposed",
    terminal=["ended"],
    transitions=[
        # Who confirms is a matter of the organisation and not of a role: see powers.confirm_refusal.
        Transition("proposed", "confirm", "confirmed"),
        Transition("proposed", "end", "ended", _ADMIN),
        Transition("confirmed", "end", "ended", _ADMIN),
    ],
)

USER = StateTable(
    "user",
    initial="active",
    terminal=["deleted"],
    transitions=[
        Transition("active", "suspend", "suspended", _ADMIN),
        Transition("suspended", "reinstate", "active", _ADMIN),
        Transition("active", "delete", "deleted", _ADMIN),
        Transition("suspended", "delete", "deleted", _ADMIN),
    ],
)

_BUREAU = frozenset({Role.BUREAU_HEAD})
VENDOR = StateTable(
    "vendor_account",
    initial="proposed",
    terminal=["ended"],
    transitions=[
        Transition("proposed", "confirm", "confirmed", _BUREAU, law="PI-21"),
        Transition("proposed", "end", "ended", _ADMIN | _BUREAU),
        Transition("confirmed", "end", "ended", _ADMIN | _BUREAU),
    ],
)
