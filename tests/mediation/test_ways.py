"""Steps that are seldom taken, each by an act of somebody who may: referrals that end early, talks put off,
days that run out, what a court sets aside."""

from datetime import date, timedelta
from typing import Any

import pytest

from disputes.models import Dispute
from disputes.services import dispute_hand_up
from kernel.actor import SYSTEM
from mediation import jobs
from mediation.models import (
    Agreement,
    AgreementMark,
    Case,
    Confirmation,
    DateCorrection,
    IntakeItem,
    Referral,
)
from mediation.services import (
    agreement_set_aside,
    confirmation_file,
    confirmation_offer,
    confirmation_withdraw,
    correction_decide,
    date_correct,
    intake_hand_back,
    intake_open,
    intake_protect,
    intake_to_department,
    mediation_offer,
    obligation_breach,
)
from mediation.services.sessions import session_cancel, session_postpone
from tests.cast import District, Member
from tests.disputes.made import body, dispute_of, screened
from tests.mediation.agreed import instalments, owed, signed
from tests.mediation.at_table import at_table as seated_case
from tests.mediation.at_table import planned
from tests.mediation.made import WHY
from tests.mediation.test_confirmation import MONDAY, filing, wish
from tests.mediation.test_obligations import APRIL, MAY, amended, pay
from tests.mediation.test_referrals import walked

pytestmark = pytest.mark.django_db
Cast = dict[str, Member]
ENDS = [
    ("recall", "recalled"), ("go-alone", "went_alone"), ("agree recall", "recalled"),
    ("agree go-alone", "went_alone"), ("agree send receive recall", "recalled"),
    ("agree send receive go-alone", "went_alone"), ("agree send receive decline", "declined"),
    ("agree send ask-more recall", "recalled"), ("agree send ask-more go-alone", "went_alone"),
    ("agree send ask-more accept", "accepted"), ("agree send ask-more decline", "declined"),
]  # fmt: skip


@pytest.fixture
def dispute(clock: Any, district: District, worker: Member) -> Dispute:
    found: Dispute = dispute_of(screened(worker, body(district)))
    return found


@pytest.mark.parametrize(("way", "end"), ENDS)
def test_a_referral_comes_to_its_end(dispute: Dispute, clerk: Member, way: str, end: str) -> None:
    pk = walked(clerk, dispute, *way.split())
    assert Referral.objects.get(pk=pk).state == end


def test_a_talk_put_off_before_anybody_was_invited_may_be_called_off(
    clock: Any, district: District, worker: Member, clerk: Member, mediator: Member
) -> None:
    session = planned(seated_case(district, worker, clerk, mediator), clerk)
    assert session_postpone(actor=clerk.actor, session_id=session.pk, reason="一方出差").state == "postponed"
    assert (
        session_cancel(actor=clerk.actor, session_id=session.pk, reason="改为分别谈话").state == "cancelled"
    )


@pytest.fixture
def protected(dispute: Dispute, director: Member) -> IntakeItem:
    """An item on the protected track, of a dispute at the district."""
    item = intake_open(actor=SYSTEM, dispute_id=dispute.pk, reasons=[WHY], protected=False, firing_id=None)
    dispute_hand_up(actor=director.actor, dispute_id=dispute.pk, level="district", reason="案情复杂")
    return intake_protect(actor=director.actor, item_id=item.pk, reason="一方害怕")


def test_what_is_protected_is_offered_by_the_wish_of_who_is_at_risk(
    protected: IntakeItem, director: Member
) -> None:
    said = {"wish": "愿意，不见面", "reason": "单独问过"}
    assert mediation_offer(actor=director.actor, item_id=protected.pk, **said).state == "asking"


def test_what_is_protected_goes_to_a_department(protected: IntakeItem, director: Member) -> None:
    done = intake_to_department(actor=director.actor, item_id=protected.pk, reason="属部门职责")
    assert done.state == "department"


def test_what_is_protected_goes_back_to_the_street(protected: IntakeItem, director: Member) -> None:
    said = {"level": "street", "reason": "街道处理"}
    assert intake_hand_back(actor=director.actor, item_id=protected.pk, **said).state == "handed_back"


