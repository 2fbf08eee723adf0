"""Each answer to an objection, over the API: where it leaves the objection, the decision and what counts."""

from typing import Any

import pytest

from corrections.models import Decision
from kernel import clock as clocks
from tests.cast import Member
from tests.corrections.decided import decided, served
from tests.corrections.stage import Case

pytestmark = pytest.mark.usefixtures("db")
OBJECTIONS, DECISIONS = "/api/v1/corrections/decision-objections", "/api/v1/corrections/decisions"
FELL = [("annul", "annulled"), ("change", "changed")]
Cast = dict[str, Member]


@pytest.fixture
def cast(officer: Member, agency: Member, agency_head: Member) -> Cast:
    """The station drafts, the agency decides, its head answers."""
    return {"officer": officer, "agency": agency, "head": agency_head}


def asked(who: Member, path: str, **body: Any) -> Any:
    return who.client.post(path, body, format="json")


def objected(officer: Member, decision: Decision) -> str:
    today = clocks.today().isoformat()
    made = asked(officer, f"{DECISIONS}/{decision.id}/objections", text="不服", made_on=today)
    assert (made.status_code, made.json()["state"]) == (201, "made")
    return str(made.json()["id"])


def answered(who: Member, objection: str, event: str) -> Any:
    said = {"text": "已核", "answered_on": clocks.today().isoformat()}
    return asked(who, f"{OBJECTIONS}/{objection}/{event}", **said)


def at_procuratorate(cast: Cast, decision: Decision) -> str:
    officer = cast["officer"]
    objection = objected(officer, decision)
    assert answered(cast["head"], objection, "uphold").json()["state"] == "upheld"
    gone = asked(officer, f"{OBJECTIONS}/{objection}/take-further", on=clocks.today().isoformat())
    assert gone.json()["state"] == "at_procuratorate"
    return objection


def stands(cast: Cast, decision: Decision) -> tuple[str, int]:
    """The state of the decision, and how many of its kind count against the person."""
    officer = cast["officer"]
    row = officer.client.get(f"{DECISIONS}/{decision.id}").json()
    found = officer.client.get(f"/api/v1/corrections/subjects/{decision.subject_id}/counts").json()
    return row["state"], {row["kind"]: row["count"] for row in found["counts"]}[decision.kind]


def issued(cast: Cast, case: Case, made: Any = served) -> Decision:
    found: Decision = made(cast["officer"].actor, cast["agency"].actor, case.subject)
    return found


def slip(officer: Member, decision: Decision) -> set[str]:
    answer = officer.client.get(f"{DECISIONS}/{decision.id}/remedies").json()
    return {row["code"] for row in answer["remedies"]}


@pytest.mark.law("CCM-32")
@pytest.mark.parametrize("made", [decided, served])
@pytest.mark.parametrize(("event", "state"), FELL)
def test_another_officer_of_the_agency_lets_the_decision_fall(
    case: Case, cast: Cast, made: Any, event: str, state: str
) -> None:
    decision = issued(cast, case, made)
    assert stands(cast, decision) == (decision.state, 1)
    done = answered(cast["head"], objected(cast["officer"], decision), event)
    assert (done.status_code, done.json()["state"]) == (200, state)
    assert stands(cast, decision) == (state, 0)


@pytest.mark.law("CCM-32", "CCL-34b")
def test_what_is_upheld_stands_and_the_slip_names_the_procuratorate(case: Case, cast: Cast) -> None:
    decision = issued(cast, case)
    done = answered(cast["head"], objected(cast["officer"], decision), "uphold")
    assert (done.status_code, done.json()["state"]) == (200, "upheld")
    assert stands(cast, decision) == ("served", 1)
    assert {"procuratorate", "legal_aid"} <= slip(cast["officer"], decision)


@pytest.mark.law("CCL-34b")
@pytest.mark.parametrize(("event", "state"), FELL)
def test_as_the_procuratorate_says_the_decision_falls(case: Case, cast: Cast, event: str, state: str) -> None:
    decision = issued(cast, case)
    done = answered(cast["head"], at_procuratorate(cast, decision), event)
    assert (done.status_code, done.json()["state"]) == (200, state)
    assert stands(cast, decision) == (state, 0)


@pytest.mark.law("CCL-34b")
def test_what_the_procuratorate_does_not_correct_stands_and_is_not_answered_again(
    case: Case, cast: Cast
) -> None:
    decision = issued(cast, case)
    objection = at_procuratorate(cast, decision)
    assert answered(cast["head"], objection, "close").json()["state"] == "upheld_finally"
    again = answered(cast["head"], objection, "annul")
    assert (again.status_code, again.json()["code"]) == (409, "transition_not_allowed")
    assert stands(cast, decision) == ("served", 1)


@pytest.mark.law("CCM-32", refused="too")
@pytest.mark.parametrize("event", ["uphold", "annul", "change"])
@pytest.mark.parametrize(
    ("who", "code"), [("agency", "objection_needs_another"), ("officer", "role_not_allowed")]
)
def test_neither_the_decider_nor_the_station_answers(
    case: Case, cast: Cast, event: str, who: str, code: str
) -> None:
    decision = issued(cast, case)
    refused = answered(cast[who], objected(cast["officer"], decision), event)
    assert refused.json()["code"] == code
    assert stands(cast, decision) == ("served", 1)
