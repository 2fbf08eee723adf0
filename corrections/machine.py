"""The states of a due contact, and the one function that says where it stands at a moment.

Job, API, list filter and export read `LIMITS`: nowhere else is a moment compared with a limit.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from corrections.codes import ContactState
from kernel.codes.law import ContactForm
from kernel.codes.roles import Role
from kernel.law import law
from kernel.transitions import StateTable, Transition

PLANNED, OPEN = ContactState.PLANNED, ContactState.OPEN
GRACE, MISSED = ContactState.IN_GRACE, ContactState.MISSED
DONE, DONE_LATE = ContactState.DONE, ContactState.DONE_LATE
EXCUSED, CANCELLED = ContactState.EXCUSED, ContactState.CANCELLED
AGENCY = frozenset({Role.AGENCY_OFFICER, Role.AGENCY_HEAD})
STAFF = AGENCY | {Role.STATION_OFFICER}
WITNESS = STAFF | {Role.GRID_WORKER}

CONTACT = StateTable(
    "due_contact",
    initial=PLANNED,
    transitions=[
        Transition(PLANNED, "open", OPEN),
        Transition(OPEN, "grace", GRACE),
        Transition(GRACE, "miss", MISSED),
        *(Transition(state, "contact", DONE, roles=WITNESS) for state in (PLANNED, OPEN, GRACE)),
        *(Transition(state, "late_contact", DONE_LATE, roles=WITNESS) for state in (GRACE, MISSED)),
        *(Transition(state, "excuse", EXCUSED, roles=STAFF) for state in (PLANNED, OPEN, GRACE, MISSED)),
        Transition(PLANNED, "replan", CANCELLED),
        *(Transition(state, "term_end", CANCELLED) for state in (PLANNED, OPEN, GRACE)),
    ],
    terminal=[DONE, DONE_LATE, EXCUSED, CANCELLED],
)

GROUP = StateTable(
    "correction_group",
    initial="draft",
    transitions=[
        Transition("draft", "activate", "active", roles=STAFF, law="CCL-25"),
        Transition("draft", "end", "ended", roles=STAFF),
        Transition("active", "end", "ended", roles=STAFF),
    ],
    terminal=["ended"],
)
PLAN = StateTable(
    "correction_plan",
    initial="in_force",
    transitions=[
        Transition("in_force", "replace", "replaced", roles=STAFF),
        Transition("in_force", "end", "ended", roles=STAFF),
    ],
    terminal=["replaced", "ended"],
)
FLAG = StateTable(
    "place_flag",
    initial="open",
    transitions=[
        Transition("open", "withdraw", "withdrawn"),
        Transition("open", "look_at", "looked_at", roles=STAFF),
    ],
    terminal=["withdrawn", "looked_at"],
)

# State, the column that ends it (half-open: at that instant it has ended), the event that follows.
LIMITS: tuple[tuple[ContactState, str, str], ...] = (
    (PLANNED, "opens_at", "open"),
    (OPEN, "due_at", "grace"),
    (GRACE, "grace_until", "miss"),
)
WAITING = frozenset(state for state, _, _ in LIMITS)
ON_PHONE = (PLANNED, OPEN, GRACE, MISSED)
# What a worker may do: call and visit. Reports at the office would name the office on the phone.
PHONE_FORMS = frozenset({ContactForm.COMMUNICATION, ContactForm.FIELD_VISIT})


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
    return MISSED


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
    if made_at < open_day_start or state not in (*WAITING, MISSED):
        return None
    if state == MISSED or made_at >= window.due_at:
        return "late_contact"
    return "contact"
