"""When health and review reports are due, and who may lengthen them (CCM-24b), without a database."""

from datetime import date, timedelta

import pytest

from corrections.medical import (
    LENGTHENING,
    Counted,
    Frame,
    LengthenLevel,
    MedicalKind,
    kinds_of,
    lengthen_level,
    next_report,
    report_due,
)
from kernel.codes.roles import Role
from kernel.problems import Problem

RECEIVED = date(2026, 1, 31)
FRAME = Frame(RECEIVED, RECEIVED, None)


def after(last: Counted | None, today: date, frame: Frame = FRAME, months: int = 1) -> Counted | None:
    return next_report(last, frame, months=months, today=today)


@pytest.mark.law("CCM-24b")
def test_of_category_04_the_health_is_reported_and_of_medical_ground_the_review_besides() -> None:
    assert kinds_of([("04", "a")]) == [MedicalKind.HEALTH, MedicalKind.REVIEW]
    assert kinds_of([("04", "b"), ("02", "")]) == [MedicalKind.HEALTH]


@pytest.mark.law("CCM-24b")
def test_of_no_other_category_anything_is_asked() -> None:
    assert kinds_of([("01", ""), ("02", ""), ("03", "")]) == []


def test_reports_are_counted_from_reception_and_do_not_drift_over_short_months() -> None:
    days = [report_due(RECEIVED, step, 1) for step in (1, 2, 3)]
    assert days == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_one_lies_ahead_and_the_next_comes_when_its_day_is_over() -> None:
    first = after(None, RECEIVED)
    assert first is not None
    assert after(first, first.due_on) is None
    second = after(first, date(2026, 3, 1))
    assert second is not None
    assert (second.step, second.due_on) == (2, date(2026, 3, 31))


def test_an_old_file_makes_nobody_late() -> None:
    known = Frame(date(2024, 1, 31), RECEIVED, None)
    first = after(None, RECEIVED, known)
    assert first is not None
    assert first.due_on == RECEIVED


def test_after_a_lengthening_it_is_counted_from_the_later_day() -> None:
    lengthened = Counted(RECEIVED, 1, date(2026, 2, 28), date(2026, 3, 15))
    second = after(lengthened, date(2026, 3, 16))
    assert second is not None
    assert (second.counted_from, second.due_on) == (date(2026, 3, 15), date(2026, 4, 15))


def test_nothing_is_due_after_the_term() -> None:
    assert after(None, RECEIVED, Frame(RECEIVED, RECEIVED, date(2026, 2, 27))) is None


@pytest.mark.parametrize("months", [1, 2, 3])
def test_each_day_comes_after_the_one_before_it(months: int) -> None:
    for number in range(400):
        start = RECEIVED + timedelta(days=number)
        last = None
        for _ in range(3):
            found = after(last, date(2040, 1, 1), Frame(start, start, None), months)
            assert found is not None
            assert last is None or found.due_on > last.due_on
            last = found


@pytest.mark.law("CCM-24b")
@pytest.mark.parametrize(
    ("until", "level"),
    [
        (date(2026, 4, 27), LengthenLevel.AGENCY), (date(2026, 4, 28), LengthenLevel.CITY),
        (date(2026, 6, 28), LengthenLevel.CITY), (date(2026, 6, 29), LengthenLevel.PROVINCE),
    ],
)  # fmt: skip
def test_under_a_month_the_agency_up_to_three_the_city_above_the_province(
    until: date, level: LengthenLevel
) -> None:
    assert lengthen_level(date(2026, 3, 28), until, city_months=1, province_months=3) == level


@pytest.mark.law("CCM-24b")
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"level": "agency", "by": 1, "proposed_by": 1}, "lengthening_needs_another"),
        ({"level": "city", "by": 1, "document_no": ""}, "lengthening_needs_document"),
        ({"level": "province", "by": 1, "document_no": "x", "recorded_by": 1}, "lengthening_needs_another"),
    ],
)
def test_nobody_grants_the_own_proposal_or_what_no_document_says(facts: dict[str, object], code: str) -> None:
    with pytest.raises(Problem, match=code):
        LENGTHENING.apply("proposed", "grant", role=Role.AGENCY_OFFICER, facts=facts)
