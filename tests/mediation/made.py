"""Intake items and cases for tests."""

from typing import Any

import pytest

from disputes.models import Dispute
from kernel import clock
from kernel.actor import SYSTEM
from kernel.problems import Problem
from mediation.models import Case, CaseParty, IntakeItem, Referral
from mediation.services import (
    case_accept,
    conflict_declare,
    consent_record,
    intake_open,
    mediation_offer,
    mediators_name,
    rights_tell,
)
from mediation.services.referral_moves import Said
from mediation.services.referral_words import referral_agree
from mediation.services.referrals import Wanted, referral_draft
from tests.cast import District, Member
from tests.disputes.made import body, dispute_of, screened

WHY = {"rule": "party_asks", "zh": "当事人申请调解", "en": "a party asks"}
BOTH = ("mediation", "personal_information")


def waiting(district: District, worker: Member, **answers: Any) -> IntakeItem:
    """An intake item of an ordinary quarrel in street A."""
    dispute: Dispute = dispute_of(screened(worker, body(district, **answers)))
    return intake_open(
        actor=SYSTEM, dispute_id=dispute.pk, reasons=[WHY], protected=dispute.protected, firing_id=None
    )


def asking(district: District, worker: Member, clerk: Member, **answers: Any) -> Case:
    """A case in which the parties are being asked."""
    return mediation_offer(actor=clerk.actor, item_id=waiting(district, worker, **answers).pk)


def say(case: Case, clerk: Member, answer: str = "given", party: int = 0, steps: Any = BOTH) -> Case:
    """A party's word about the named steps."""
    who = CaseParty.objects.filter(case=case)[party]
    return consent_record(actor=clerk.actor, case_id=case.pk, party_id=who.pk, steps=steps, answer=answer)


def consented(district: District, worker: Member, clerk: Member, **answers: Any) -> Case:
    """A case with every consent, not yet accepted."""
    case = asking(district, worker, clerk, **answers)
    for party in range(CaseParty.objects.filter(case=case).count()):
        say(case, clerk, party=party)
    return case


def seated(district: District, worker: Member, clerk: Member, mediator: Member, **answers: Any) -> Case:
    """An accepted case in which everybody may sit down: rights told, the mediator named and declared."""
    case = consented(district, worker, clerk, **answers)
    case = case_accept(actor=clerk.actor, case_id=case.pk)
    mediators_name(actor=clerk.actor, case_id=case.pk, user_ids=[mediator.user.pk], chosen_by="parties")
    conflict_declare(actor=mediator.actor, case_id=case.pk, answer="none")
    for party in CaseParty.objects.filter(case=case):
        rights_tell(actor=clerk.actor, case_id=case.pk, party_id=party.pk, way="read_out")
    return case


def refused_with(act: Any, **said: Any) -> str:
    """The code of the problem with which the act is refused."""
    with pytest.raises(Problem) as caught:
        act(**said)
    return caught.value.code


def in_state(case: Case, clerk: Member, state: str) -> Case:
    """The case put into a state, with what the database asks of a case in it."""
    columns: dict[str, Any] = {"state": state, "acceptance_due_at": None}
    if state == "asking":
        return case
    if state not in {"unreachable", "refused", "not_accepted"}:
        case = case_accept(actor=clerk.actor, case_id=case.pk)
    if state in {"suspended", "withdrawn", "failed"}:
        columns["mediation_due_at"] = None
    if state in {"unreachable", "suspended"}:
        columns["review_on"] = clock.today()
    if state == "accepted":
        return case
    Case.objects.filter(pk=case.pk).update(**columns)
    case.refresh_from_db()
    return case


def referred(clerk: Member, party: CaseParty, channel: str = "legal_aid", **given: Any) -> Referral:
    """A referral of this party to which it has said yes; `papers`: what of the file may go with it."""
    details = given.pop("details", {"matter": "请求支付赔偿", "facts": "漏水受损"})
    wanted = Wanted(party.dispute_party_id, channel, "share", "某法律援助中心", details)
    row = referral_draft(actor=clerk.actor, dispute_id=party.case.dispute_id, wanted=wanted)
    return referral_agree(actor=clerk.actor, referral_id=row.pk, said=Said(), **given)
