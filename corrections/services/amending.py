"""New versions of a visit by its author: the words of it and the way of an attempt. The version before is
kept, and what the visit settled, and where it was, stands: a contact that went otherwise is another visit.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from audit.services import Fact, record_many
from corrections.bodies import FixBody, VisitBody
from corrections.models import Judgement, Visit, VisitFix, VisitVersion
from corrections.services.visits import NOT_YOURS, Batch, batch_of, refusal_of, take_back
from edge.encryption import open_value, seal_value
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from sync.items import Outcome, PushItem, accepted, rejected
from sync.services import publish

Raw = tuple[int, int, str]


@law("CCL-12", "CCL-26")
@transaction.atomic
def visits_amend(*, actor: Actor, items: Sequence[PushItem]) -> list[Outcome]:
    """Take a new version of each of the visits (`item.target`, locked by the engine); one outcome each, in
    order. Judged like a new visit. One on which an officer has written a judgement is evidence, and stays.
    """
    batch = batch_of(actor, items)
    visits = Visit.objects.in_bulk([item.target for item in items])
    judged = set(Judgement.objects.filter(visit__in=visits).values_list("visit_id", flat=True))
    places = _places(visits)
    outcomes: list[Outcome | None] = []
    for item in items:
        visit = visits[item.target]
        found = _refusal(batch, item, visit, visit.id in judged, places.get(visit.id, []))
        outcomes.append(found)
    good = [(item, visits[item.target]) for item, out in zip(items, outcomes, strict=True) if out is None]
    _write(batch, good)
    return [
        outcome or accepted(rev=visits[item.target].rev, key_id=_key(batch, visits[item.target]))
        for item, outcome in zip(items, outcomes, strict=True)
    ]


def _places(visits: dict[UUID, Visit]) -> dict[UUID, list[Raw]]:
    found: dict[UUID, list[Raw]] = {}
    for fix in VisitFix.objects.filter(visit__in=visits).order_by("visit_id", "number"):
        found.setdefault(fix.visit_id, []).append((fix.raw_lon_e7, fix.raw_lat_e7, fix.crs))
    return found


def _refusal(batch: Batch, item: PushItem, visit: Visit, judged: bool, places: list[Raw]) -> Outcome | None:
    if visit.author_id != batch.author_id:
        return rejected(NOT_YOURS)
    if found := refusal_of(batch, item):
        return found
    if judged:
        return rejected("visit_judged")
    changed = _changed(visit, item.body, places)
    return rejected("visit_fact_stands", field_errors=dict.fromkeys(changed, "stands")) if changed else None


def _changed(visit: Visit, body: VisitBody, places: list[Raw]) -> list[str]:
    """What of a new version differs from the facts of the visit."""
    points = [body.point, *body.repeats] if body.point else []
    same = {
        "due": body.due == visit.contact_id,
        "person": body.person in (None, visit.subject_id),
        "form": body.form in (None, visit.form),
        "outcome": body.outcome == visit.outcome,
        "point": [_raw(point) for point in points] == places,
        "no_location_reason": (body.no_location_reason or "") == visit.no_point_reason,
    }
    return [name for name, fine in same.items() if not fine]


def _raw(point: FixBody) -> Raw:
    return (point.lon_e7, point.lat_e7, point.crs)


def _write(batch: Batch, good: Sequence[tuple[PushItem, Visit]]) -> None:
    if not good:
        return
    VisitVersion.objects.bulk_create([_kept(batch, visit) for _, visit in good])
    for item, visit in good:
        key_id, body = _key(batch, visit), item.body
        visit.note = seal_value(Visit, "note", visit.id, body.note, key_id) if body.note else None
        visit.way, visit.rev = body.way or "", visit.rev + 1
        visit.amended_at, visit.signed, visit.device_id = item.device_at, item.signed, batch.actor.device_id
    visits = [visit for _, visit in good]
    Visit.objects.bulk_update(visits, ["note", "way", "rev", "amended_at", "signed", "device_id"])
    facts = [Fact(visit.id, device_at=item.device_at) for item, visit in good]
    record_many(actor=batch.actor, event="visit.amended", subject_kind="visit", facts=facts)
    publish("visit", [visit.id for visit in visits])
    take_back(batch.actor, batch.author_id, {visit.id for visit in visits})


def _kept(batch: Batch, visit: Visit) -> VisitVersion:
    """The version that stood until now."""
    pk, key_id = uuid7(), _key(batch, visit)
    note = open_value(Visit, "note", visit.id, visit.note)
    return VisitVersion(
        id=pk, visit=visit, rev=visit.rev, way=visit.way, signed=visit.signed, device_id=visit.device_id,
        note=seal_value(VisitVersion, "note", pk, note, key_id) if note else None, until=batch.now,
    )  # fmt: skip


def _key(batch: Batch, visit: Visit) -> UUID:
    return batch.subjects[visit.subject_id].key_id
