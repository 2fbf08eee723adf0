"""Oral and written agreements: when they take effect, and what nobody can take back."""

from datetime import date, timedelta
from typing import Any

import pytest

from disputes.models import Dispute
from edge.encryption import reveal
from kernel.ids import uuid7
from mediation.agreed import writing_advised
from mediation.models import Agreement, AgreementMark, Case, CaseTransition, Confirmation, DateCorrection
from mediation.services import (
    AgreementSaid,
    agreement_reach,
    agreement_write,
    correction_decide,
    date_correct,
    mark_record,
    marks_review,
    party_refuse,
)
from tests.cast import Member
from tests.mediation.agreed import TERMS, instalments, marked, on_one_day, party, reached, signed
from tests.mediation.test_cases import refused_with, state_of

Cast = dict[str, Member]
pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


def again(agreement: Agreement) -> Agreement:
    return Agreement.objects.get(pk=agreement.pk)


@pytest.mark.law("PM-30")
def test_an_oral_agreement_is_in_effect_on_the_day_it_was_reached(
    clock: Any, at_table: Case, cast: Cast
) -> None:
    clock.move(timedelta(days=3))
    agreement = reached(at_table, cast["mediator"], "oral", reached_on=date(2026, 3, 4))
    assert again(agreement).effective_on == date(2026, 3, 4)
    assert state_of(at_table) == ("in_effect", "feedback")
    assert at_table.mediation_due_at is None


@pytest.mark.law("PM-30")
def test_an_oral_agreement_was_not_reached_tomorrow(at_table: Case, cast: Cast) -> None:
    said = AgreementSaid("oral", TERMS, reached_on=MONDAY + timedelta(days=1))
    assert (
        refused_with(
            agreement_reach, actor=cast["mediator"].actor, case_id=at_table.pk, id=uuid7(), said=said
        )
        == "date_in_future"
    )


@pytest.mark.law("PM-34b")
def test_writing_is_offered_where_something_is_owed_by_word_of_mouth(at_table: Case, cast: Cast) -> None:
    owed = [instalments(at_table, (MONDAY, "300.00"))]
    assert writing_advised(reached(at_table, cast["mediator"], "oral", obligations=owed))


@pytest.mark.law("PM-34b", refused=True)
def test_writing_is_not_offered_where_nothing_is_owed(at_table: Case, cast: Cast) -> None:
    agreement = reached(at_table, cast["mediator"], "oral")
    assert not writing_advised(agreement)
    assert agreement.form == "oral"


@pytest.mark.law("PM-28")
def test_what_was_agreed_orally_is_recorded_and_sealed(at_table: Case, cast: Cast) -> None:
    agreement = again(reached(at_table, cast["mediator"], "oral"))
    assert reveal(agreement, "terms") == TERMS
    assert TERMS.encode() not in bytes(agreement.terms)


@pytest.mark.law("PM-28")
@pytest.mark.parametrize("form", ["oral", "written"])
def test_no_agreement_without_recorded_terms(at_table: Case, cast: Cast, form: str) -> None:
    said = AgreementSaid(form, "  ")
    assert (
        refused_with(
            agreement_reach, actor=cast["mediator"].actor, case_id=at_table.pk, id=uuid7(), said=said
        )
        == "terms_required"
    )


@pytest.mark.law("PM-29")
def test_a_written_one_is_in_effect_on_the_latest_day_once_reviewed(
    clock: Any, at_table: Case, cast: Cast
) -> None:
    clock.move(timedelta(days=9))
    agreement = reached(at_table, cast["mediator"])
    days = {**on_one_day(date(2026, 3, 3)), "party1": date(2026, 3, 6), "seal": date(2026, 3, 5)}
    marked(agreement, cast["clerk"], cast["keeper"], days)
    assert again(agreement).effective_on is None
    marks_review(actor=cast["director"].actor, agreement_id=agreement.pk)
    assert again(agreement).effective_on == date(2026, 3, 6)
    assert state_of(at_table) == ("in_effect", "feedback")


@pytest.mark.law("PM-29")
def test_missing_scans_hold_up_nothing(at_table: Case, cast: Cast) -> None:
    agreement = signed(at_table, cast)
    assert not AgreementMark.objects.filter(agreement=agreement, scanned_at__isnull=False).exists()
    assert Confirmation.objects.get(agreement=agreement).last_day == date(2026, 4, 1)


