"""告知其他途径: which party was told what, how, on which day and by whom (PM-26). Two tries in vain are an
answer too."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Required, TypedDict
from uuid import UUID

from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from mediation.models import Case, CaseParty, WaysTold
from mediation.models.cases import WaysForm
from mediation.services.moves import require_may_call
from mediation.services.words import require_works_here
from mediation.table_selectors import ways_owed_to

TRIES = 2


class Telling(TypedDict, total=False):
    """How the ways (codes of C-5) were told. `told_on`: the paper's day; `tried_on`: the days of the tries,
    two at least of a notice that could not be delivered; `told_by_id`: who told, if not who enters it."""

    form: Required[str]
    ways: Sequence[str]
    told_on: date | None
    tried_on: Sequence[date]
    told_by_id: UUID | None


class Apart(TypedDict):
    """A party who was told in another form, or on another day, than the rest."""

    party_id: UUID
    form: str
    told_on: date | None
    tried_on: Sequence[date]


@law("PM-26", "PM-T6")
def ways_all_told(actor: Actor, case: Case, telling: Telling, apart: Sequence[Apart] = ()) -> dict[str, Any]:
    """The notice at an end that does not come without it: everybody is told, some apart. The columns of the
    case."""
    for one in apart:
        said: Telling = {
            **telling, "form": one["form"], "told_on": one["told_on"], "tried_on": one["tried_on"]
        }  # fmt: skip
        ways_record(actor, case, said, [one["party_id"]])
    return ways_record(actor, case, telling)[1]


@law("PM-26", "PM-3", "DV-23")
def ways_record(
    actor: Actor, case: Case, telling: Telling, party_ids: Sequence[UUID] | None = None
) -> tuple[list[WaysTold], dict[str, Any]]:
    """One row for each party that is told (default: who is still owed it), and the columns of the case once
    nobody is owed it any more. On the protected track the other side is told nothing without the wish of the
    person at risk. A party told before stays as it is.

    Problems `date_in_future`, `two_tries_needed`, `party_not_of_case`, `wish_required`."""
    _check(telling)
    owed = ways_owed_to(case)
    named = owed if party_ids is None else _named(case, party_ids)
    require_may_call(case, named)
    if not owed and not WaysTold.objects.filter(party__case=case).exists():
        raise Problem("wish_required")
    fresh = [party for party in named if party in owed]
    rows = WaysTold.objects.bulk_create(_row(actor, party, telling) for party in fresh)
    return rows, {} if len(fresh) < len(owed) else _columns(case)


def _check(telling: Telling) -> None:
    tries = telling.get("tried_on", ())
    if any(day > clock.today() for day in (_day(telling), *tries)):
        raise Problem("date_in_future")
    if telling["form"] == WaysForm.NOT_DELIVERABLE and len(set(tries)) < TRIES:
        raise Problem("two_tries_needed")
    if (told_by := telling.get("told_by_id")) is not None:
        require_works_here(told_by, "told_by_id")


def _day(telling: Telling) -> date:
    return telling.get("told_on") or max(telling.get("tried_on", ()), default=clock.today())


def _named(case: Case, party_ids: Sequence[UUID]) -> list[CaseParty]:
    wanted = set(party_ids)
    rows = CaseParty.objects.filter(case=case, pk__in=wanted).select_related("dispute_party")
    found = list(rows.order_by("id"))
    if len(found) != len(wanted):
        raise Problem("party_not_of_case")
    return found


def _row(actor: Actor, party: CaseParty, telling: Telling) -> WaysTold:
    return WaysTold(
        party=party, form=telling["form"], told_on=_day(telling),
        told_by_id=telling.get("told_by_id") or actor.person, ways=sorted(set(telling.get("ways", ()))),
        tried_on=_days(telling.get("tried_on", ())), recorded_at=clock.now(), recorded_by_id=actor.person,
        role=str(actor.role),
    )  # fmt: skip


def _days(days: Iterable[date]) -> list[str]:
    return sorted({day.isoformat() for day in days})


def _columns(case: Case) -> dict[str, Any]:
    """What the case says once everybody was told: the last of the days, and every way that was named."""
    rows = list(WaysTold.objects.filter(party__case=case).order_by("told_on", "recorded_at", "id"))
    return {
        "ways_form": rows[-1].form,
        "ways_told_on": rows[-1].told_on,
        "ways_told": sorted({way for row in rows for way in row.ways}),
        "ways_tried": sorted({day for row in rows for day in row.tried_on}),
    }
