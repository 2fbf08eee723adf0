"""Agreements for tests: reached, marked, reviewed, in effect."""

from datetime import date
from decimal import Decimal
from typing import Any

from kernel.ids import uuid7
from mediation.models import Agreement, Case, CaseMediator, CaseParty, Obligation
from mediation.services import (
    AgreementSaid,
    ObligationSaid,
    agreement_reach,
    case_accept,
    mark_record,
    marks_review,
)
from tests.cast import District, Member, make_member
from tests.mediation.made import consented

TERMS = "乙方分两期赔偿甲方三千元"


ROLES = ("clerk", "mediator", "director", "keeper")


def everybody(district: District) -> dict[str, Member]:
    """The people of the centre and the keeper of the committee's seal."""
    return {name: make_member(district, name) for name in ROLES}


def accepted(district: District, worker: Member, clerk: Member, mediator: Member, **answers: Any) -> Case:
    """A case at the table, its mediator named."""
    case = consented(district, worker, clerk, **answers)
    return case_accept(actor=clerk.actor, case_id=case.pk, mediator_ids=[mediator.user.pk])


def party(case: Case, number: int = 0) -> CaseParty:
    return CaseParty.objects.filter(case=case)[number]


def instalments(case: Case, *parts: tuple[date | None, str]) -> ObligationSaid:
    """The second party pays the first in parts."""
    given = [(day, Decimal(amount)) for day, amount in parts]
    return ObligationSaid(
        debtor=party(case, 1).pk, creditor=party(case).pk, what="支付赔偿款",
        amount=sum((amount for _, amount in given), Decimal(0)), instalments=given,
    )  # fmt: skip


def reached(case: Case, mediator: Member, form: str = "written", **said: Any) -> Agreement:
    said.setdefault("terms", TERMS)
    words = AgreementSaid(form=form, **said)
    return agreement_reach(actor=mediator.actor, case_id=case.pk, id=uuid7(), said=words)[0]


def marked(agreement: Agreement, clerk: Member, keeper: Member, days: dict[str, date]) -> Agreement:
    """Every mark: the parties' and the mediator's entered by the clerk, the seal by the keeper. `days`: by
    `party0`, `party1`, `mediator`, `seal`."""
    case, said = agreement.case, {"agreement_id": agreement.pk, "manner": "signature"}
    for number in range(CaseParty.objects.filter(case=case).count()):
        who, day = party(case, number).pk, days.get(f"party{number}", days["party0"])
        mark_record(actor=clerk.actor, role="party", party_id=who, made_on=day, **said)
    own = CaseMediator.objects.filter(case=case)[0].user_id
    mark_record(actor=clerk.actor, role="mediator", mediator_id=own, made_on=days["mediator"], **said)
    seal = {**said, "manner": "seal"}
    mark_record(actor=keeper.actor, role="seal", made_on=days["seal"], **seal)
    return agreement


def on_one_day(day: date) -> dict[str, date]:
    return dict.fromkeys(("party0", "party1", "mediator", "seal"), day)


def signed(
    case: Case, cast: dict[str, Member], day: date | None = None, obligations: Any = (), **said: Any
) -> Agreement:
    """A written agreement in effect from `day`, reviewed by the director."""
    agreement = reached(case, cast["mediator"], obligations=list(obligations), **said)
    days = on_one_day(day or date(2026, 3, 2))
    marked(agreement, cast["clerk"], cast["keeper"], days)
    marks_review(actor=cast["director"].actor, agreement_id=agreement.pk)
    return Agreement.objects.get(pk=agreement.pk)


def owed(agreement: Agreement) -> list[Obligation]:
    return list(Obligation.objects.filter(agreement=agreement))
