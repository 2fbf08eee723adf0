"""After it was sent: received, answered, asked once, reviewed, corrected, withdrawn, told to the person,
closed."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from audit.services import record
from edge.conf import setting
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from liaison.deadlines import receipt_due
from liaison.grounds import Answer, NotTold, Way, acts_fit
from liaison.models import Report, ReportCall
from liaison.services.moves import locked, move


@transaction.atomic
def report_receive(*, actor: Actor, report_id: UUID) -> Report:
    """签收: by the liaison officer, or as whoever called was told over the phone."""
    now = clock.now()
    return move(
        actor, locked(actor, report_id), "receive", received_at=now, receipt_due_at=None, call_owed_at=None
    )


@law("PS-1")
@transaction.atomic
def report_call_log(*, actor: Actor, report_id: UUID, called_at: datetime, reached: bool) -> Report:
    """Nobody received it in time, and somebody called. Problem `call_not_owed`."""
    report = locked(actor, report_id)
    same = {"called_at": called_at, "caller_id": actor.person, "reached": reached}
    if report.calls.filter(**same).exists():
        return report
    if report.received_at is not None or report.call_owed_at is None:
        raise Problem("call_not_owed")
    ReportCall.objects.create(report=report, at=clock.now(), **same)
    _noted(actor, report, "called", ["calls"])
    return report


@transaction.atomic
def report_answer(*, actor: Actor, report_id: UUID, answer: Answer) -> Report:
    """答复: a code, and nothing of the police's own files (law.md §8 e). Of a station that is not on the
    system somebody here enters what it told."""
    now = clock.now()
    return move(actor, locked(actor, report_id), "answer", answer=answer, answered_at=now)


@transaction.atomic
def report_question(*, actor: Actor, report_id: UUID, reason: str) -> Report:
    """追问, once."""
    return move(actor, locked(actor, report_id), "question", reason=reason)


@transaction.atomic
def report_reply(*, actor: Actor, report_id: UUID, reason: str) -> Report:
    return move(actor, locked(actor, report_id), "reply", reason=reason)


@law("PS-3", "PS-4", "PS-6")
@transaction.atomic
def report_confirm(*, actor: Actor, report_id: UUID) -> Report:
    """事后复核: the second person looked, and it was right to send it. Problem `no_review_owed`."""
    return move(actor, locked(actor, report_id), "confirm_after", reviewed_at=clock.now())


@law("PI-45/46/50")
@transaction.atomic
def report_correct(
    *,
    actor: Actor,
    report_id: UUID,
    reason: str,
    acts: Sequence[str] = (),
    persons_at_risk: int | None = None,
) -> Report:
    """更正: what was wrong is put right, and the recipient is told what changed by the step's reason. It is
    to be received anew, by the same clock. Problem `acts_not_of_ground`."""
    report = locked(actor, report_id)
    if acts and not acts_fit(report.ground, acts):
        raise Problem("acts_not_of_ground")
    due = receipt_due(clock.now(), minutes=setting("REPORT_RECEIPT_MIN"))
    owed = due if report.way == Way.SYSTEM else None
    columns: dict[str, object] = {"received_at": None, "receipt_due_at": owed, "call_owed_at": None}
    if acts:
        columns["acts"] = sorted(set(acts))
    if persons_at_risk is not None:
        columns["persons_at_risk"] = persons_at_risk
    return move(actor, report, "correct", reason=reason, **columns)


@law("PI-45/46/50")
@transaction.atomic
def report_no_basis(*, actor: Actor, report_id: UUID, reason: str) -> Report:
    """无依据撤回: the recipient is told and acknowledges; what was owed for it is over."""
    now = clock.now()
    return move(
        actor, locked(actor, report_id), "no_basis", reason=reason, reviewed_at=now, receipt_due_at=None,
        call_owed_at=None,
    )  # fmt: skip


@transaction.atomic
def report_acknowledge(*, actor: Actor, report_id: UUID) -> Report:
    """The station has seen, or was told, that there was no basis."""
    return move(actor, locked(actor, report_id), "acknowledge")


@law("PI-17/18/35")
@transaction.atomic
def report_told(
    *,
    actor: Actor,
    report_id: UUID,
    told_on: date | None = None,
    not_told: NotTold | None = None,
    look_again_on: date | None = None,
) -> Report:
    """Whether the person was told afterwards; if not yet, why and when somebody looks again (law.md §8 h).

    Problems `telling_owed` (neither), `look_again_wrong`.
    """
    report = locked(actor, report_id)
    if actor.role == "liaison_officer" or report.sent_at is None:
        raise Problem("role_not_allowed")
    if told_on is not None and told_on > clock.today():
        raise Problem("look_again_wrong")
    if told_on is None and (not_told is None or look_again_on is None):
        raise Problem("telling_owed")
    if told_on is None and look_again_on is not None and look_again_on <= clock.today():
        raise Problem("look_again_wrong")
    said = (
        {"told_on": told_on, "not_told": "", "look_again_on": None}
        if told_on
        else {"not_told": not_told, "look_again_on": look_again_on}
    )
    if all(getattr(report, name) == value for name, value in said.items()):
        return report
    Report.objects.filter(pk=report.pk).update(**said)
    report.refresh_from_db()
    _noted(actor, report, "told", sorted(said))
    return report


@transaction.atomic
def report_close(*, actor: Actor, report_id: UUID) -> Report:
    """办结. Problems `review_still_owed`, `telling_owed`."""
    return move(actor, locked(actor, report_id), "close")


def _noted(actor: Actor, report: Report, what: str, fields: Sequence[str]) -> None:
    record(
        actor=actor, event=f"report.{what}", subject_kind="report", subject_id=report.pk, fields=fields,
        detail={"ground": report.ground},
    )  # fmt: skip
