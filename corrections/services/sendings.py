"""Papers that go to court, procuratorate and police: owed with the decision, sent with day and proof."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from audit.services import Fact, record_many
from corrections import access
from corrections.decisions import DecisionKind
from corrections.models import Decision, OwedSending
from corrections.sendings import (
    OWED,
    SENDING,
    SENT,
    SendTo,
    SentPaper,
    SentProof,
    owed_for,
    paper_of,
    send_due,
)
from corrections.services.acts import Said, move, not_after_today
from corrections.services.found import row_locked, subject_of_visible
from corrections.services.giving import Giving, given_out
from edge.conf import setting
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.law import law
from privacy.codes import RecipientKind

KIND = "owed_sending"
GIVEN = ("Decision.facts", "Decision.evidence", "Decision.statement")
RECIPIENTS = {
    SendTo.COURT: RecipientKind.COURT, SendTo.PROCURATORATE: RecipientKind.PROCURATORATE,
    SendTo.POLICE: RecipientKind.POLICE, SendTo.ORGAN: RecipientKind.COURT,
}  # fmt: skip


@law("CCM-32", "CCL-46/48")
def sendings_owe(decision: Decision, since: date) -> None:
    """What a decision that stands has to be sent to. Under the person's lock; twice is no fault."""
    kind = DecisionKind(decision.kind)
    _owe(decision, paper_of(kind), owed_for(kind), since)


@law("CCM-32")
def sendings_fall(decision: Decision, since: date) -> None:
    """The decision was changed or annulled: what had not gone out is dropped, who had it is told."""
    rows = list(OwedSending.objects.select_for_update().filter(decision=decision).order_by("id"))
    for row in rows:
        if row.state == OWED:
            row.subject = decision.subject
            move(SYSTEM, row, SENDING, "drop", Said())
    told = [(SendTo(row.to), row.law) for row in rows if row.state == SENT and row.paper != SentPaper.FALL]
    _owe(decision, SentPaper.FALL, told, since)


def _owe(decision: Decision, paper: SentPaper, to: Iterable[tuple[SendTo, str]], since: date) -> None:
    due_on = send_due(since, setting("COPY_SEND_DAYS"))
    rows = [
        OwedSending(
            subject_id=decision.subject_id, decision=decision, paper=paper, to=organ, law=row,
            due_on=due_on, due_at=clock.day_end(due_on), created_at=clock.now(),
        )
        for organ, row in to
    ]  # fmt: skip
    OwedSending.objects.bulk_create(rows, ignore_conflicts=True)
    facts = [Fact(row.id, detail={"to": row.to, "paper": row.paper}) for row in rows]
    record_many(actor=SYSTEM, event="owed_sending.owed", subject_kind=KIND, facts=facts)


@dataclass(frozen=True, slots=True)
class Sent:
    """How a paper went out: the organ by its name, the day, by what that is proved and its number."""

    recipient: str
    sent_on: date
    proof: SentProof
    proof_no: str


@law("CCM-32", "CCL-5")
@transaction.atomic
def sending_send(*, actor: Actor, sending_id: UUID, sent: Sent) -> OwedSending:
    """The paper went out, with its row in the share log. Twice is no fault."""
    row = _locked(actor, sending_id)
    if row.state == SENT:
        return row
    day = not_after_today("sent_on", sent.sent_on)
    move(
        actor, row, SENDING, "send", Said(on=day), recipient=sent.recipient, sent_on=day, proof=sent.proof,
        proof_no=sent.proof_no, sent_by=actor.user_id,
    )  # fmt: skip
    to = RECIPIENTS[SendTo(row.to)]
    giving = Giving("correction_decision", row.law, SentPaper(row.paper).zh, to, GIVEN)
    given_out(actor, row.decision_id, giving, sent.recipient)
    return row


def _locked(actor: Actor, sending_id: UUID) -> OwedSending:
    """The row under lock, the person's row first; also when the term has ended and it is still owed."""
    rows = access.sendings_visible_to(actor)
    return row_locked(actor, rows, sending_id, reach=subject_of_visible)
