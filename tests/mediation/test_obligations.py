"""What is owed: instalments, performance in part, breach, amendment, and what a court has set aside."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kernel.ids import uuid7
from mediation import jobs
from mediation.models import Agreement, Case, FollowUp, Obligation
from mediation.services import (
    AgreementSaid,
    ObligationSaid,
    agreement_amend,
    agreement_drop,
    agreement_performed,
    agreement_set_aside,
    case_fail,
    obligation_breach,
    obligation_perform,
    obligations_add,
    party_refuse,
)
from tests.cast import Member
from tests.mediation.agreed import TERMS, instalments, owed, party, reached, signed
from tests.mediation.test_cases import refused_with, state_of

pytestmark = pytest.mark.django_db
Cast = dict[str, Member]
MONDAY, APRIL, MAY = date(2026, 3, 2), date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def agreement(at_table: Case, cast: Cast) -> Agreement:
    """Two instalments, in effect from Monday."""
    return signed(at_table, cast, obligations=[instalments(at_table, (APRIL, "1000.00"), (MAY, "2000.00"))])


def pay(who: Member, row: Obligation, amount: str, day: date = MONDAY) -> Obligation:
    said = {"obligation_id": row.pk, "id": uuid7(), "done_on": day, "amount": Decimal(amount)}
    return obligation_perform(actor=who.actor, **said)[0]


@pytest.mark.law("PM-31")
def test_instalments_are_due_each_on_its_day_from_the_effect_on(at_table: Case, cast: Cast) -> None:
    waiting = reached(at_table, cast["mediator"], obligations=[instalments(at_table, (APRIL, "1000.00"))])
    assert owed(waiting)[0].due_at is None
    party_refuse(actor=cast["clerk"].actor, case_id=at_table.pk)
    assert owed(waiting)[0].state == "not_owed"


def test_the_case_performs_from_the_effect_on(agreement: Agreement) -> None:
    rows = owed(agreement)
    assert [(row.part, row.parts, str(row.amount)) for row in rows] == [(1, 2, "1000.00"), (2, 2, "2000.00")]
    assert rows[0].due_at is not None
    assert state_of(agreement.case) == ("performing", "feedback")


@pytest.mark.law("PM-31")
def test_what_is_performed_in_part_is_still_owed(agreement: Agreement, cast: Cast) -> None:
    first, second = owed(agreement)
    assert pay(cast["clerk"], first, "400.00").state == "open"
    assert pay(cast["clerk"], first, "600.00").state == "performed"
    assert state_of(agreement.case)[0] == "performing"
    pay(cast["clerk"], second, "2000.00")
    assert state_of(agreement.case)[0] == "performed"


@pytest.mark.law("PM-31")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount": Decimal("1000.01")}, "amount_not_owed"),
        ({"amount": None}, "amount_needed"),
        ({"done_on": MONDAY + timedelta(days=1)}, "date_in_future"),
    ],
)
def test_a_performance_that_is_none(agreement: Agreement, cast: Cast, change: Any, code: str) -> None:
    said = {"id": uuid7(), "done_on": MONDAY, "amount": Decimal(1), "obligation_id": owed(agreement)[0].pk}
    assert refused_with(obligation_perform, actor=cast["clerk"].actor, **{**said, **change}) == code


def test_the_same_performance_twice_is_one(agreement: Agreement, cast: Cast) -> None:
    said = {"id": uuid7(), "done_on": MONDAY, "amount": Decimal(1), "obligation_id": owed(agreement)[0].pk}
    assert [obligation_perform(actor=cast["clerk"].actor, **said)[1] for _ in range(2)] == [False, True]


@pytest.mark.law("PM-31")
def test_a_person_says_that_it_is_not_performed_never_the_clock(
    clock: Any, agreement: Agreement, cast: Cast
) -> None:
    row = owed(agreement)[0]
    said = {"obligation_id": row.pk, "reason": "多次催告未付", "since": MONDAY}
    assert refused_with(obligation_breach, actor=cast["clerk"].actor, **said) == "not_yet_due"
    clock.move(timedelta(days=40))
    jobs.due(clock.at)
    assert state_of(agreement.case)[0] == "performing"
    obligation_breach(actor=cast["clerk"].actor, **{**said, "since": date(2026, 4, 2)})
    assert state_of(agreement.case)[0] == "breached"


def test_what_was_not_performed_may_still_be(clock: Any, agreement: Agreement, cast: Cast) -> None:
    clock.move(timedelta(days=70))
    for row in owed(agreement):
        obligation_breach(actor=cast["clerk"].actor, obligation_id=row.pk, reason="未付", since=MAY)
        pay(cast["clerk"], row, str(row.amount), MAY)
    assert state_of(agreement.case)[0] == "performed"


def amended(agreement: Agreement, cast: Cast, form: str = "oral") -> Agreement:
    said = AgreementSaid(form, "改为一次付清", obligations=[instalments(agreement.case, (MAY, "2500.00"))])
    act = {"agreement_id": agreement.pk, "id": uuid7(), "reason": "双方协商"}
    return agreement_amend(actor=cast["mediator"].actor, said=said, **act)[0]


@pytest.mark.law("PM-31")
def test_an_amendment_replaces_what_is_still_owed(agreement: Agreement, cast: Cast) -> None:
    pay(cast["clerk"], owed(agreement)[0], "1000.00")
    new = amended(agreement, cast)
    assert [row.state for row in owed(agreement)] == ["performed", "replaced"]
    assert (new.amends_id, new.serial, owed(new)[0].state) == (agreement.pk, 2, "open")
    assert state_of(agreement.case)[0] == "performing"
    assert not FollowUp.objects.filter(agreement=agreement, state="owed").exists()


@pytest.mark.law("PM-32")
def test_until_an_amendment_is_signed_the_old_agreement_binds(agreement: Agreement, cast: Cast) -> None:
    new = amended(agreement, cast, "written")
    assert state_of(agreement.case)[0] == "agreed"
    assert owed(agreement)[1].state == "open"
    agreement_drop(actor=cast["clerk"].actor, agreement_id=new.pk, reason="一方不愿签字")
    assert state_of(agreement.case) == ("performing", "feedback")
    assert owed(new)[0].state == "not_owed"


@pytest.mark.law("PM-32", "PM-26")
def test_an_unsigned_amendment_is_no_end_of_the_case(agreement: Agreement, cast: Cast) -> None:
    amended(agreement, cast, "written")
    said = {"case_id": agreement.case_id, "reason": "未签", "ways": ["10"], "form": "read_out"}
    assert refused_with(case_fail, actor=cast["clerk"].actor, **said) == "former_agreement_binds"
    party_refuse(actor=cast["clerk"].actor, case_id=agreement.case_id)
    assert state_of(agreement.case) == ("performing", "feedback")


def test_what_was_paid_while_an_amendment_waited_counts(agreement: Agreement, cast: Cast) -> None:
    new = amended(agreement, cast, "written")
    for row in owed(agreement):
        pay(cast["clerk"], row, str(row.amount))
    agreement_drop(actor=cast["clerk"].actor, agreement_id=new.pk, reason="不再需要")
    assert state_of(agreement.case)[0] == "performed"


def test_a_second_amendment_may_follow_one_that_was_dropped(agreement: Agreement, cast: Cast) -> None:
    agreement_drop(
        actor=cast["clerk"].actor, agreement_id=amended(agreement, cast, "written").pk, reason="不签"
    )
    assert amended(agreement, cast).effective_on == MONDAY


@pytest.mark.law("PM-26")
def test_signatures_never_completed_the_case_fails_with_the_ways_told(at_table: Case, cast: Cast) -> None:
    agreement = reached(at_table, cast["mediator"])
    said = {"case_id": at_table.pk, "reason": "一方未签字", "form": "read_out"}
    assert refused_with(case_fail, actor=cast["clerk"].actor, ways=[], **said) == "ways_notice_required"
    case_fail(actor=cast["clerk"].actor, ways=["10", "08"], **said)
    assert state_of(at_table) == ("failed", "not_settled")
    assert (at_table.ways_told, Agreement.objects.get(pk=agreement.pk).dropped_at) == (
        ["08", "10"],
        at_table.ended_at,
    )


@pytest.mark.law("PM-32")
def test_what_a_court_has_set_aside_is_owed_no_more(agreement: Agreement, cast: Cast) -> None:
    said = {"agreement_id": agreement.pk, "decided_on": MONDAY}
    assert (
        refused_with(agreement_set_aside, actor=cast["director"].actor, document="", **said)
        == "document_required"
    )
    agreement_set_aside(actor=cast["director"].actor, document="（2026）民初1号", **said)
    assert [row.state for row in owed(agreement)] == ["set_aside"] * 2
    assert state_of(agreement.case)[0] == "set_aside"
    assert not FollowUp.objects.filter(agreement=agreement, state="owed").exists()


def test_nothing_owed_is_performed_as_a_whole(at_table: Case, cast: Cast) -> None:
    agreement = reached(at_table, cast["mediator"], "oral")
    agreement_performed(actor=cast["clerk"].actor, agreement_id=agreement.pk, done_on=MONDAY)
    assert state_of(at_table)[0] == "performed"


def test_with_something_owed_it_is_not(agreement: Agreement, cast: Cast) -> None:
    said = {"agreement_id": agreement.pk, "done_on": MONDAY}
    assert refused_with(agreement_performed, actor=cast["clerk"].actor, **said) == "obligations_open"


def test_what_the_paper_says_may_be_entered_later(at_table: Case, cast: Cast) -> None:
    agreement = reached(at_table, cast["mediator"], "oral")
    said = {"agreement_id": agreement.pk, "id": uuid7(), "said": [instalments(at_table, (APRIL, "5.00"))]}
    assert [obligations_add(actor=cast["clerk"].actor, **said)[1] for _ in range(2)] == [False, True]
    assert (state_of(at_table)[0], owed(agreement)[0].due_at is not None) == ("performing", True)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (ObligationSaid(uuid7(), "付款"), "obligation_parties"),
        (ObligationSaid(uuid7(), "付款", creditor=uuid7()), "obligation_parties"),
    ],
)
def test_only_parties_owe_and_are_owed(at_table: Case, cast: Cast, said: ObligationSaid, code: str) -> None:
    with pytest.raises(Exception, match=code):
        reached(at_table, cast["mediator"], obligations=[said], terms=TERMS)
    assert state_of(at_table)[0] == "agreed" or not Agreement.objects.exists()


def test_instalments_add_up(at_table: Case, cast: Cast) -> None:
    parts = [(APRIL, Decimal(1)), (MAY, Decimal(1))]
    wrong = ObligationSaid(party(at_table).pk, "付款", amount=Decimal(3), instalments=parts)
    with pytest.raises(Exception, match="invalid"):
        reached(at_table, cast["mediator"], obligations=[wrong])
