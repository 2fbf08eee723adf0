"""State machines as tables: `(from, event, to, roles, guard)`.

A table refuses, when it is made, states that cannot be reached and ambiguous rows; it prints its own diagram.
It
changes nothing by itself: services ask it and then write by compare-and-set under a row lock.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kernel.problems import Problem

Guard = Callable[[Mapping[str, Any]], str | None]
"""Takes the facts of the case; returns None when the step is allowed, else the code of a problem."""
_tables: dict[str, "StateTable"] = {}


@dataclass(frozen=True, slots=True)
class Transition:
    """One row. Empty `roles` means that only the machine itself takes the step."""

    source: str
    event: str
    target: str
    roles: frozenset[str] = frozenset()
    guard: Guard | None = field(default=None, compare=False)
    law: str = ""


class BadTableError(Exception):
    """A table with an unreachable state, a dead end that is not terminal, or two rows for one step."""


class StateTable:
    """A named machine. Registered for the documents."""

    def __init__(
        self, name: str, *, initial: str, transitions: Iterable[Transition], terminal: Iterable[str] = ()
    ) -> None:
        self.name = name
        self.initial = initial
        self.terminal = frozenset(terminal)
        self.transitions = tuple(transitions)
        self._rows: dict[tuple[str, str], Transition] = {}
        for row in self.transitions:
            if (row.source, row.event) in self._rows:
                raise BadTableError(f"{name}: two rows for {row.event} in {row.source}")
            self._rows[row.source, row.event] = row
        self.states = frozenset(
            {initial, *(r.source for r in self.transitions), *(r.target for r in self.transitions)}
        )
        self._check()
        _tables[name] = self

    def _check(self) -> None:
        reached, frontier = {self.initial}, [self.initial]
        while frontier:
            state = frontier.pop()
            for row in self.transitions:
                if row.source == state and row.target not in reached:
                    reached.add(row.target)
                    frontier.append(row.target)
        if self.states - reached:
            raise BadTableError(f"{self.name}: cannot be reached: {sorted(self.states - reached)}")
        if self.terminal - self.states:
            raise BadTableError(f"{self.name}: no such terminal state: {sorted(self.terminal - self.states)}")
        dead = self.states - self.terminal - {row.source for row in self.transitions}
        if dead:
            raise BadTableError(f"{self.name}: no way out of {sorted(dead)}, and not terminal")

    def apply(
        self, state: str, event: str, *, role: str | None, facts: Mapping[str, Any] | None = None
    ) -> Transition:
        """The row for `event` in `state`. Problem `transition_not_allowed` (with `current`, and what `may`
        happen instead) when there is none,
        `role_not_allowed` when the role may not, or the guard's own code."""
        row = self._rows.get((state, event))
        if row is None:
            may = self.events(state, role)
            raise Problem("transition_not_allowed", current=state, event=event, machine=self.name, may=may)
        if role is not None and role not in row.roles:
            raise Problem("role_not_allowed", event=event, machine=self.name)
        refusal = row.guard(facts or {}) if row.guard else None
        if refusal:
            raise Problem(refusal, current=state, event=event)
        return row

    def already_done(self, state: str, event: str) -> bool:
        """Whether `state` is where `event` leads from somewhere: a doubled command is then answered as
        done."""
        return any(row.event == event and row.target == state for row in self.transitions)

    def events(self, state: str, role: str | None = None) -> list[str]:
        """What may happen next in `state` (for a role, or at all)."""
        return [r.event for r in self.transitions if r.source == state and (role is None or role in r.roles)]

    def mermaid(self) -> str:
        """The machine as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [f"    {row.source} --> {row.target}: {row.event}" for row in self.transitions]
        lines += [f"    {state} --> [*]" for state in sorted(self.terminal)]
        return "\n".join(lines)


def state_tables() -> dict[str, StateTable]:
    """Every table made so far, by name."""
    return dict(sorted(_tables.items()))
