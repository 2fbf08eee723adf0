"""Which channels are open for a matter, with the row of the law that says so, and the clocks there."""

from datetime import date

import pytest

from kernel.calendar import WorkCalendar
from mediation.channels import (
    Channel,
    Matter,
    answer_by,
    clocks,
    closed,
    field_faults,
    labour_apply,
    review_apply,
    routes,
    urgent,
)

NATIONAL_DAY = {date(2026, 10, day) for day in range(1, 8)}
CALENDAR = WorkCalendar(off=NATIONAL_DAY, working=[date(2026, 10, 10)], years=[2026, 2027])
NEIGHBOURS, FAMILY, LABOUR = Matter("02"), Matter("01"), Matter("10b")


def why(matter: Matter, channel: Channel) -> str:
    """The row of the law for which a channel is not open; empty when it is."""
    found = closed(matter, channel)
    return found.law if found else ""


@pytest.mark.law("AB-3")
def test_family_matters_are_not_arbitrated() -> None:
    assert why(FAMILY, Channel.ARBITRATION) == "AB-3"
    assert why(NEIGHBOURS, Channel.ARBITRATION) == ""


@pytest.mark.law("LB-27", refused="too")
def test_labour_goes_to_labour_arbitration_and_nothing_else_does() -> None:
    assert why(LABOUR, Channel.ARBITRATION) == "LB-27"
    assert why(LABOUR, Channel.LABOUR_ARBITRATION) == ""
    assert why(NEIGHBOURS, Channel.LABOUR_ARBITRATION) == "LB-27"


@pytest.mark.law("AR-12", "AR-20", refused="too")
def test_an_organs_mediation_of_a_civil_dispute_is_not_reviewed() -> None:
    assert why(Matter("08", act_of_organ=True), Channel.REVIEW) == ""
    assert why(Matter("08", act_of_organ=True, organ_mediated=True), Channel.REVIEW) == "AR-12"
    assert why(NEIGHBOURS, Channel.REVIEW) == "AR-20"


@pytest.mark.law("NO-31", "NO-37", refused="too")
def test_a_notary_comes_only_after_a_settlement() -> None:
    assert why(NEIGHBOURS, Channel.NOTARY) == "NO-31"
    assert why(Matter("02", settled=True), Channel.NOTARY) == ""


@pytest.mark.law("DV-23/28", "LA-31/32/42")
def test_on_the_protected_track_the_protection_order_is_always_named() -> None:
    told = {(route.channel, route.law) for route in routes(Matter("01", protected=True))}
    assert (Channel.COURT, "DV-23/28") in told
    aid = next(route for route in routes(Matter("01", protected=True)) if route.channel == Channel.LEGAL_AID)
    assert "不审查经济状况" in aid.zh


@pytest.mark.law("PM-3")
@pytest.mark.parametrize("channel", [Channel.COURT, Channel.LEGAL_AID, Channel.PETITION])
def test_court_aid_and_petition_are_open_for_every_matter(channel: Channel) -> None:
    assert [why(matter, channel) for matter in (NEIGHBOURS, FAMILY, LABOUR)] == ["", "", ""]


@pytest.mark.law("AR-20")
def test_sixty_days_end_on_a_holiday_and_move() -> None:
    found = review_apply(date(2026, 8, 3), CALENDAR)
    assert (found.last_day, found.moved_day) == (date(2026, 10, 2), date(2026, 10, 8))


@pytest.mark.law("LB-27")
@pytest.mark.parametrize(("known", "last"), [("2026-03-02", "2027-03-02"), ("2024-02-29", "2025-02-28")])
def test_labour_limitation_is_a_year(known: str, last: str) -> None:
    assert labour_apply(date.fromisoformat(known), CALENDAR).last_day == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("channel", "last"),
    [
        pytest.param("review", "2026-09-30", marks=pytest.mark.law("AR-30/31", "AR-87/88")),
        pytest.param("arbitration", "2026-09-28", marks=pytest.mark.law("AB-35")),
        pytest.param("legal_aid", "2026-09-30", marks=pytest.mark.law("LA-43")),
        pytest.param("notary", "2026-10-20", marks=pytest.mark.law("NO-30")),
        pytest.param("court", "2026-09-30", marks=pytest.mark.law("CT-125")),
        pytest.param("petition", "2026-10-08", marks=pytest.mark.law("PT-22/34/35/36")),
    ],
)
def test_each_channel_answers_in_its_time(channel: str, last: str) -> None:
    found = answer_by(channel, date(2026, 9, 23), CALENDAR, court_days=7)
    assert found.last_day == date.fromisoformat(last)


@pytest.mark.law("LA-44", refused="too")
def test_legal_aid_is_urgent_when_a_clock_ends_within_seven_days() -> None:
    running = clocks(Matter("08", act_of_organ=True), date(2026, 3, 2), CALENDAR)  # until 1 May
    assert not urgent(running, date(2026, 4, 24))
    assert urgent(running, date(2026, 4, 25))


def test_without_a_day_no_clock_is_told() -> None:
    assert clocks(LABOUR, None, CALENDAR) == []


PAPERS = {
    "review": "organ act request facts", "arbitration": "institution agreement claims facts",
    "labour_arbitration": "employer claims facts", "notary": "matter place", "legal_aid": "matter facts",
    "court": "against claims facts", "petition": "organ request facts",
}  # fmt: skip


@pytest.mark.parametrize(
    "channel",
    [
        pytest.param("review", marks=pytest.mark.law("AR-20", refused="too")),
        pytest.param("arbitration", marks=pytest.mark.law("AB-33/34", "AB-4/27", refused="too")),
        pytest.param("labour_arbitration", marks=pytest.mark.law("LB-27", refused="too")),
        pytest.param("notary", marks=pytest.mark.law("NO-2/11/25", refused="too")),
        pytest.param("legal_aid", marks=pytest.mark.law("LA-31/32/42", refused="too")),
        pytest.param("court", marks=pytest.mark.law("CT-125", refused="too")),
        pytest.param("petition", marks=pytest.mark.law("PT-22/34/35/36", refused="too")),
    ],
)
def test_each_channel_gets_what_its_paper_asks_for_and_nothing_else(channel: str) -> None:
    whole = dict.fromkeys(PAPERS[channel].split(), "已填写")
    assert field_faults(Channel(channel), whole) == {}
    assert set(field_faults(Channel(channel), whole | {"facts": " ", "matter": " ", "age": "40"})) > {"age"}
