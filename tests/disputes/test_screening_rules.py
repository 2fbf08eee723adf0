"""Answers → level, restriction, protected track, urgency, suggested colour. No database."""

from datetime import UTC, datetime, timedelta

import pytest

from disputes.codes import LevelReason, Outcome, ProtectReason, RestrictReason, Urgency
from disputes.screening import Answers, Assessment, assess, review_allowed
from kernel.codes.law import Colour, DangerSignCode, HandlingLevel

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
DAY = timedelta(hours=24)


def judged(*signs: str, age: timedelta = timedelta(minutes=10), **answers: object) -> Assessment:
    given: dict[str, object] = {
        "danger_now": False,
        "worker_protects": False,
        "outcome": Outcome.REPORT_UP,
        "occurred_at": NOON - age,
        "received_at": NOON,
        **answers,
    }
    return assess(Answers(signs=frozenset(signs), **given), old_after=DAY)


def test_an_ordinary_quarrel_stays_in_the_grid() -> None:
    verdict = judged(outcome=Outcome.WATCHING)
    assert (verdict.level, verdict.reasons) == (HandlingLevel.GRID, (LevelReason.ORDINARY,))


def test_reporting_up_asks_for_the_community() -> None:
    assert judged().level == HandlingLevel.COMMUNITY


@pytest.mark.law("EF-9", "PM-25")
@pytest.mark.parametrize("sign", ["threat", "weapon", "violence", "self_harm_words", "arson_words"])
def test_each_sign_of_life_or_limb_alone_asks_for_the_street(sign: str) -> None:
    verdict = judged(sign)
    assert verdict.level == HandlingLevel.STREET
    assert LevelReason.LIFE_OR_LIMB in verdict.reasons


@pytest.mark.law("EF-9")
def test_repeated_police_calls_alone_do_not_raise_the_level() -> None:
    verdict = judged("repeated_police_calls", outcome=Outcome.WATCHING)
    assert verdict.level == HandlingLevel.GRID


def test_signs_are_never_added_up() -> None:
    one, all_of_them = judged("threat"), judged("threat", "weapon", "violence", "arson_words")
    assert (one.level, one.colour) == (all_of_them.level, all_of_them.colour)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"parties": 3}, LevelReason.THREE_PARTIES),
        ({"communities": 2}, LevelReason.TWO_COMMUNITIES),
        ({"wants_mediation": True}, LevelReason.PARTY_ASKS),
    ],
)
def test_the_street_is_asked_for_with_its_reason(answers: dict[str, object], reason: LevelReason) -> None:
    verdict = judged(**answers)
    assert (verdict.level, reason in verdict.reasons) == (HandlingLevel.STREET, True)


@pytest.mark.law("DV-23")
@pytest.mark.parametrize("sign", ["domestic_violence", "child_at_risk", "stalking"])
def test_the_protected_track_is_set_at_once_by_its_signs(sign: str) -> None:
    assert judged(sign).protected == (ProtectReason(sign),)


@pytest.mark.law("DV-23")
def test_a_threat_between_neighbours_is_not_put_on_the_protected_track() -> None:
    assert judged("threat").protected == ()


def test_any_worker_may_set_the_protected_track() -> None:
    assert judged(worker_protects=True).protected == (ProtectReason.WORKER,)


@pytest.mark.parametrize("sign", ["domestic_violence", "child_at_risk", "self_harm_words"])
def test_signs_restrict_who_knows(sign: str) -> None:
    assert judged(sign).restricted == (RestrictReason(sign),)


def test_a_minor_among_the_parties_restricts_who_knows() -> None:
    assert judged(minor_party=True).restricted == (RestrictReason.MINOR_PARTY,)


def test_stalking_protects_without_restricting() -> None:
    assert judged("stalking").restricted == ()


@pytest.mark.law("PS-6")
@pytest.mark.parametrize(
    ("age", "urgency"),
    [
        (timedelta(0), Urgency.AT_ONCE),
        (DAY, Urgency.AT_ONCE),
        (DAY + timedelta(seconds=1), Urgency.OLD_SIGN),
        (timedelta(days=6), Urgency.OLD_SIGN),
    ],
)
def test_urgency_is_counted_from_when_it_happened(age: timedelta, urgency: Urgency) -> None:
    assert judged("threat", age=age).urgency == urgency


def test_without_a_sign_of_life_or_limb_nothing_is_urgent() -> None:
    assert judged("stalking").urgency == Urgency.NONE


@pytest.mark.law("C-13")
@pytest.mark.parametrize(
    ("signs", "answers", "colour"),
    [
        (("weapon",), {"danger_now": True}, Colour.RED),
        (("weapon",), {}, Colour.ORANGE),
        (("domestic_violence",), {}, Colour.ORANGE),
        (("repeated_police_calls",), {}, Colour.YELLOW),
        ((), {"outcome": Outcome.WATCHING}, Colour.WATCH),
        ((), {}, None),
    ],
)
def test_the_colour_is_suggested_with_its_signs(
    signs: tuple[str, ...], answers: dict[str, object], colour: Colour | None
) -> None:
    verdict = judged(*signs, **answers)
    assert (verdict.colour, set(verdict.colour_signs)) == (colour, set(signs))


@pytest.mark.law("C-13")
def test_an_old_danger_is_not_suggested_as_red() -> None:
    assert judged("weapon", danger_now=True, age=timedelta(days=3)).colour == Colour.ORANGE


def test_every_sign_of_the_closed_list_is_judged_by_some_rule() -> None:
    for sign in DangerSignCode:
        verdict = judged(sign, outcome=Outcome.SETTLED_ON_SPOT)
        assert verdict.colour is not None or verdict.level == HandlingLevel.STREET


@pytest.mark.parametrize(("days", "allowed"), [(0, True), (14, True), (15, False), (-1, False)])
def test_watching_has_a_review_date_within_its_term(days: int, allowed: bool) -> None:
    made = NOON.date()
    assert review_allowed(made + timedelta(days=days), made, most_days=14) is allowed
