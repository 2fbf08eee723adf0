"""The life of an item in the inbox, as a table. What waited is decided by the machine, what is before a
person by a person; an outcome that stands is never taken back."""

from kernel.transitions import StateTable, Transition
from sync.items import State

_EVENTS = {
    State.ACCEPTED: "accept",
    State.REJECTED: "refuse",
    State.QUARANTINED: "quarantine",
    State.CONFLICT: "clash",
    State.NOT_APPLICABLE: "find_out_of_place",
    State.HELD: "hold",
}
_AGAIN = {
    State.HELD: set(_EVENTS) - {State.HELD, State.NOT_APPLICABLE},
    State.QUARANTINED: set(_EVENTS) - {State.QUARANTINED},
}
"""Decided again as if it had just come: any other outcome may follow. Only records and edits wait, so what
was held is no command and cannot be out of place."""
_CLOSED = (State.ACCEPTED, State.REJECTED, State.NOT_APPLICABLE)
ARRIVED = "arrived"

INBOX = StateTable(
    "inbox_item",
    initial=ARRIVED,
    terminal=_CLOSED,
    transitions=[
        *[Transition(ARRIVED, event, state) for state, event in _EVENTS.items()],
        *[
            Transition(source, event, state)
            for source, following in _AGAIN.items()
            for state, event in _EVENTS.items()
            if state in following
        ],
        # Between two sides a person chooses: one is taken, or this one is refused.
        *[Transition(State.CONFLICT, _EVENTS[state], state) for state in (State.ACCEPTED, State.REJECTED)],
    ],
)


def step(before: str, outcome: State) -> Transition:
    """The row that leads from `before` to an outcome. Problem `transition_not_allowed` where there is
    none."""
    return INBOX.apply(before, _EVENTS[outcome], role=None)
