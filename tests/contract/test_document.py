"""The OpenAPI document as a client reads it: who keeps to it is not refused for the form of the question."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from drf_spectacular.drainage import GENERATOR_STATS

from edge.filters import YEARS_PATTERN
from edge.help_texts import summary_of
from edge.openapi import SEEN_TEXT
from kernel import text
from tests.cast import Member

pytestmark = pytest.mark.usefixtures("db")
OTHERS_NAMES = {"RxdbRow", "WatermelonTable"}  # stock clients add members of their own


@pytest.fixture
def document(admin: Member) -> dict[str, Any]:
    found: dict[str, Any] = admin.client.get(reverse("schema")).json()
    return found


def bodies(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The named objects that requests are made of."""
    for name, schema in document["components"]["schemas"].items():
        kind = name.removesuffix("Request")
        if name.endswith("Request") and kind not in OTHERS_NAMES:
            yield name, schema


def parameters(document: dict[str, Any], path: str, method: str = "get") -> dict[str, Any]:
    rows = document["paths"][f"/api/v1/{path}"][method].get("parameters", [])
    return {row["name"]: row["schema"] for row in rows}


def test_a_body_names_everything_that_it_may_hold(document: dict[str, Any]) -> None:
    assert [
        name for name, schema in bodies(document) if schema.get("additionalProperties") is not False
    ] == []


def test_no_name_of_a_body_stands_for_two(admin: Member, capsys: pytest.CaptureFixture[str]) -> None:
    GENERATOR_STATS.reset()
    assert admin.client.get(reverse("schema")).status_code == 200
    assert [line for line in capsys.readouterr().err.splitlines() if "identical names" in line] == []


def test_filters_and_pages_belong_to_lists(document: dict[str, Any]) -> None:
    assert {"limit", "offset", "state"} <= parameters(document, "mediation/cases").keys()
    assert parameters(document, "mediation/cases/{id}/names", "post").keys() == {"id"}
    assert parameters(document, "disputes/{id}/history").keys() == {"id"}


def test_a_filter_says_its_length_and_its_years(document: dict[str, Any]) -> None:
    asked = parameters(document, "disputes")
    assert (asked["code"]["maxLength"], asked["opened_after"]["pattern"]) == (24, YEARS_PATTERN)


@pytest.mark.parametrize("said", ["漏水", " a ", "a\nb", " ", "\t", "a\u200b", "\u202ea", "\x00", "a\x7f"])
def test_a_text_fits_its_pattern_when_it_may_be_stored(said: str) -> None:
    fits = re.search(SEEN_TEXT, said) is not None
    assert fits == bool(said.strip() and text.clean(said))


def test_a_name_of_two_lines_is_refused(admin: Member) -> None:
    said = {"username": "wang.wei", "name": "王\n伟"}
    answer = admin.client.post("/api/v1/users", said, format="json")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["name"])


def test_an_operation_for_phones_says_so(document: dict[str, Any]) -> None:
    said = document["paths"]["/api/v1/sync/pull"]["post"]["description"]
    assert "Only from an enrolled device." in said


def test_an_answer_may_hold_the_empty_choice(document: dict[str, Any]) -> None:
    dispute = document["components"]["schemas"]["Dispute"]["properties"]
    assert "" in dispute["suggested"]["enum"]
    assert "" not in dispute["state"]["enum"]


def test_a_time_of_day_has_no_offset(document: dict[str, Any]) -> None:
    plan = document["components"]["schemas"]["PlanRequestRequest"]["properties"]
    assert re.search(plan["quiet_from"]["pattern"], "08:00:00")
    assert "format" not in plan["quiet_from"]


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in {"get", "post", "put", "patch", "delete"}:
                yield f"{method} {path}", operation.get("description", "")


def test_every_operation_says_what_it_is_for(document: dict[str, Any]) -> None:
    silent = [name for name, words in operations(document) if not words or words.startswith("Roles:")]
    assert silent == []


def test_every_operation_has_a_summary_of_one_sentence(document: dict[str, Any]) -> None:
    said = [
        (path, operation.get("summary", ""))
        for path, methods in document["paths"].items()
        for operation in methods.values()
    ]
    assert [path for path, words in said if not words or len(words) > 200 or "\n" in words] == []


def test_each_act_of_the_table_says_what_it_does_itself(document: dict[str, Any]) -> None:
    said = [
        words for name, words in operations(document)
        if "/mediation/" in name and name.split()[0] in ("post", "put", "patch")
    ]  # fmt: skip
    assert [words for words in set(said) if said.count(words) > 1] == []


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("安排调解会: plan a session. Only once.", "安排调解会: plan a session"),
        ("One (as\nof 2 p.m.)\n\nMore", "One (as of 2 p.m.)"), ("", ""), ("受理；其他", "受理；其他"),
    ],
)  # fmt: skip
def test_a_summary_is_the_first_sentence(text: str, summary: str) -> None:
    assert summary_of(text) == summary


def test_what_it_is_for_is_said_to_callers_and_not_to_who_writes_views(document: dict[str, Any]) -> None:
    for_authors = re.compile(r"second\s+value|rows\(\)|query_params", re.IGNORECASE)
    assert [name for name, words in operations(document) if for_authors.search(words)] == []
