"""A report on the table: by a rule on a dispute, or by people. The machine proposes; everything after is a
person's.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.models import Area, Organisation, OrganisationKind
from accounts.selectors import agency_over, area_subtree_ids, street_of
from edge.conf import setting
from edge.encryption import Sealed, reveal, seal_value
from edge.locks import advisory
from edge.repeats import made_before
from grids.models import Grid
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from liaison import access
from liaison.deadlines import second_due
from liaison.grounds import AGENCY, MACHINE_MAY_PROPOSE, RULES, Ground, Way, acts_fit, missing_facts
from liaison.machine import OVER, REPORT, RESTING, ReportState
from liaison.models import Report
from liaison.services.moves import done_before, locked, move, step_told
from privacy.services import subject_keys_create
from tasks.selectors import duty_place


@dataclass(frozen=True, slots=True)
class Observed:
    """The minimum that a report says: acts of the closed list, when, where, how many are at risk, and one
    name of who is at risk or sought."""

    acts: tuple[str, ...]
    observed_at: datetime
    area_id: UUID
    grid_id: UUID | None = None
    no_place_reason: str = ""
    persons_at_risk: int | None = None
    person: str = ""


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

    Problems `report_facts_missing`, `acts_not_of_ground`, `ground_not_yours` (also for a machine on a ground
    that it may not propose).
    """
    if actor.is_system and (ground not in MACHINE_MAY_PROPOSE or source.kind != "dispute"):
        _known(ground)
        raise Problem("ground_not_for_machine")
    found, report = _found_or_new(actor, ground, source, observed)
    if found:
        return report
    role = actor.role.value if actor.role else None
    row = REPORT.apply(ReportState.DRAFTED, "propose", role=role, facts={"role": role, "ground": ground})
    report.state = row.target
    report.second_due_at = second_due(report.created_at, minutes=setting("REPORT_SECOND_MIN"))
    report.save(force_insert=True)
    step_told(actor, report, "propose", row.source)
    return report


@law("PS-1", "PS-2", "PS-3", "PS-4", "PS-5", "PS-6")
@transaction.atomic
def report_draft(
    *,
    actor: Actor,
    ground: str,
    source: Source,
    observed: Observed,
    way: Way = Way.SYSTEM,
    id: UUID | None = None,
) -> tuple[Report, bool]:
    """A draft of a person whose role may report on this ground, and whether nothing was made because it was
    there before. `id` is the author's own, by which the same request again is known. Problems as of
    `report_propose`; `conflict` for anything else under the id."""
    _known(ground)
    if actor.role not in RULES[ground].reporters:
        raise Problem("ground_not_yours")
    same = {"ground": ground, "way": way, "source_kind": source.kind, "source_id": source.id}
    if known := _made_before(actor, id, observed, **same):
        return known, True
    found, report = _found_or_new(actor, ground, source, observed, id)
    if found:
        if not access.visible_to(actor).filter(pk=report.pk).exists():
            raise Problem("report_not_open")
        return report, True
    report.way = way
    report.save(force_insert=True)
    step_told(actor, report, "draft", "")
    return report, False


def _made_before(actor: Actor, id: UUID | None, observed: Observed, **same: Any) -> Report | None:
    known = made_before(
        Report, id, author_id=actor.person, acts=sorted(set(observed.acts)),
        observed_at=observed.observed_at, area_id=observed.area_id, grid_id=observed.grid_id,
        no_place_reason=observed.no_place_reason, persons_at_risk=observed.persons_at_risk, **same,
    )  # fmt: skip
    if known is not None and (reveal(known, "person") or "") != observed.person:
        raise Problem("conflict")
    return known


def _known(ground: str) -> None:
    if ground not in Ground.values():
        raise Problem("invalid", fields={"ground": ["one of the six grounds"]})


