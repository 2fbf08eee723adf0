"""Whether a matter is settled (NO-31): at the table as long as an agreement binds, elsewhere by the word."""

from datetime import date, timedelta

import pytest

from disputes.models import Dispute, DisputeTransition
from kernel import clock as kernel_clock
from kernel.ids import uuid7
from mediation.agreed import in_force, is_settled
from mediation.models import Agreement, Case
from mediation.services import AgreementSaid, agreement_amend, agreement_set_aside, marks_review
from tests.cast import Member
from tests.mediation.agreed import TERMS, marked, on_one_day, signed
from tests.mediation.test_referrals import draft

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
NOTARY = {"channel": "notary", "details": {"matter": "还款协议公证", "place": "住所地"}}


def set_aside(agreement: Agreement, director: Member) -> None:
    said = {"document": "（2026）黑民撤1号", "decided_on": DAY}
    agreement_set_aside(actor=director.actor, agreement_id=agreement.pk, **said)


def settled(case: Case) -> bool:
    return is_settled(Dispute.objects.get(pk=case.dispute_id))


def stepped(case: Case, *states: str) -> None:
    """Further steps of the dispute, each an hour after the one before."""
    at, before = kernel_clock.now(), Dispute.objects.get(pk=case.dispute_id).state
    for hours, state in enumerate(states, 1):
        DisputeTransition.objects.create(
            dispute_id=case.dispute_id, event="?", from_state=before, to_state=state, from_level="street",
            to_level="street", at=at + timedelta(hours=hours),
        )  # fmt: skip
        before = state


@pytest.mark.law("NO-31")
@pytest.mark.parametrize("states", [["handling", "settled"], ["with_department", "settled", "feedback"],
                                    ["with_referral", "settled", "archived"]])  # fmt: skip
def test_what_was_settled_without_the_table_needs_no_agreement_of_ours(
    at_table: Case, states: list[str]
) -> None:
    stepped(at_table, *states)
    assert settled(at_table)


@pytest.mark.law("NO-31", refused=True)
@pytest.mark.parametrize("states", [
    [], ["not_settled"], ["not_settled", "feedback", "archived"], ["refused", "archived"], ["withdrawn"],
    ["handling", "settled", "archived", "reopened"],
    ["handling", "settled", "archived", "reopened", "triaged", "handling", "with_mediation", "refused"],
])  # fmt: skip
def test_what_did_not_end_settled_is_disputed(at_table: Case, states: list[str]) -> None:
    stepped(at_table, *states)
    assert not settled(at_table)


@pytest.mark.law("NO-31", "PM-32", refused="too")
def test_an_agreement_that_a_court_has_set_aside_settles_nothing(
    at_table: Case, cast: dict[str, Member]
) -> None:
    agreement = signed(at_table, cast)
    assert settled(at_table)
    set_aside(agreement, cast["director"])
    assert not settled(at_table)
    answer = draft(cast["clerk"], at_table.dispute, **NOTARY)
    assert (answer.status_code, answer.json()["code"], answer.json()["source"]) == (
        409, "channel_not_open", "NO-31",
    )  # fmt: skip


@pytest.mark.law("PM-31")
def test_the_agreement_before_binds_again_once_the_amendment_is_set_aside(
    at_table: Case, cast: dict[str, Member]
) -> None:
    first = signed(at_table, cast)
    said = AgreementSaid(form="written", terms=TERMS)
    second, _ = agreement_amend(
        actor=cast["mediator"].actor, agreement_id=first.pk, id=uuid7(), said=said, reason="改期"
    )
    assert settled(at_table)
    marked(second, cast["clerk"], cast["keeper"], on_one_day(DAY))
    marks_review(actor=cast["director"].actor, agreement_id=second.pk)
    second.refresh_from_db()
    assert in_force(at_table.pk) == second
    set_aside(second, cast["director"])
    assert (in_force(at_table.pk), settled(at_table)) == (first, True)


def test_what_was_settled_anew_counts_whatever_became_of_the_first_agreement(
    at_table: Case, cast: dict[str, Member]
) -> None:
    set_aside(signed(at_table, cast), cast["director"])
    stepped(at_table, "archived", "reopened", "triaged", "handling")
    assert not settled(at_table)
    stepped(at_table, "archived", "reopened", "triaged", "handling", "settled", "feedback")
    assert settled(at_table)


def test_settled_at_the_table_without_an_agreement_in_effect_is_not(at_table: Case) -> None:
    stepped(at_table, "settled")
    assert Dispute.objects.get(pk=at_table.dispute_id).state == "with_mediation"
    assert not settled(at_table)
