"""One step of a report: asked of the table, written by compare-and-set under the row's lock, with its row."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from accounts.models import OrganisationKind
from audit.services import record
from edge.locks import advisory
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from kernel.text import mask_numbers
from liaison import access
from liaison.machine import OVER, REPORT, RESTING, ReportState
from liaison.models import Report, ReportTransition
from tasks.access import on_duty_now

SAID = ("answer", "acts", "persons_at_risk", "recipient_id", "way")
"""Columns in which two commands of the same name may differ."""
PAST = {"propose": "proposed", "draft": "drafted", "adopt": "adopted"}


def locked(actor: Actor, report_id: UUID) -> Report:
    """The report under its row lock. Problem `not_found` when the actor does not see it."""
    report = existing(access.visible_to(actor).select_for_update(of=("self",)).filter(pk=report_id))
    return report


def facts_of(actor: Actor, report: Report, reason: str = "") -> Mapping[str, Any]:
    """What the guards ask for."""
    desk = report.desk
    return {
        "role": actor.role.value if actor.role else None,
        "ground": report.ground,
        "user_id": actor.user_id,
        "author_id": report.author_id,
        "reason": reason,
        "on_duty": on_duty_now(actor),
        "at_agency": desk is not None and desk.kind == OrganisationKind.AGENCY,
        "appealed": report.appealed_at is not None,
        "decliner_id": _decliner(report),
        "second_person_silent": report.second_step >= len(access.ASKED),
        "review_owed": review_owed(report),
        "station_outside": report.sent_at is not None and report.recipient_id is None,
        "told": report.told_on is not None or report.not_told != "",
    }


def _decliner(report: Report) -> UUID | None:
    if report.state != ReportState.DECLINED:
        return None
    return report.steps.filter(event="decline").order_by("at").values_list("actor_id", flat=True).last()


def review_owed(report: Report) -> bool:
    """Whether what went without its second person has not been looked at yet."""
    return report.review_due_at is not None and report.reviewed_at is None


def done_before(actor: Actor, report: Report, event: str, reason: str = "", **said: Any) -> bool:
    """Whether the last step was this one, of the same person with the same words: the second of two equal
    commands changes nothing."""
    last = report.steps.order_by("at", "id").last()
    if last is None or (last.event, last.to_state) != (event, report.state):
        return False
    words = mask_numbers(reason.strip())[0]
    if (last.actor_id, last.role, last.reason) != (actor.user_id, actor.role, words):
        return False
    return all(getattr(report, name) == value for name, value in said.items() if name in SAID)


def move(actor: Actor, report: Report, event: str, *, reason: str = "", **columns: Any) -> Report:
    """Apply `event` to a locked report and record it as `report.<event>`; once, also when told twice."""
    if done_before(actor, report, event, reason, **columns):
        return report
    said = mask_numbers(reason.strip())[0]
    role = actor.role.value if actor.role else None
    row = REPORT.apply(report.state, event, role=role, facts=facts_of(actor, report, said))
    if row.source in RESTING and row.target not in (*RESTING, *OVER):
        _alone(report)
    changed = Report.objects.filter(pk=report.pk, state=row.source).update(state=row.target, **columns)
    if changed != 1:
        raise Problem("conflict")
    report.refresh_from_db()
    step_told(actor, report, event, row.source, said)
    return report


def _alone(report: Report) -> None:
    """A draft comes after all: problem `report_on_its_way` when another went ahead."""
    advisory("liaison.report", [report.source_id])
    same = Report.objects.filter(
        source_kind=report.source_kind, source_id=report.source_id, ground=report.ground
    )
    if same.exclude(pk=report.pk).exclude(state__in=(*RESTING, *OVER)).exists():
        raise Problem("report_on_its_way")


def step_told(actor: Actor, report: Report, event: str, before: str, reason: str = "") -> None:
    """The row of the step and its fact; neither holds what was observed."""
    ReportTransition.objects.create(
        report=report, event=event, from_state=before, to_state=report.state, actor_id=actor.user_id,
        role=actor.role.value if actor.role else "", reason=reason, at=clock.now(),
    )  # fmt: skip
    record(
        actor=actor, event=f"report.{PAST.get(event, event)}", subject_kind="report", subject_id=report.id,
        detail={"ground": report.ground, "rule": report.rule},
    )  # fmt: skip
