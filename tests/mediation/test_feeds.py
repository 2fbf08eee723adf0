"""Calendar feeds: one revocable key for each device, and nobody named."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from rest_framework.test import APIClient

from kernel import clock as kernel_clock
from mediation.models import Case, FeedKey
from mediation.services.sessions import session_cancel
from tests.cast import District, Member
from tests.mediation.at_table import at_table, code_of, parties, planned, post, protect

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    return at_table(district, worker, clerk, mediator)


def subscribed(who: Member, device: str = "手机") -> str:
    made = post(who, "feeds", {"device": device})
    assert made.status_code == 201, made.json()
    return str(made.json()["address"])


def events(address: str) -> list[Any]:
    answer = APIClient().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_mediator_sees_the_own_appointments_without_names(case: Case, mediator: Member) -> None:
    planned(case, mediator)
    address = subscribed(mediator)
    (event,) = events(address)
    assert (str(event["LOCATION"]), str(event["DESCRIPTION"])) == ("调解室二", case.dispute.code)
    body = APIClient().get(address).content.decode()
    assert not any(word in body for word in ("张三", "李四", "漏水", "调解会", str(case.number)))


def test_a_mediator_of_another_centre_sees_none_of_them(
    case: Case, mediator: Member, other_mediator: Member
) -> None:
    planned(case, mediator)
    assert events(subscribed(other_mediator)) == []


def test_the_clerk_sees_the_streets_appointments(case: Case, clerk: Member) -> None:
    planned(case, clerk)
    assert len(events(subscribed(clerk))) == 1


@pytest.mark.law("DV-23")
def test_what_is_protected_is_in_no_feed(case: Case, mediator: Member, director: Member) -> None:
    planned(case, mediator)
    protect(case, director)
    assert events(subscribed(mediator)) == []


def test_what_is_off_is_taken_off(case: Case, mediator: Member) -> None:
    session = planned(case, mediator, party_id=parties(case)[0].pk)
    session_cancel(actor=mediator.actor, session_id=session.pk, reason="另约")
    (event,) = events(subscribed(mediator))
    assert str(event["STATUS"]) == "CANCELLED"


def test_the_secret_is_said_once_and_kept_as_a_digest(clock: Any, mediator: Member) -> None:
    secret = subscribed(mediator).split(".")[1]
    key = FeedKey.objects.get()
    assert secret.encode() not in bytes(key.digest)
    assert "address" not in mediator.client.get("/api/v1/mediation/feeds").json()["results"][0]


def test_a_feed_is_revoked_at_once(clock: Any, mediator: Member) -> None:
    address = subscribed(mediator)
    key = FeedKey.objects.get()
    for _ in range(2):
        assert post(mediator, f"feeds/{key.pk}/revoke").json()["revoked_at"] is not None
    assert code_of(APIClient().get(address)) == (404, "not_found")


def test_a_new_feed_for_a_device_ends_the_old_one(clock: Any, mediator: Member) -> None:
    old, new = subscribed(mediator), subscribed(mediator)
    assert APIClient().get(old).status_code == 404
    assert APIClient().get(new).status_code == 200


def test_a_feed_ends_by_its_date_and_says_when_it_was_used(clock: Any, mediator: Member) -> None:
    address = subscribed(mediator)
    events(address)
    assert FeedKey.objects.get().last_used_at == kernel_clock.now()
    clock.move(timedelta(days=365))
    assert APIClient().get(address).status_code == 404


def test_a_feed_ends_with_the_role(clock: Any, mediator: Member) -> None:
    address = subscribed(mediator)
    mediator.membership.valid_to = kernel_clock.today()
    mediator.membership.save(update_fields=["valid_to"])
    assert APIClient().get(address).status_code == 404


def test_there_are_not_more_feeds_than_the_setting_allows(clock: Any, mediator: Member) -> None:
    for device in ("手机", "平板", "电脑"):
        subscribed(mediator, device)
    assert code_of(post(mediator, "feeds", {"device": "手表"})) == (409, "feed_keys_full")


@pytest.mark.parametrize("token", ["x", "0" * 32 + "." + "A" * 43, "0" * 32, ".."])
def test_a_wrong_key_finds_nothing(clock: Any, district: District, token: str) -> None:
    assert APIClient().get(f"/api/v1/mediation/calendar/{token}.ics").status_code == 404


def test_a_feed_of_somebody_else_is_not_found(clock: Any, mediator: Member, clerk: Member) -> None:
    subscribed(mediator)
    assert post(clerk, f"feeds/{FeedKey.objects.get().pk}/revoke").status_code == 404


def test_a_session_does_not_open_a_calendar(clock: Any, mediator: Member) -> None:
    assert mediator.client.get("/api/v1/mediation/calendar/x.ics").status_code == 404