@pytest.mark.law("PM-29")
@pytest.mark.parametrize("left_out", ["party0", "party1", "mediator", "seal"])
def test_one_missing_mark_is_no_agreement_in_effect(at_table: Case, cast: Cast, left_out: str) -> None:
    agreement = reached(at_table, cast["mediator"])
    marked(agreement, cast["clerk"], cast["keeper"], on_one_day(MONDAY))
    marks = {
        "party0": {"party": party(at_table)}, "party1": {"party": party(at_table, 1)},
        "mediator": {"role": "mediator"}, "seal": {"role": "seal"},
    }  # fmt: skip
    AgreementMark.objects.filter(agreement=agreement, **marks[left_out]).delete()
    marks_review(actor=cast["director"].actor, agreement_id=agreement.pk)
    assert (again(agreement).effective_on, state_of(at_table)[0]) == (None, "agreed")


@pytest.mark.law("PM-29")
def test_who_entered_every_mark_does_not_review_it(at_table: Case, cast: Cast) -> None:
    agreement = reached(at_table, cast["mediator"])
    said = {"agreement_id": agreement.pk, "made_on": MONDAY, "manner": "signature"}
    mark_record(actor=cast["clerk"].actor, role="party", party_id=party(at_table).pk, **said)
    review = {"actor": cast["clerk"].actor, "agreement_id": agreement.pk}
    assert refused_with(marks_review, **review) == "second_person_needed"


@pytest.mark.law("PM-29")
def test_the_seal_is_the_keepers(at_table: Case, cast: Cast) -> None:
    said = {"agreement_id": reached(at_table, cast["mediator"]).pk, "role": "seal", "made_on": MONDAY}
    assert refused_with(mark_record, actor=cast["clerk"].actor, manner="seal", **said) == "mark_not_yours"
    assert mark_record(actor=cast["keeper"].actor, manner="seal", **said)[1] is False


@pytest.mark.law("PM-29")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"made_on": date(2026, 3, 3)}, "date_in_future"),
        ({"made_on": date(2026, 3, 1)}, "mark_before_agreement"),
        ({"manner": "fingerprint"}, "witness_required"),
        ({"signed_by": "agent"}, "proxy_without_mandate"),
        ({"signed_by": "guardian", "mandate_id": uuid7()}, "proxy_without_mandate"),
        ({"party_id": uuid7()}, "party_not_of_case"),
        ({"role": "mediator", "party_id": None, "mediator_id": uuid7()}, "not_a_mediator_of_case"),
        ({"role": "mediator", "party_id": None, "manner": "seal"}, "manner_not_fitting"),
    ],
)
def test_a_mark_that_is_none(at_table: Case, cast: Cast, change: dict[str, Any], code: str) -> None:
    said = {
        "agreement_id": reached(at_table, cast["mediator"]).pk, "role": "party", "made_on": MONDAY,
        "party_id": party(at_table).pk, "manner": "signature", **change,
    }  # fmt: skip
    assert refused_with(mark_record, actor=cast["clerk"].actor, **said) == code


@pytest.mark.law("PM-29")
def test_a_fingerprint_has_its_witness_sealed(at_table: Case, cast: Cast) -> None:
    agreement = reached(at_table, cast["mediator"])
    said = {"agreement_id": agreement.pk, "role": "party", "party_id": party(at_table).pk, "made_on": MONDAY}
    mark_record(actor=cast["clerk"].actor, manner="fingerprint", witness="王五", **said)
    assert reveal(AgreementMark.objects.get(agreement=agreement), "witness") == "王五"


def test_the_same_mark_twice_is_one_and_another_day_is_refused(at_table: Case, cast: Cast) -> None:
    said = {
        "actor": cast["clerk"].actor, "agreement_id": reached(at_table, cast["mediator"]).pk, "role": "party",
        "party_id": party(at_table).pk, "manner": "signature",
    }  # fmt: skip
    assert [mark_record(**said, made_on=MONDAY)[1] for _ in range(2)] == [False, True]
    assert refused_with(mark_record, **said, made_on=MONDAY - timedelta(days=1)) == "mark_exists"


