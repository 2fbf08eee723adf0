"""What a rule that fired does. Each action is asked of the service that owns the record; none contacts a
party, none decides about a person (PM-17, PI-24). An action that the state does not allow is noted, not
forced.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Organisation, OrganisationKind
from disputes.models import Screening
from disputes.services import dispute_hand_up
from escalation.facts import ATTENDED, Situation
from escalation.models import RuleVersion
from escalation.rulebook import ActionSpec, RuleSpec
from escalation.vocabulary import (
    LIFE_AND_LIMB,
    NEXT,
    PROTECTED_SIGNS,
    Action,
    ground_of,
    is_below,
    level_above,
)
from kernel import clock
from kernel.actor import SYSTEM
from kernel.codes.law import HandlingLevel
from kernel.codes.roles import Role
from kernel.law import law
from kernel.problems import Problem
from liaison.services import Observed, Source, report_propose
from mediation.services import intake_open
from tasks.codes import TaskKind
from tasks.services import About, task_create

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """One firing while it acts."""

    firing_id: UUID
    version: RuleVersion
    spec: RuleSpec
    situation: Situation
    screening_id: UUID | None


def act(deed: Deed, action: ActionSpec) -> Result:
    """Do one action; `{"action", "result", …}` says what came of it: `done`, `already`, `no_ground` or the
    code of the problem that refused it."""
    try:
        with transaction.atomic():
            return {"action": action.action.value, **_ACTIONS[action.action](deed, action)}
    except Problem as problem:
        return {"action": action.action.value, "result": "refused", "code": problem.code}


def _hand_up(deed: Deed, action: ActionSpec) -> Result:
    dispute = deed.situation.dispute
    target = level_above(dispute.level) if action.to == NEXT else action.to
    if target is None or not is_below(dispute.level, target):
        return {"result": "already", "level": dispute.level}
    if dispute.state not in ATTENDED:
        return {"result": "not_at_a_level", "level": dispute.level}
    named = {"rule": deed.spec.code, "firing_id": str(deed.firing_id)}
    dispute_hand_up(actor=SYSTEM, dispute_id=dispute.pk, level=target, reason=deed.spec.zh, facts=named)
    return {"result": "done", "from": dispute.level, "to": target}


@law("PM-17")
def _open_intake(deed: Deed, action: ActionSpec) -> Result:
    facts = deed.situation.facts
    grave = bool(set(facts["signs"]) & (LIFE_AND_LIMB | PROTECTED_SIGNS)) or facts["danger_now"]
    reason = {"rule": deed.spec.code, "zh": deed.spec.zh, "en": deed.spec.en, "danger": grave}
    item = intake_open(
        actor=SYSTEM,
        dispute_id=deed.situation.dispute.pk,
        reasons=[reason],
        protected=action.protected,
        firing_id=deed.firing_id,
    )
    return {"result": "done", "intake": str(item.pk), "protected": item.protected}


@law("PS-1", "PS-3", "PS-4", "PS-6")
def _propose_report(deed: Deed, action: ActionSpec) -> Result:
    """Only where a ground of law.md §8 holds; a person decides whether anything is sent."""
    ground = ground_of(action.grounds, deed.situation.facts)
    if ground is None:
        return {"result": "no_ground"}
    report = report_propose(
        actor=SYSTEM,
        ground=ground,
        source=Source("dispute", deed.situation.dispute.pk, deed.spec.code, deed.firing_id),
        observed=_observed(deed),
    )
    return {"result": "done", "ground": ground, "report": str(report.pk)}


def _observed(deed: Deed) -> Observed:
    """The minimum of law.md §8: acts of the closed list, time, place. No word of a party, no name."""
    dispute, facts = deed.situation.dispute, deed.situation.facts
    screening = Screening.objects.filter(pk=deed.screening_id).first() if deed.screening_id else None
    return Observed(
        acts=tuple(facts["signs"]),
        observed_at=screening.occurred_at if screening else dispute.last_screened_at,
        area_id=dispute.street_id,
        grid_id=dispute.grid_id,
        no_place_reason="" if dispute.grid_id else "no_location",
    )


def _remind(deed: Deed, _action: ActionSpec) -> Result:
    return _task(deed, TaskKind.REVIEW, None)


def _set_review(deed: Deed, action: ActionSpec) -> Result:
    return _task(deed, TaskKind.REVIEW, action.days)


def _suggest_joint(deed: Deed, _action: ActionSpec) -> Result:
    """A suggestion to the director; a person asks the departments, or does not."""
    return _task(deed, TaskKind.ANSWER, None, director=True)


def _task(deed: Deed, kind: TaskKind, days: int | None, *, director: bool = False) -> Result:
    """A to-do of whoever handles the dispute: never of a party."""
    dispute = deed.situation.dispute
    hidden = dispute.protected or dispute.restricted
    low = dispute.level in {HandlingLevel.GRID, HandlingLevel.COMMUNITY} and not hidden
    body, area = OrganisationKind.MEDIATION_CENTRE, dispute.street_id
    role = Role.CENTRE_DIRECTOR if director or hidden else Role.CENTRE_CLERK
    if low and not director and dispute.community_id:
        body, area, role = OrganisationKind.COMMUNITY, dispute.community_id, Role.COMMUNITY_COORDINATOR
    organisation = Organisation.objects.filter(kind=body, area_id=area).order_by("name").first()
    if organisation is None:
        return {"result": "nobody_there"}
    due = clock.day_end(clock.today() + timedelta(days=days)) if days else None
    about = About("dispute", dispute.pk, area_id=dispute.street_id)
    task = task_create(
        actor=SYSTEM, kind=kind, about=about, role=role, organisation_id=organisation.pk, due_at=due
    )
    return {"result": "done", "task": str(task.pk)}


_ACTIONS: Mapping[Action, Callable[[Deed, ActionSpec], Result]] = MappingProxyType(
    {
        Action.HAND_UP: _hand_up,
        Action.OPEN_INTAKE: _open_intake,
        Action.PROPOSE_REPORT: _propose_report,
        Action.REMIND: _remind,
        Action.SET_REVIEW: _set_review,
        Action.SUGGEST_JOINT: _suggest_joint,
    }
)
