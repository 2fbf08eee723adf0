from datetime import date

import pytest

from corrections.term import (
    SaidEnd,
    Term,
    add_months,
    end_date,
    held_until,
    in_force,
    minor_regime,
    report_in,
    term_gaps,
)
from kernel.codes.law import CorrectionCategory as C


@pytest.mark.parametrize(
    ("term", "last_day"),
    [
        (Term(C.PUBLIC_SURVEILLANCE, date(2026, 3, 1), months=6), date(2026, 8, 31)),
        (Term(C.PUBLIC_SURVEILLANCE, date(2026, 3, 1), months=6, custody_days=15), date(2026, 8, 1)),
        (Term(C.SUSPENDED_SENTENCE, date(2026, 1, 31), months=13), date(2027, 2, 27)),
        (Term(C.SUSPENDED_SENTENCE, date(2026, 1, 1), months=12, days=10), date(2027, 1, 10)),
        (Term(C.PAROLE, date(2026, 1, 1), stated_end=date(2027, 5, 4)), date(2027, 5, 4)),
        (Term(C.TEMPORARY_OUTSIDE_PRISON, date(2026, 1, 1), stated_end=date(2026, 7, 1)), date(2026, 7, 1)),
    ],
)
def test_the_last_day_follows_the_category(term: Term, last_day: date) -> None:
    assert term_gaps(term) == []
    assert end_date(term) == last_day


@pytest.mark.parametrize(
    ("term", "gap"),
    [
        (Term(C.PAROLE, date(2026, 1, 1), months=6), "term_end_not_stated"),
        (Term(C.SUSPENDED_SENTENCE, date(2026, 1, 1), months=60, days=1), "term_beyond_law"),
        (Term(C.PUBLIC_SURVEILLANCE, date(2026, 1, 1), months=37), "term_beyond_law"),
        (Term(C.SUSPENDED_SENTENCE, date(2026, 1, 1)), "term_has_no_length"),
        (Term(C.SUSPENDED_SENTENCE, date(2026, 1, 1), months=12, custody_days=3), "term_takes_no_credit"),
        (Term(C.PUBLIC_SURVEILLANCE, date(2026, 1, 1), months=3, days=-1), "term_is_negative"),
        (Term(C.PAROLE, date(2026, 1, 1), stated_end=date(2025, 12, 31)), "term_ends_before_start"),
    ],
)
def test_an_impossible_term_is_named(term: Term, gap: str) -> None:
    assert gap in term_gaps(term)


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)


@pytest.mark.law("CCL-21")
def test_the_person_reports_within_ten_days() -> None:
    found = report_in(C.SUSPENDED_SENTENCE, date(2026, 2, 20))
    assert (found.due_on, found.owed_by) == (date(2026, 3, 2), "person")


@pytest.mark.law("CCL-21", refused="too")
def test_the_transfer_is_owed_by_the_organ_and_not_by_the_person() -> None:
    assert report_in(C.TEMPORARY_OUTSIDE_PRISON, date(2026, 2, 20)).owed_by == "organ"


@pytest.mark.law("CCL-58")
def test_who_was_under_18_at_reception_keeps_the_minors_rules() -> None:
    assert minor_regime(date(2008, 11, 26), date(2026, 11, 25))


@pytest.mark.law("CCL-58", refused=True)
def test_who_turns_18_on_the_day_of_reception_is_an_adult() -> None:
    assert not minor_regime(date(2008, 11, 25), date(2026, 11, 25))


@pytest.mark.law("CCL-44")
def test_the_last_day_still_belongs_to_the_term() -> None:
    assert in_force(date(2026, 11, 25), date(2026, 11, 25))


@pytest.mark.law("CCL-44")
def test_the_day_after_the_last_one_does_not() -> None:
    assert not in_force(date(2026, 11, 25), date(2026, 11, 26))


EARLY, LATE = date(2027, 1, 1), date(2028, 1, 1)


@pytest.mark.law("CCL-9/10", "CCL-44")
@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ([("a", EARLY, False)], EARLY),
        ([("a", EARLY, False), ("a", LATE, False)], LATE),
        ([("a", EARLY, True), ("a", LATE, False)], EARLY),
        ([("a", LATE, True), ("a", EARLY, False)], LATE),
        ([("a", EARLY, True), ("a", LATE, True)], LATE),
        ([("a", EARLY, False), ("b", LATE, False)], LATE),
        ([("a", EARLY, True), ("b", LATE, False)], EARLY),
    ],
)
def test_what_was_confirmed_holds_until_the_next_is(said: list[tuple[str, date, bool]], holds: date) -> None:
    assert held_until([SaidEnd(*one) for one in said]) == holds
