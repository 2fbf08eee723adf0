"""Judicial confirmation 司法确认: told, wished by both, filed by both together, and what the court said."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from mediation import agreed_access, table_access
from mediation.agreed import in_force, joint_missing, latest_words
from mediation.confirmation import ConfirmationState, CourtDoubt
from mediation.models import CaseParty, Confirmation, ConfirmationReminder, ConfirmationWord, Document
from mediation.services.after import locked_agreement, move, tell
from mediation.services.moves import Step
from mediation.visibility import COURT_SET, Visibility

Done = tuple[Confirmation, bool]
NO_CLOCK = {"due_at": None, "closes_at": None}
_DECISIONS = {"valid": "confirm", "rejected": "reject", "not_accepted": "not_accept"}


@law("PM-33e")
@transaction.atomic
def confirmation_precheck(*, actor: Actor, confirmation_id: UUID, doubts: Iterable[str]) -> Done:
    """What a person sees that a court may object to. A warning and no more."""
    row, named = _locked(actor, confirmation_id), sorted(set(doubts) & set(CourtDoubt.values()))
    if row.precheck == named:
        return row, True
    row.precheck = named
    row.save(update_fields=["precheck"])
    tell(actor, "confirmation_prechecked", row.agreement, row, ["precheck"])
    return row, False


@law("PM-33")
@transaction.atomic
def confirmation_offer(*, actor: Actor, confirmation_id: UUID, told_on: date | None = None) -> Done:
    """Both parties were told that they may ask a court together, by when and what it means."""
    row = _locked(actor, confirmation_id)
    if row.state == ConfirmationState.OFFERED:
        return row, True
    _require_in_force(row)
    day = _stated(told_on)
    return move(actor, row, "offer", _step(day), offered_on=day), False


@law("PM-33", "PM-33d")
@transaction.atomic
def confirmation_word(
    *,
    actor: Actor,
    confirmation_id: UUID,
    party_id: UUID,
    joint: bool,
    remind: bool = False,
    said_on: date | None = None,
    papers: Sequence[UUID] = (),
) -> Done:
    """A party's word: whether it asks together with the other, which of its own papers go with it to the
    court and to nobody else, and whether it wants to be reminded. Problem `paper_not_for_court`."""
    row = _locked(actor, confirmation_id)
    if not CaseParty.objects.filter(pk=party_id, case_id=row.agreement.case_id).exists():
        raise Problem("party_not_of_case")
    given = _papers(actor, row, party_id, papers) if joint else []
    last = latest_words(row).get(party_id)
    if last is not None and _said(last) == (joint, remind, {paper.pk for paper in given}):
        return row, True
    word = ConfirmationWord.objects.create(
        confirmation=row, party_id=party_id, joint=joint, remind=remind, said_on=_stated(said_on),
        recorded_by_id=actor.person, recorded_at=clock.now(),
    )  # fmt: skip
    word.papers.set(given)
    tell(actor, "confirmation_word", row.agreement, row, ["words"])
    return row, False


def _said(word: ConfirmationWord) -> tuple[bool, bool, set[UUID]]:
    return word.joint, word.remind, set(word.papers.values_list("pk", flat=True))


def _papers(actor: Actor, row: Confirmation, party_id: UUID, wanted: Sequence[UUID]) -> list[Document]:
    """Papers of this party, of the kinds that the court asks for, as last replaced."""
    rows = table_access.visible_documents(actor).filter(
        pk__in=set(wanted), case=row.agreement.case_id, party=party_id, visibility=Visibility.ONE_PARTY,
        kind__in=COURT_SET, replaced_by=None,
    )  # fmt: skip
    found = list(rows)
    if len(found) != len(set(wanted)):
        raise Problem("paper_not_for_court")
    return found


@law("PM-33", "PM-33b")
@transaction.atomic
def confirmation_file(
    *, actor: Actor, confirmation_id: UUID, filed_on: date, court: str, court_basis: str
) -> Done:
    """Both have filed together. By the day on the paper: what was filed in time may be entered late."""
    row = _locked(actor, confirmation_id)
    if row.state == ConfirmationState.FILED:
        return row, True
    _require_in_force(row)
    day = _stated(filed_on)
    agreement = row.agreement
    if agreement.effective_on is None or day < agreement.effective_on:
        raise Problem("filed_before_effect")
    facts = {"not_joint": joint_missing(row), "too_late": day > row.moved_day}
    columns = {"filed_on": day, "court": court, "court_basis": court_basis, "expired_at": None, **NO_CLOCK}
    move(actor, row, "file", _step(day, facts), **columns)
    ConfirmationReminder.objects.filter(confirmation=row, reminded_at=None).update(due_at=None)
    return row, False


@law("PM-33b", "PM-33e")
@transaction.atomic
def confirmation_decide(
    *,
    actor: Actor,
    confirmation_id: UUID,
    decision: str,
    document_no: str,
    decided_on: date,
    ground: str = "",
) -> Done:
    """What the court said, by its paper: confirmed (enforceable), rejected, or not accepted."""
    row = _locked(actor, confirmation_id)
    if row.state == decision:
        return row, True
    day = _stated(decided_on)
    step = _step(day, {"document_no": document_no})
    said = {"decided_on": day, "document_no": document_no, "ground": ground}
    return move(actor, row, _DECISIONS[decision], step, **said), False


@law("PM-33")
@transaction.atomic
def confirmation_withdraw(*, actor: Actor, confirmation_id: UUID, on: date) -> Done:
    """The parties have taken the filing back; what is left of the thirty days runs on."""
    row = _locked(actor, confirmation_id)
    if row.state == ConfirmationState.WITHDRAWN:
        return row, True
    day = _stated(on)
    binds = in_force(row.agreement.case_id) == row.agreement
    ends = {"due_at": clock.day_end(row.last_day), "closes_at": clock.day_end(row.moved_day)}
    columns = ends if binds else NO_CLOCK
    return move(actor, row, "withdraw", _step(day), filed_on=None, **columns), False


def _locked(actor: Actor, confirmation_id: UUID) -> Confirmation:
    seen = agreed_access.visible_confirmations(actor).filter(pk=confirmation_id)
    agreement_id = existing(seen.values_list("agreement_id", flat=True))
    agreement = locked_agreement(actor, agreement_id)
    if agreement.set_aside_on is not None:
        raise Problem("agreement_not_open")
    row = Confirmation.objects.get(pk=confirmation_id)
    row.agreement = agreement
    return row


def _require_in_force(row: Confirmation) -> None:
    """Of an agreement that another has taken the place of nothing more is asked."""
    if in_force(row.agreement.case_id) != row.agreement:
        raise Problem("agreement_not_open")


def _stated(day: date | None) -> date:
    if day is not None and day > clock.today():
        raise Problem("date_in_future")
    return day or clock.today()


def _step(day: date, facts: dict[str, object] | None = None) -> Step:
    return Step(facts or {}, stated_at=clock.day_start(day))