@pytest.fixture
def window(clock: Any, at_table: Case, cast: Cast) -> Confirmation:
    return Confirmation.objects.get(agreement=signed(at_table, cast))


def filed(window: Confirmation, cast: Cast) -> Confirmation:
    for number in range(2):
        wish(window, cast["clerk"], number)
    return confirmation_file(**filing(window, cast["clerk"], MONDAY))[0]


def run_out(clock: Any, window: Confirmation) -> str:
    clock.move(timedelta(days=31))
    jobs.due(clock.at)
    window.refresh_from_db()
    return str(window.state)


def test_the_days_run_out_also_after_both_were_told(clock: Any, window: Confirmation, cast: Cast) -> None:
    confirmation_offer(actor=cast["clerk"].actor, confirmation_id=window.pk)
    assert run_out(clock, window) == "expired"


def test_after_a_filing_was_taken_back_both_may_file_again(window: Confirmation, cast: Cast) -> None:
    row = filed(window, cast)
    confirmation_withdraw(actor=cast["clerk"].actor, confirmation_id=row.pk, on=MONDAY)
    assert filed(window, cast).state == "filed"


def test_after_a_filing_was_taken_back_the_days_run_out(clock: Any, window: Confirmation, cast: Cast) -> None:
    row = filed(window, cast)
    confirmation_withdraw(actor=cast["clerk"].actor, confirmation_id=row.pk, on=MONDAY)
    assert run_out(clock, row) == "expired"


@pytest.fixture
def broken(clock: Any, at_table: Case, cast: Cast) -> Agreement:
    """Two instalments, of which the first was not paid."""
    parts = instalments(at_table, (APRIL, "1000.00"), (MAY, "2000.00"))
    agreement = signed(at_table, cast, obligations=[parts])
    clock.move(timedelta(days=70))
    said = {"obligation_id": owed(agreement)[0].pk, "reason": "未付", "since": MAY}
    obligation_breach(actor=cast["clerk"].actor, **said)
    return agreement


def set_aside(agreement: Agreement, cast: Cast) -> str:
    said = {"document": "（2026）民初1号", "decided_on": MONDAY}
    agreement_set_aside(actor=cast["director"].actor, agreement_id=agreement.pk, **said)
    return str(Case.objects.get(pk=agreement.case_id).state)


def test_what_was_broken_may_be_agreed_anew(broken: Agreement, cast: Cast) -> None:
    amended(broken, cast)
    assert [row.state for row in owed(broken)] == ["replaced", "replaced"]


def test_what_was_broken_may_be_set_aside(broken: Agreement, cast: Cast) -> None:
    assert set_aside(broken, cast) == "set_aside"
    assert [row.state for row in owed(broken)] == ["set_aside", "set_aside"]


def test_what_is_in_effect_with_nothing_owed_may_be_set_aside(at_table: Case, cast: Cast) -> None:
    agreement = signed(at_table, cast)
    assert set_aside(agreement, cast) == "set_aside"


def test_what_was_performed_may_be_set_aside(at_table: Case, cast: Cast) -> None:
    agreement = signed(at_table, cast, obligations=[instalments(at_table, (APRIL, "1000.00"))])
    pay(cast["clerk"], owed(agreement)[0], "1000.00")
    assert set_aside(agreement, cast) == "set_aside"


def test_a_day_put_right_later_brings_the_days_back(clock: Any, window: Confirmation, cast: Cast) -> None:
    agreement = window.agreement
    assert run_out(clock, window) == "expired"
    seal = AgreementMark.objects.get(agreement=agreement, role="seal")
    said = {"agreement_id": agreement.pk, "becomes": date(2026, 3, 20), "reason": "公章日期写错"}
    date_correct(actor=cast["clerk"].actor, mark_id=seal.pk, **said)
    found = DateCorrection.objects.get().pk
    correction_decide(
        actor=cast["director"].actor, agreement_id=agreement.pk, correction_id=found, agree=True
    )
    window.refresh_from_db()
    assert (window.state, window.last_day) == ("offered", date(2026, 4, 19))
