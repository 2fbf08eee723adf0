"""The states of a due contact, and the one function that says where it stands at a moment.

Job, API, list filter and export read `LIMITS`: nowhere else is a moment compared with a limit.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from corrections.codes import ContactState
from kernel.codes.roles import Role
from kernel.law import law
from kernel.transitions import StateTable, Transition

P, O, G, M = ContactState.PLANNED, ContactState.OPEN, ContactState.IN_GRACE, ContactState.MISSED  # noqa: E741  because the table reads as a picture
STAFF = frozenset({Role.STATION_OFFICER, Role.AGENCY_OFFICER, Role.AGENCY_HEAD})
WITNESS = STAFF | {Role.GRID_WORKER}

CONTACT = StateTable(
    "due_contact",
    initial=P,
    transitions=[
        Transition(P, "open", O),
        Transition(O, "grace", G),
        Transition(G, "miss", M),
        *(Transition(state, "contact", ContactState.DONE, roles=WITNESS) for state in (P, O, G)),
        *(Transition(state, "late_contact", ContactState.DONE_LATE, roles=WITNESS) for state in (G, M)),
        *(Transition(state, "excuse", ContactState.EXCUSED, roles=STAFF) for state in (P, O, G, M)),
        Transition(P, "replan", ContactState.CANCELLED),
        *(Transition(state, "term_end", ContactState.CANCELLED) for state in (P, O, G)),
    ],
    terminal=[ContactState.DONE, ContactState.DONE_LATE, ContactState.EXCUSED, ContactState.CANCELLED],
)

# State, the column that ends it (half-open: at that instant it has ended), the event that follows.
LIMITS: tuple[tuple[ContactState, str, str], ...] = (
    (P, "opens_at", "open"),
    (O, "due_at", "grace"),
    (G, "grace_until", "miss"),
)
WAITING = frozenset(state for state, _, _ in LIMITS)
ON_PHONE = (*sorted(WAITING), M)


class Window(Protocol):
    """Anything with the three limits: a planned window, a row of the table, an answer of the API."""

    @property
    def opens_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def grace_until(self) -> datetime: ...


def standing(window: Window, at: datetime) -> ContactState:
    """Where a contact stands at `at` when nothing has happened to it."""
    for state, column, _ in LIMITS:
        if at < getattr(window, column):
            return state
    return M


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that time does to a contact, and the true moment at which it did."""

    source: ContactState
    event: str
    target: ContactState
    at: datetime


def steps_due(state: str, window: Window, at: datetime) -> list[Step]:
    """What time has done since `state` was written, in order: after days of downtime nothing is left out."""
    steps: list[Step] = []
    current = state
    for source, column, event in LIMITS:
        limit: datetime = getattr(window, column)
        if current == source and limit <= at:
            target = ContactState(CONTACT.apply(current, event, role=None).target)
            steps.append(Step(source, event, target, limit))
            current = target
    return steps


def next_limit(state: str, window: Window) -> datetime | None:
    """When time moves a contact next; None when it never will."""
    for source, column, _ in LIMITS:
        if state == source:
            limit: datetime = getattr(window, column)
            return limit
    return None


@law("CCL-12")
def contact_event(state: str, window: Window, made_at: datetime, open_day_start: datetime) -> str | None:
    """The event that a visit made at `made_at` is for this contact; None when it settles nothing.

    From the first minute of the opening day a visit counts, whatever the hour: quiet hours bind us, not the
    person. In time is what was made in time, even if it arrived in grace; a contact that already stands as
    missed becomes `done_late`, and its visit shows when it was made.
    """
    if made_at < open_day_start or state not in (*WAITING, M):
        return None
    if state == M or made_at >= window.due_at:
        return "late_contact"
    return "contact"
