"""Something to see for every role, made over the same API by the demo's own people: a worker's screenings
with a picture, cases that a clerk has offered and accepted with their mediator, and phones for those who work
outside.
"""

import random
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gridphone import HttpTransport
from gridphone.device import CHINA
from gridphone.uploads import Uploader, declared
from simulation.camera import photo
from simulation.crew import own_cells
from simulation.story import Storyteller

from tests.contract.caller import Caller

STORY = ("ordinary", "ordinary", "ordinary", "ordinary", "danger", "danger", "domestic", "bad")
CASES = 3
WAIT_S = 90
YES = ["mediation", "personal_information"]


def make(callers: Mapping[str, Caller], seed: int) -> None:
    clerk = callers["centre_clerk"]
    before = {item["id"] for item in _waiting(clerk)}
    _record(callers["grid_worker"], random.Random(seed))
    for number, item in enumerate(_new(clerk, before)[:CASES]):
        _to_the_table(clerk, item, mediator=_me(callers["mediator"])["id"], accept=number > 0)


def phones(callers: Mapping[str, Caller], roles: set[str]) -> None:
    """A phone for each of these roles, with a code that the administrator issues."""
    for role in sorted(roles & callers.keys() - {"grid_worker"}):
        body = {"membership": _me(callers[role])["membership_id"]}
        answer = callers["district_admin"].send("POST", "/api/v1/enrolment-codes", body)
        answer.raise_for_status()
        callers[role].codes.append(answer.json()["code"])
        callers[role].enrol()


def _record(worker: Caller, dice: random.Random) -> None:
    phone = worker.phone
    assert phone is not None
    phone.pull()
    pictures: dict[str, bytes] = {}
    teller = Storyteller(dice, own_cells(phone), own_cells(phone), "WGS84")
    for kind in STORY:
        body = teller.screening(kind, datetime.now(CHINA))
        if kind == "ordinary":
            body |= {"wants_mediation": True, "outcome": "report_up"}
            body.pop("watch_until", None)
        files = []
        if kind == "danger":
            content = photo(dice, body["point"], datetime.now(CHINA))
            files = [declared(content, name="现场.jpg", media_type="image/jpeg")]
            pictures[files[0]["id"]] = content
        phone.record("screening", body, files=files)
    phone.push()
    uploader = Uploader(HttpTransport(worker.base), lambda: str(phone.store.get("access")))
    for one, content in pictures.items():
        uploader.send(one, content)


def _new(clerk: Caller, before: set[str]) -> list[dict[str, Any]]:
    """The items that came of the screenings, once the reactions have run."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        found = [item for item in _waiting(clerk) if item["id"] not in before]
        if len(found) >= CASES:
            break
        time.sleep(1)
    return found


def _waiting(clerk: Caller) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = clerk.send("GET", "/api/v1/mediation/intake?state=waiting").json()["results"]
    return rows


def _to_the_table(clerk: Caller, item: dict[str, Any], *, mediator: str, accept: bool) -> None:
    """Offered, consented, accepted; or only offered, with the mediator named."""
    offered = clerk.send("POST", f"/api/v1/mediation/intake/{item['id']}/offer", {}).json()
    case = f"/api/v1/mediation/cases/{offered['case']}"
    named = {"user_ids": [mediator], "chosen_by": "committee"}
    if not accept:
        clerk.send("POST", f"{case}/mediators", named).raise_for_status()
        return
    for party in clerk.send("GET", case).json()["parties"]:
        said = {"party_id": party["id"], "steps": YES, "answer": "given"}
        clerk.send("POST", f"{case}/consents", said).raise_for_status()
    clerk.send("POST", f"{case}/accept", {"mediator_ids": [mediator]}).raise_for_status()


def _me(caller: Caller) -> dict[str, Any]:
    found: dict[str, Any] = caller.send("GET", "/api/v1/auth/me").json()
    return found
