"""The second person: approves, sends back, declines; and whom a declined author may go to."""

from uuid import UUID

from django.db import transaction

from edge.conf import setting
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from liaison.deadlines import decision_due
from liaison.machine import ReportState
from liaison.models import Report
from liaison.services.moves import done_before, locked, move


@law("PS-1", "PS-2")
@transaction.atomic
def report_approve(*, actor: Actor, report_id: UUID) -> Report:
    """同意报送, by another than the author. Problems `own_report`, `not_on_duty`, `author_wanted` (nobody has
    made the machine's proposal the own)."""
    report = locked(actor, report_id)
    _has_author(report)
    return move(actor, report, "approve", second_due_at=None)


@transaction.atomic
def report_return(*, actor: Actor, report_id: UUID, reason: str) -> Report:
    """退回补充, saying what is missing; an approval is taken back by it as long as nothing was sent."""
    return move(actor, locked(actor, report_id), "return", reason=reason, second_due_at=None)


@law("PS-1")
@transaction.atomic
def report_decline(*, actor: Actor, report_id: UUID, reason: str) -> Report:
    """不予报送 with the reason; the author sees it and may go to the director (PS-5: the agency's head)."""
    return move(actor, locked(actor, report_id), "decline", reason=reason, second_due_at=None)


@law("PS-1")
@transaction.atomic
def report_appeal(*, actor: Actor, report_id: UUID, reason: str) -> Report:
    """The author of a declined report goes to who decides; once."""
    report = locked(actor, report_id)
    if done_before(actor, report, "appeal", reason):
        return report
    mine = report.author_id == actor.user_id and report.state == ReportState.DECLINED
    if not mine or report.appealed_at is not None:
        raise Problem("appeal_not_possible")
    now = clock.now()
    due = decision_due(now, hours=setting("REPORT_APPEAL_H"))
    return move(actor, report, "appeal", reason=reason, appealed_at=now, decide_due_at=due)


@law("PS-1", "PS-5")
@transaction.atomic
def report_overrule(*, actor: Actor, report_id: UUID, reason: str) -> Report:
    """改为报送: the decider takes the author's side."""
    report = locked(actor, report_id)
    _has_author(report)
    return move(actor, report, "overrule", reason=reason, decide_due_at=None)


@law("PS-1", "PS-5")
@transaction.atomic
def report_uphold(*, actor: Actor, report_id: UUID, reason: str) -> Report:
    """维持: it is not sent. Problems `appeal_not_made`, `appeal_needs_another` (who declined)."""
    return move(actor, locked(actor, report_id), "uphold", reason=reason, decide_due_at=None)


@transaction.atomic
def report_accept(*, actor: Actor, report_id: UUID) -> Report:
    """The author leaves it at that: a draft, what came back, or what was declined."""
    return move(actor, locked(actor, report_id), "accept", decide_due_at=None)


def _has_author(report: Report) -> None:
    if report.author_id is None:
        raise Problem("author_wanted")
