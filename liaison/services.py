"""Making reports. The machine may put one on the table; it is read, decided on and sent by people."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.services import record
from edge.locks import advisory
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from liaison.grounds import MACHINE_MAY_PROPOSE, RULES, Ground, missing_facts
from liaison.machine import REPORT, ReportState
from liaison.models import Report, ReportTransition

ENDED = (ReportState.CLOSED, ReportState.WITHDRAWN_NO_BASIS)


@dataclass(frozen=True, slots=True)
class Observed:
    """The minimum that a report says: acts of the closed list, when, where, and how many are at risk."""

    acts: tuple[str, ...]
    observed_at: datetime
    area_id: UUID
    grid_id: UUID | None = None
    no_place_reason: str = ""
    persons_at_risk: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What a report rests on, by kind and id; `rule` and `firing_id` when a rule proposed it."""

    kind: str
    id: UUID
    rule: str = ""
    firing_id: UUID | None = None


@law("PM-25", "PS-1")
@transaction.atomic
def report_propose(*, actor: Actor, ground: str, source: Source, observed: Observed) -> Report:
    """A report in `proposed`, for a person to decide on. While one is open on the same ground for the same
    matter, that one is answered and nothing is written.

    Problems `report_facts_missing`, `ground_not_yours` (also for a machine on a ground that it may not
    propose).
    """
    if ground not in Ground.values():
        raise Problem("invalid", fields={"ground": ["one of the six grounds"]})
    if actor.is_system and (ground not in MACHINE_MAY_PROPOSE or source.kind != "dispute"):
        raise Problem("ground_not_for_machine")
    advisory("liaison.report", [source.id])
    open_one = Report.objects.filter(source_kind=source.kind, source_id=source.id, ground=ground)
    found = open_one.exclude(state__in=ENDED).first()
    if found is not None:
        return found
    _check_facts(observed)
    role = actor.role.value if actor.role else None
    row = REPORT.apply(ReportState.DRAFTED, "propose", role=role, facts={"role": role, "ground": ground})
    report = Report.objects.create(
        ground=ground, state=row.target, source_kind=source.kind, source_id=source.id,
        area_id=observed.area_id, grid_id=observed.grid_id, no_place_reason=observed.no_place_reason,
        acts=sorted(observed.acts), observed_at=observed.observed_at,
        persons_at_risk=observed.persons_at_risk, author_id=actor.user_id,
        reporter_masked=RULES[ground].reporter_masked, rule=source.rule, firing_id=source.firing_id,
        created_at=clock.now(),
    )  # fmt: skip
    _told(actor, report, row.source)
    return report


def _check_facts(observed: Observed) -> None:
    missing = missing_facts(
        {
            "acts": observed.acts,
            "observed_at": observed.observed_at,
            "place": observed.grid_id,
            "no_place_reason": observed.no_place_reason,
        }
    )
    if missing:
        raise Problem("report_facts_missing", missing=list(missing))


def _told(actor: Actor, report: Report, before: str) -> None:
    ReportTransition.objects.create(
        report=report, event="propose", from_state=before, to_state=report.state, actor_id=actor.user_id,
        role=str(actor.role or ""), at=clock.now(),
    )  # fmt: skip
    record(
        actor=actor,
        event="report.proposed",
        subject_kind="report",
        subject_id=report.id,
        detail={"ground": report.ground, "rule": report.rule},
    )
