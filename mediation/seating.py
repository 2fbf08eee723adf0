"""What stands between a case and a session on a day, from facts alone: nobody sits down before it is empty.

The asking side (`selectors.missing_for_session`) looks the facts up; here is the rule.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from kernel.law import law
from mediation.codes import Lack, PartyNeed, PersonKind

INTERPRETERS = {
    PartyNeed.INTERPRETER: PersonKind.INTERPRETER,
    PartyNeed.SIGN_LANGUAGE: PersonKind.SIGN_INTERPRETER,
}


@dataclass(frozen=True, slots=True)
class PartySeat:
    """`needs_guardian`: a minor, or an adult whose limited capacity a document says."""

    id: UUID
    needs_guardian: bool = False
    needs: frozenset[str] = frozenset()
    told_rights: bool = True
    consented: bool = True


@dataclass(frozen=True, slots=True)
class MediatorSeat:
    """`id` of the row that names the mediator in the case; `untold`: parties that must still hear of
    a mediator whom they have not chosen themselves. `maybe_related`: people of the case of whom a person has
    still to say that they are not those whom the mediator has named."""

    id: UUID
    available: bool = True
    declared: bool = True
    untold: Sequence[UUID] = ()
    maybe_related: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class OtherSeat:
    """`holds`: the paper or the naming covers the day; `unasked`: parties without a yes to this person."""

    id: UUID
    kind: str
    party: UUID | None = None
    holds: bool = True
    unasked: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """One gap with its stable code and whom it concerns."""

    code: Lack
    party: UUID | None = None
    mediator: UUID | None = None
    participant: UUID | None = None


@dataclass(frozen=True, slots=True)
class Seats:
    parties: Sequence[PartySeat]
    mediators: Sequence[MediatorSeat]
    others: Sequence[OtherSeat] = field(default_factory=tuple)


def missing(seats: Seats) -> list[Missing]:
    """Every gap: mediators first, then party by party, then the others at the table."""
    found = [*_mediators(seats.mediators)]
    for party in seats.parties:
        found += _party(party, seats.others)
    return [*found, *_others(seats.others)]


@law("PM-19", "PM-23", "PM-AV")
def _mediators(seats: Sequence[MediatorSeat]) -> Iterator[Missing]:
    if not seats:
        yield Missing(Lack.MEDIATOR)
    for seat in seats:
        if not seat.available:
            yield Missing(Lack.MEDIATOR_AWAY, mediator=seat.id)
        if not seat.declared:
            yield Missing(Lack.DECLARATION, mediator=seat.id)
        if seat.maybe_related:
            yield Missing(Lack.NAMESAKE, mediator=seat.id)
        for party in seat.untold:
            yield Missing(Lack.NOT_TOLD, party=party, mediator=seat.id)


@law("PM-17", "PM-30b")
def _party(party: PartySeat, others: Sequence[OtherSeat]) -> Iterator[Missing]:
    if not party.told_rights:
        yield Missing(Lack.RIGHTS_NOTICE, party=party.id)
    if not party.consented:
        yield Missing(Lack.CONSENT, party=party.id)
    own = [seat for seat in others if seat.party == party.id]
    if party.needs_guardian and not _there(own, PersonKind.GUARDIAN):
        yield Missing(Lack.GUARDIAN, party=party.id)
    for agent in own:
        lapsed = agent.kind == PersonKind.AGENT and not agent.holds
        if lapsed and not _there(own, PersonKind.AGENT):
            yield Missing(Lack.MANDATE, party=party.id, participant=agent.id)
    for need, kind in INTERPRETERS.items():
        if need in party.needs and not _there(others, kind):
            yield Missing(Lack.INTERPRETER, party=party.id)


def _there(seats: Iterable[OtherSeat], kind: str) -> bool:
    return any(seat.kind == kind and seat.holds and not seat.unasked for seat in seats)


@law("PM-20")
def _others(seats: Sequence[OtherSeat]) -> Iterator[Missing]:
    for seat in seats:
        if seat.holds:
            for party in seat.unasked:
                yield Missing(Lack.PARTICIPANT, party=party, participant=seat.id)
