"""The register of deadlines: one function each, and one comparison."""

from datetime import UTC, datetime, timedelta

import pytest

from kernel.deadlines import deadline, ran_out, terms

AT = datetime(2026, 3, 3, 16, tzinfo=UTC)


@pytest.mark.parametrize(("late", "over"), [(-1, False), (0, True), (1, True)])
def test_a_deadline_has_run_out_from_its_own_instant_on(late: int, over: bool) -> None:
    assert ran_out(AT, AT + timedelta(microseconds=late)) is over


def test_what_does_not_run_has_not_run_out() -> None:
    assert not ran_out(None, AT)


def test_a_key_has_one_function() -> None:
    import escalation.clocks  # noqa: F401, PLC0415  because the import is what enters its deadlines

    assert terms()["level_clock"].function == "escalation.clocks.clock_due"
    with pytest.raises(ValueError, match="defined twice"):
        deadline("level_clock", zh="", en="", counted="", since="", effect="")(ran_out)


def test_every_deadline_says_what_it_counts_and_from_when() -> None:
    assert all(term.zh and term.counted and term.since and term.effect for term in terms().values())
