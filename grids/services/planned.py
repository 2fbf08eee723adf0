"""Changes of the division tree: done at once, or kept until their day."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Area
from accounts.selectors import actor_areas
from audit.services import record
from edge.busy import is_busy
from edge.conf import setting
from edge.locks import advisory, longer_statements
from edge.problem_handler import as_problem
from edge.rows import existing
from grids import access
from grids.machine import PLANNED_CHANGE, PlannedChangeState
from grids.models import PlannedChange
from grids.services.divisions import Divided, tree_change
from grids.sheets import SheetRefusedError
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from kernel.problems import Problem

log = structlog.get_logger()
STATEMENT_MS = 60_000
Faults = list[dict[str, int | str]]


@law("GR-6")
def areas_change(
    *, actor: Actor, table: str, day: date, document: str = "", dry_run: bool = False
) -> Divided:
    """Bring the division tree to new codes from `day`, by a table (`grids/divisions.py`); from a day to come
    it is looked at now, with what waits before it, and kept until then.

    `dry_run`: a preview, made by doing it and taking it back. Problems: changes_refused with the faults by
    row, change_day_ahead (farther off than a district plans), planned_changes_full.
    """
    ahead = (day - clock.today()).days
    if ahead > setting("AREA_CHANGE_DAYS_AHEAD_MAX"):
        raise Problem("change_day_ahead", most_days=setting("AREA_CHANGE_DAYS_AHEAD_MAX"))
    try:
        if dry_run or ahead > 0:
            looked_at = _look(actor, table, day, document)
            if dry_run:
                return looked_at
            kept = _keep(actor, table, day, document)
            return Divided(looked_at.plan, looked_at.grids, planned=kept)
        planned_changes_apply(clock.now())
        return tree_change(actor=actor, table=table, day=day, document=document)
    except SheetRefusedError as refusal:
        raise Problem("changes_refused", faults=_faults(refusal)) from refusal


def _faults(refusal: SheetRefusedError) -> Faults:
    return [{"row": fault.row, "fault": fault.text} for fault in refusal.faults]


@transaction.atomic
def _look(actor: Actor, table: str, day: date, document: str) -> Divided:
    """What it would do to the tree that waiting changes leave for that day; nothing is kept."""
    for row in _waiting(day):
        try:
            tree_change(actor=_author(row), table=row.csv, day=row.day, document=row.document)
        except SheetRefusedError:
            continue  # its own day tells it to whoever entered it
    done = tree_change(actor=actor, table=table, day=day, document=document)
    transaction.set_rollback(True)
    return Divided(done.plan, done.grids)


@transaction.atomic
def codes_to_come(wanted: Collection[str]) -> dict[str, date]:
    """Those of the codes that no division has yet and a waiting change brings, with its day. Found by doing
    the changes in their order and taking them back."""
    found: dict[str, date] = {}
    for row in _waiting(date.max) if wanted else ():
        try:
            tree_change(actor=_author(row), table=row.csv, day=row.day, document=row.document)
        except SheetRefusedError:
            continue
        new = Area.objects.filter(code__in=set(wanted) - found.keys(), valid_to__isnull=True)
        found |= dict.fromkeys(new.values_list("code", flat=True), row.day)
    transaction.set_rollback(True)
    return found


def _waiting(day: date) -> QuerySet[PlannedChange]:
    """Up to a day, in the order in which they take effect."""
    rows = PlannedChange.objects.filter(state=PlannedChangeState.WAITING, day__lte=day)
    return rows.order_by("day", "created_at", "id")


def _author(row: PlannedChange) -> Actor:
    """Who entered it, in the role of then: the reach of the office is looked at again on the day."""
    role = Role(row.created_role) if row.created_role else None
    return Actor(row.created_by_id, role, row.created_organisation)


@transaction.atomic
def _keep(actor: Actor, table: str, day: date, document: str) -> PlannedChange:
    advisory("planned_change", ["enter"])
    if PlannedChange.objects.filter(state=PlannedChangeState.WAITING).count() >= setting("AREA_PLANS_MAX"):
        raise Problem("planned_changes_full", most=setting("AREA_PLANS_MAX"))
    row = PlannedChange.objects.create(
        area_id=_area(actor), day=day, csv=table, document=document, created_by_id=actor.user_id,
        created_role=str(actor.role or ""), created_organisation=actor.organisation_id,
        created_at=clock.now(),
    )  # fmt: skip
    _recorded(actor, row, "entered")
    return row


def _area(actor: Actor) -> UUID:
    """Where it is listed: with the office that entered it; what came by command, with the whole tree."""
    own = actor_areas(actor)
    return own[0] if own else Area.objects.filter(parent=None).earliest("code").id


@transaction.atomic
def planned_change_withdraw(*, actor: Actor, change_id: UUID, reason: str) -> PlannedChange:
    """Take it back before its day. A doubled call answers the same.

    Problems: not_found, transition_not_allowed (its day has come).
    """
    rows = access.planned_changes_visible_to(actor).select_for_update(of=("self",))
    row = existing(rows.filter(id=change_id))
    if not PLANNED_CHANGE.already_done(row.state, "withdraw"):
        _end(actor, row, "withdraw", reason=reason)
    return row


def planned_changes_apply(now: datetime) -> int:
    """Do what is due, in the order of days and entries, each by itself and with its own day; how many."""
    ids = list(_waiting(clock.local_day(now)).values_list("id", flat=True))
    return sum(_apply(pk) for pk in ids)


@transaction.atomic
def _apply(change_id: UUID) -> int:
    longer_statements(STATEMENT_MS)
    rows = PlannedChange.objects.select_for_update(of=("self",))
    row = rows.filter(id=change_id, state=PlannedChangeState.WAITING).first()
    if row is None:
        return 0
    author = _author(row)
    try:
        tree_change(actor=author, table=row.csv, day=row.day, document=row.document)
    except SheetRefusedError as refusal:
        _end(author, row, "refuse", faults=_faults(refusal))
    except Exception as error:
        if is_busy(error):
            raise  # it says nothing about the table: the next minute asks again
        log.error("planned change failed", change_id=str(row.id), error_type=type(error).__name__)
        _end(author, row, "refuse", faults=[{"row": 0, "fault": f"执行失败 {as_problem(error).code}"}])
    else:
        _end(author, row, "apply")
    return 1


def _end(
    actor: Actor, row: PlannedChange, event: str, *, faults: Sequence[dict[str, int | str]] = (),
    reason: str = "",
) -> None:  # fmt: skip
    role = actor.role if event == "withdraw" else None
    row.state = PLANNED_CHANGE.apply(row.state, event, role=role).target
    row.faults, row.ended_at = list(faults), clock.now()
    row.save(update_fields=["state", "faults", "ended_at"])
    _recorded(actor, row, row.state, reason)


def _recorded(actor: Actor, row: PlannedChange, what: str, reason: str = "") -> None:
    record(
        actor=actor, event=f"planned_change.{what}", subject_kind="planned_change", subject_id=row.id,
        reason=reason, detail={"day": row.day.isoformat(), "faults": len(row.faults)},
    )  # fmt: skip
