"""Which consents the table asks for, what stops when one is taken back, and what is kept because of it."""

from uuid import UUID

from kernel.actor import Actor
from mediation.access import visible_cases
from mediation.follow_up import FollowUpChoice
from mediation.machine import ENDED_WITHOUT, ConsentAnswer, ConsentStep
from mediation.models import Case, CaseParty
from mediation.services import grounds
from mediation.services.consents import BEFORE_AN_END, consent_record
from mediation.services.following import follow_up_wish
from privacy.codes import ConsentPurpose
from privacy.consenting import Held, Use, enter, enter_held


def connect() -> None:
    """Enter them (once, when the app is ready)."""
    for purpose in grounds.AT_TABLE:
        enter(Use(purpose, grounds.PARTY, seen, stop_table))
        for held in _TABLE:
            enter_held(purpose, grounds.PARTY, held)
    enter(Use(ConsentPurpose.FOLLOW_UP, grounds.PARTY, seen, stop_calls))
    enter_held(ConsentPurpose.FOLLOW_UP, grounds.PARTY, _CALLS)


_TABLE = (
    Held(
        "needs", "参加调解的便利需求", "what the party needs at the table", grounds.needs_kept,
        grounds.needs_erase,
    ),
    Held(
        "caucus_notes", "背对背谈话记录", "what was said to the mediator alone", grounds.talks_kept,
        grounds.talks_erase,
    ),
    Held("case_file", "调解卷宗", "the file of the case", grounds.files_kept, duty="PM-27"),
)  # fmt: skip
_CALLS = Held("follow_ups", "回访记录", "the record of follow-ups", grounds.calls_kept, duty="PM-FU")


def seen(actor: Actor, party_id: UUID) -> bool:
    return _case(actor, party_id) is not None


def _case(actor: Actor, party_id: UUID) -> Case | None:
    """The case of a party, if the actor sees it: of one that is closed, nothing goes on."""
    of_party = CaseParty.objects.filter(pk=party_id).values("case_id")
    return visible_cases(actor).filter(pk__in=of_party).first()


def stop_table(actor: Actor, party_id: UUID) -> None:
    """Before an end the table ends with it; after one there is only the file."""
    case = _case(actor, party_id)
    if case is None or case.state not in BEFORE_AN_END:
        return
    steps, answer = [ConsentStep.PERSONAL_INFORMATION], ConsentAnswer.WITHDRAWN
    consent_record(actor=actor, case_id=case.pk, party_id=party_id, steps=steps, answer=answer)


def stop_calls(actor: Actor, party_id: UUID) -> None:
    """No follow-up is owed to this party any more."""
    case = _case(actor, party_id)
    if case is not None and case.state not in ENDED_WITHOUT:
        follow_up_wish(actor=actor, case_id=case.pk, party_id=party_id, choice=FollowUpChoice.DECLINED)
