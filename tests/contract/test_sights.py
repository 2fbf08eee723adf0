"""What a caller of the contract run learns from its answers, and puts into its next calls."""

from typing import Any

import pytest

from tests.contract.sights import Sights, one_of

FIRST, SECOND, THIRD = (f"00000000-0000-7000-8000-00000000000{number}" for number in (1, 2, 3))
CASES = "/api/v1/mediation/cases"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("party_ids", "party"),
        ("user_id", "user"),
        ("cases", "case"),
        ("searches", "search"),
        ("into", "into"),
    ],
)
def test_a_member_names_what_it_holds(said: str, name: str) -> None:
    assert one_of(said) == name


def seen(path: str, answer: Any) -> Sights:
    sights = Sights()
    sights.show(path, answer)
    return sights


def test_an_address_gets_an_id_of_its_list() -> None:
    sights = seen(CASES, {"results": [{"id": FIRST, "street": SECOND}]})
    assert sights.record(f"{CASES}/{{id}}/accept", changes=True) == FIRST
    assert sights.value("street", CASES, None) == SECOND


def test_the_party_of_this_case_comes_before_others() -> None:
    sights = seen(CASES, {"results": [{"id": FIRST}]})
    sights.learn(CASES, {"id": SECOND, "parties": [{"id": THIRD}]}, about=SECOND)
    sights.learn(CASES, {"id": FIRST, "parties": [{"id": FIRST}]}, about=FIRST)
    assert sights.value("party_id", CASES, SECOND) == THIRD


def test_people_of_the_demo_are_not_changed() -> None:
    users = "/api/v1/users"
    sights = seen(users, {"results": [{"id": FIRST}]})
    assert sights.record(f"{users}/{{id}}", changes=False) == FIRST
    assert sights.record(f"{users}/{{id}}/suspend", changes=True) is None
    sights.made(users, {"id": SECOND})
    assert sights.record(f"{users}/{{id}}/suspend", changes=True) == SECOND


def test_a_link_is_put_to_its_own_file() -> None:
    sights = Sights()
    sights.learn("/api/v1/files/link", {"href": f"/api/v1/files/{FIRST}/content?link=abc"}, about=FIRST)
    assert sights.value("link", "/api/v1/files/{id}/content", FIRST) == "abc"
