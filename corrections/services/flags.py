"""What an officer should look at, and the officer's judgement. The machine decides nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections import access
from corrections.codes import PlaceVerdict
from corrections.machine import FLAG
from corrections.models import Judgement, PlaceFlag, Visit
from corrections.place import Placed, latest, outside
from corrections.services.found import require_staff, row_locked
from edge.encryption import seal_value
from edge.rows import existing
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem


def flags_update(subject_ids: Iterable[UUID], *, now: datetime) -> None:
    """Open or take back the flag of each person from all trusted fixes, in the order of their times.

    Called with the people's rows locked.
    """
    ids = sorted(subject_ids)
    history: dict[UUID, list[Placed]] = defaultdict(list)
    rows = Visit.objects.filter(subject_id__in=ids, fix_trusted=True).exclude(place_verdict="undecided")
    for visit in rows.only("id", "subject_id", "fix_at", "received_at", "place_verdict"):
        if visit.fix_at is not None:
            placed = Placed(visit.fix_at, visit.received_at, visit.id, PlaceVerdict(visit.place_verdict))
            history[visit.subject_id].append(placed)
    standing = PlaceFlag.objects.filter(subject_id__in=ids, state="open")
    open_flags = {flag.subject_id: flag for flag in standing}
    for subject_id in ids:
        _update(subject_id, history[subject_id], open_flags.get(subject_id), now)


def _update(subject_id: UUID, history: list[Placed], flag: PlaceFlag | None, now: datetime) -> None:
    found = outside(history)
    if flag is not None and found is None:
        newest = latest(history)
        flag.state = FLAG.apply(flag.state, "withdraw", role=None).target
        flag.closed_at, flag.withdrawn_by_id = now, newest.visit_id if newest else None
        flag.save(update_fields=["state", "closed_at", "withdrawn_by"])
        record(actor=SYSTEM, event="place_flag.withdrawn", subject_kind="place_flag", subject_id=flag.id)
    elif flag is None and found is not None and not _flagged(found.visit_id):
        flag = PlaceFlag.objects.create(
            subject_id=subject_id, visit_id=found.visit_id, since=found.since, fix_at=found.fix_at,
            received_at=found.received_at, opened_at=now,
        )  # fmt: skip
        record(actor=SYSTEM, event="place_flag.opened", subject_kind="place_flag", subject_id=flag.id)


def _flagged(visit_id: UUID) -> bool:
    """A visit that an officer has looked at does not call again."""
    return PlaceFlag.objects.filter(visit_id=visit_id).exists()


@transaction.atomic
def flag_look_at(*, actor: Actor, flag_id: UUID) -> PlaceFlag:
    """An officer has looked. Nothing else follows from it. Twice is no fault."""
    require_staff(actor)
    flag = row_locked(actor, access.flags_visible_to(actor), flag_id)
    if FLAG.already_done(flag.state, "look_at"):
        return flag
    flag.state = FLAG.apply(flag.state, "look_at", role=actor.role).target
    flag.closed_at, flag.closed_by_id = clock.now(), actor.user_id
    flag.save(update_fields=["state", "closed_at", "closed_by"])
    record(actor=actor, event="place_flag.looked_at", subject_kind="place_flag", subject_id=flag.id)
    return flag


@law("CCL-9/10", "CCL-12")
@transaction.atomic
def visit_judge(*, actor: Actor, visit_id: UUID, accepted: bool, place: str, reason: str) -> Judgement:
    """Write an officer's judgement beside the machine's verdict; the verdict stays as it was, and the visit
    is evidence from now on: its author amends it no more."""
    user_id = require_staff(actor)
    rows = access.visits_visible_to(actor).filter(id=visit_id).select_related("subject")
    visit = existing(rows.select_for_update(of=("self",)))
    if not reason:
        raise Problem("reason_required", fields={"reason": ["required"]})
    pk = uuid7()
    judgement = Judgement.objects.create(
        id=pk, visit=visit, place=place, accepted=accepted, judged_by_id=user_id, judged_at=clock.now(),
        reason=seal_value(Judgement, "reason", pk, reason, visit.subject.key_id),
    )  # fmt: skip
    record(actor=actor, event="visit.judged", subject_kind="visit", subject_id=visit.id, fields=["judgement"])
    return judgement