def _found_or_new(
    actor: Actor, ground: str, source: Source, observed: Observed, id: UUID | None = None
) -> tuple[bool, Report]:
    """The one that is open on this ground for this matter, or a new one that is not stored yet."""
    _known(ground)
    advisory("liaison.report", [source.id])
    found = _open_one(actor, ground, source)
    if found is not None:
        return True, found
    _check_facts(observed)
    if not acts_fit(ground, observed.acts):
        raise Problem("acts_not_of_ground")
    _check_place(observed)
    pk = id or uuid7()
    return False, Report(
        pk=pk, ground=ground, source_kind=source.kind, source_id=source.id, area_id=observed.area_id,
        grid_id=observed.grid_id, no_place_reason=observed.no_place_reason, acts=sorted(set(observed.acts)),
        observed_at=observed.observed_at, persons_at_risk=observed.persons_at_risk, author_id=actor.user_id,
        author_role=actor.role or "", desk_id=_desk(actor, observed.area_id),
        reporter_masked=RULES[ground].reporter_masked, rule=source.rule, firing_id=source.firing_id,
        created_at=clock.now(), **_sealed(pk, observed.person),
    )  # fmt: skip


def _open_one(actor: Actor, ground: str, source: Source) -> Report | None:
    """What keeps a second report from being written: one that is on its way. What was declined, or lies as
    somebody else's draft, silences nobody who has seen something; to the machine it is an answer."""
    same = Report.objects.filter(source_kind=source.kind, source_id=source.id, ground=ground)
    rows = same.exclude(state__in=OVER)
    if not actor.is_system:
        own_draft = Q(author_id=actor.user_id) & ~Q(state=ReportState.DECLINED)
        rows = rows.filter(~Q(state__in=RESTING) | own_draft)
    return rows.order_by("created_at").first()


def _sealed(pk: UUID, person: str) -> dict[str, UUID | Sealed | None]:
    """The one name under a key of its own."""
    if not person:
        return {}
    (key_id,) = subject_keys_create(1)
    return {"key_id": key_id, "person": seal_value(Report, "person", pk, person, key_id)}


def _desk(actor: Actor, area_id: UUID) -> UUID | None:
    """Whose second person looks at it: the agency's own officers, also for a station that acts for it
    (CCL-9/10), else the duty list of the street's centre. No centre hears of supervision."""
    if actor.role in AGENCY:
        return actor.organisation_id
    if actor.role == Role.STATION_OFFICER:
        return agency_over(actor.organisation_id)
    street = street_of(area_id)
    found = duty_place(street) if street else None
    if found is None and actor.organisation_id is not None:
        own = Organisation.objects.filter(pk=actor.organisation_id, kind=OrganisationKind.MEDIATION_CENTRE)
        found = own.values_list("pk", flat=True).first()
    return found


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


def _check_place(observed: Observed) -> None:
    """A place of the tree; a grid that lies in it."""
    if not Area.objects.filter(pk=observed.area_id).exists():
        raise Problem("invalid", fields={"area": ["unknown"]})
    if observed.grid_id is not None:
        inside = area_subtree_ids(observed.area_id)
        if not Grid.objects.filter(pk=observed.grid_id, community_id__in=inside).exists():
            raise Problem("invalid", fields={"grid": ["not in the area"]})


@law("PS-1", "PS-2")
@transaction.atomic
def report_put_forward(*, actor: Actor, report_id: UUID) -> Report:
    """A draft, or one that came back, goes to the second person."""
    due = second_due(clock.now(), minutes=setting("REPORT_SECOND_MIN"))
    return move(actor, locked(actor, report_id), "propose", second_due_at=due, second_step=0)


@law("PI-24", "PS-1")
@transaction.atomic
def report_adopt(*, actor: Actor, report_id: UUID) -> Report:
    """A person of the ground makes the machine's proposal the own: only then can it be decided on and sent.

    Problems `report_not_open` (it has an author), `ground_not_yours`.
    """
    report = locked(actor, report_id)
    if done_before(actor, report, "adopt"):
        return report
    if report.author_id is not None:
        raise Problem("report_not_open")
    if actor.role not in RULES[report.ground].reporters:
        raise Problem("ground_not_yours")
    due = second_due(clock.now(), minutes=setting("REPORT_SECOND_MIN"))
    changed: dict[str, Any] = {"author_id": actor.person, "author_role": actor.role, "second_due_at": due}
    Report.objects.filter(pk=report.pk).update(**changed, second_step=0)
    report.refresh_from_db()
    step_told(actor, report, "adopt", report.state)
    return report