@pytest.mark.law("PM-30", "PM-33")
def test_written_later_every_warning_counts_from_the_oral_day(clock: Any, at_table: Case, cast: Cast) -> None:
    agreement = reached(at_table, cast["mediator"], "oral")
    clock.move(timedelta(days=10))
    agreement_write(actor=cast["mediator"].actor, agreement_id=agreement.pk, terms="书面：" + TERMS)
    marked(agreement, cast["clerk"], cast["keeper"], on_one_day(date(2026, 3, 10)))
    marks_review(actor=cast["director"].actor, agreement_id=agreement.pk)
    shown = again(agreement)
    assert (shown.oral_on, shown.written_on, shown.effective_on) == (MONDAY, date(2026, 3, 10), MONDAY)
    assert Confirmation.objects.get(agreement=agreement).last_day == date(2026, 4, 1)
    assert CaseTransition.objects.filter(case=at_table, event="take_effect").count() == 1


@pytest.mark.law("PM-29", "PM-33")
def test_a_day_put_right_by_two_moves_all_clocks(clock: Any, at_table: Case, cast: Cast) -> None:
    clock.move(timedelta(days=9))
    agreement = signed(at_table, cast, date(2026, 3, 10))
    mark = AgreementMark.objects.get(agreement=agreement, role="seal")
    said = {"agreement_id": agreement.pk, "becomes": date(2026, 3, 11), "mark_id": mark.pk, "reason": "看错"}
    date_correct(actor=cast["clerk"].actor, **said)
    row = DateCorrection.objects.get()
    decide = {"agreement_id": agreement.pk, "correction_id": row.pk, "agree": True}
    assert again(agreement).effective_on == date(2026, 3, 10)
    assert refused_with(correction_decide, actor=cast["clerk"].actor, **decide) == "second_person_needed"
    correction_decide(actor=cast["director"].actor, **decide)
    assert again(agreement).effective_on == date(2026, 3, 11)
    assert Confirmation.objects.get(agreement=agreement).last_day == date(2026, 4, 10)


@pytest.mark.law("PM-29")
def test_a_correction_that_is_not_agreed_moves_nothing(clock: Any, at_table: Case, cast: Cast) -> None:
    clock.move(timedelta(days=2))
    agreement = reached(at_table, cast["mediator"], "oral", reached_on=date(2026, 3, 4))
    said = {"agreement_id": agreement.pk, "becomes": date(2026, 3, 3), "reason": "看错"}
    before = {**said, "becomes": MONDAY - timedelta(days=1)}
    assert refused_with(date_correct, actor=cast["clerk"].actor, **before) == "mark_before_agreement"
    date_correct(actor=cast["clerk"].actor, **said)
    decide = {"agreement_id": agreement.pk, "correction_id": DateCorrection.objects.get().pk, "agree": False}
    correction_decide(actor=cast["director"].actor, **decide)
    assert again(agreement).effective_on == date(2026, 3, 4)


@pytest.mark.law("PM-32", "PM-33")
def test_after_the_effect_nobody_withdraws_and_is_told_what_the_law_leaves(
    at_table: Case, cast: Cast
) -> None:
    signed(at_table, cast)
    with pytest.raises(Exception, match="withdrawal_too_late") as caught:
        party_refuse(actor=cast["clerk"].actor, case_id=at_table.pk)
    left = caught.value.extra["left"]  # type: ignore[attr-defined]  # because pytest does not know the kind
    assert [(way["law"], way["until"]) for way in left] == [
        ("PM-32", None),
        ("PM-33", "2026-04-01"),
        ("PM-31", None),
    ]


@pytest.mark.law("PM-23")
def test_before_the_last_mark_a_party_may_still_withdraw(at_table: Case, cast: Cast) -> None:
    agreement = reached(at_table, cast["mediator"])
    party_refuse(actor=cast["clerk"].actor, case_id=at_table.pk)
    assert state_of(at_table) == ("withdrawn", "withdrawn")
    assert again(agreement).dropped_at is not None


def test_the_dispute_tells_its_worker_that_it_is_settled(at_table: Case, cast: Cast) -> None:
    signed(at_table, cast)
    dispute = Dispute.objects.get(pk=at_table.dispute_id)
    assert (dispute.state, dispute.outcome) == ("feedback", "settled")
