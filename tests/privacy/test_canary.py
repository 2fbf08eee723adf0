"""A known ID number, phone, name and coordinate, sent through every face: where do they turn up in clear?"""

import base64
import subprocess
from dataclasses import dataclass
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.services.passwords import password_assign
from audit import delivery
from audit.models import AuditEvent
from disputes.models import Screening
from kernel import clock
from kernel.actor import SYSTEM
from kernel.ids import uuid7
from sync.models import Inbox
from tests import database
from tests.accounts.phone import Phone, send
from tests.cast import District, Member, Worker
from tests.corrections import stage
from tests.disputes.made import body, dispute_of

pytestmark = pytest.mark.usefixtures("committed")
ID_NUMBER, OTHER_ID = "230103197709094321", "230103198810101239"
PHONE, OTHER_PHONE = "13877665544", "13822446688"
NAME, OTHER_NAME = "欧阳完颜", "司马慕容"
PASSWORD = "一个足够长的密码 2026"
NUMBERS = (ID_NUMBER, OTHER_ID, PHONE, OTHER_PHONE)


@dataclass
class Said:
    """What was said to the server that must not be said again, and what the log wrote meanwhile."""

    secrets: list[str]
    log: str = ""


def push(worker: Worker, *records: dict[str, Any]) -> Any:
    items = [
        {
            "id": str(uuid7()),
            "kind": "screening",
            "op": "create",
            "device_at": clock.now().isoformat(),
            "seq": n,
            "data": data,
        }
        for n, data in enumerate(records, 1)
    ]
    envelope = {"batch_id": str(uuid7()), "schema": 1, "items": items}
    return worker.client.post("/api/v1/sync/push", envelope, format="json").json()["results"]


def screenings(district: District, worker: Worker) -> None:
    party = {"role": "applicant", "name": NAME, "phone": PHONE, "id_number": ID_NUMBER}
    good = body(district, parties=[party])
    bad = good | {"category": "no such category"}
    told = good | {"done": f"回电{PHONE}", "parties": [{"role": "party", "described": f"电话{PHONE}的人"}]}
    named = good | {"parties": [party | {ID_NUMBER: PHONE}]}
    misplaced = [good | {"category": PHONE}, good | {"outcome": ID_NUMBER}, good | {PHONE: ID_NUMBER}, named]
    results = push(worker, good, bad, good | {"nonsense": PHONE}, told, *misplaced)
    states = [result["state"] for result in results]
    assert states == ["accepted", "rejected", "rejected", "accepted", *["rejected"] * 4]


def reading(worker: Worker, director: Member) -> None:
    screening = Screening.objects.earliest("received_at", "id")
    query = {"purpose": "handle", "reason": f"核对当事人 {PHONE}"}
    answer = director.client.get(f"/api/v1/screenings/{screening.id}/particulars", query)
    assert PHONE in answer.content.decode()
    words = {"reason": f"她换了号码 {PHONE}，证件 {ID_NUMBER}"}
    protection = f"/api/v1/disputes/{dispute_of(screening).id}/protection"
    assert director.client.post(protection, words, format="json").status_code == 200
    worker.client.post("/api/v1/sync/pull", {"cursor": None, "schema": 1}, format="json")
    director.client.get(f"/api/v1/users?username={NAME}")
    director.client.get(f"/api/v1/{NAME}/{PHONE}?id={ID_NUMBER}")
    director.client.post("/api/v1/screenings", {"name": NAME, "phone": PHONE}, format="json")


def signing_in(worker: Worker, director: Member) -> list[str]:
    """Every way of signing in, right and wrong; the secrets that were sent."""
    password_assign(actor=SYSTEM, user_id=director.user.id, password=PASSWORD)
    login = {"username": "director", "password": PASSWORD}
    answer = APIClient().post("/api/v1/auth/login", login, format="json")
    APIClient().post(
        "/api/v1/auth/login", login | {"password": f"{PASSWORD}x", "username": NAME}, format="json"
    )
    phone = Phone.of(worker)
    request = phone.request()
    phone.answered(send(request).json())
    APIClient().post(
        "/api/v1/auth/enrol", {"code": "ABCD-EFGH-JKMN-PQRS-TVWX", "public_key": "x"}, format="json"
    )
    APIClient(headers={"authorization": f"Bearer {worker.session.access}x"}).get("/api/v1/auth/me")
    return [
        PASSWORD, answer.json()["access"], answer.cookies["gridgov_refresh"].value, worker.session.access,
        request["refresh"], request["signature"], phone.token, "ABCD-EFGH",
    ]  # fmt: skip


@pytest.fixture
def said(
    district: District, worker: Worker, director: Member, officer: Member, request: pytest.FixtureRequest
) -> Said:
    # The log was opened when the suite started, so only the capture of the whole suite has it (not with -s).
    capture = request.config.pluginmanager.getplugin("capturemanager")
    capture.read_global_capture()
    stage.leave_area(district)
    screenings(district, worker)
    delivery.drain()
    person = stage.adult(name=OTHER_NAME, id_number=OTHER_ID, phone=OTHER_PHONE)
    subject = stage.registered(district, officer.actor, person)
    stage.ordered(officer.actor, subject)
    stage.grouped(officer.actor, subject, stage.member(worker.user))
    stage.planned(officer.actor, subject)
    reading(worker, director)
    secrets = signing_in(worker, director)
    return Said(secrets, "".join(capture.read_global_capture()))


def forms(text: str) -> list[str]:
    """The text as it would stand in a log or a dump: as it is, in hex, in base64, escaped."""
    raw = text.encode()
    return [
        text,
        raw.hex(),
        base64.b64encode(raw).decode().rstrip("=")[:-1],
        text.encode("unicode_escape").decode(),
    ]


def found(haystack: str, needles: list[str]) -> list[str]:
    return [needle for needle in needles if any(form in haystack for form in forms(needle))]


def dump() -> str:
    """Everything that is stored, as `pg_dump` writes it."""
    program = str(database.cluster.server.program("pg_dump"))
    address = database.cluster.url("owner", database.NAME)
    done = subprocess.run([program, "--inserts", address], capture_output=True, check=True)  # noqa: S603  because both are our own
    return done.stdout.decode()


def test_a_dump_of_everything_holds_no_id_number_and_no_phone(said: Said) -> None:
    text = dump()
    assert "accounts_user" in text
    assert "director" in text
    assert found(text, list(NUMBERS)) == []


def test_a_dump_holds_no_token_no_password_and_no_code(said: Said) -> None:
    assert found(dump(), said.secrets) == []


def test_the_log_holds_no_person_no_place_and_no_token(said: Said, district: District) -> None:
    lon, lat = district.centre("A1-1")
    places = [str(lon), str(lat), f"{lon / 1e7:.4f}", f"{lat / 1e7:.4f}"]
    assert '"route": "api/v1/sync/push"' in said.log
    assert found(said.log, [*NUMBERS, NAME, OTHER_NAME, *places, *said.secrets]) == []


def test_inbox_and_audit_hold_nothing_about_a_person(said: Said) -> None:
    inbox = "".join(str(bytes(row.body)) + str(row.__dict__) for row in Inbox.objects.all())
    audit = "".join(str(row.__dict__) for row in AuditEvent.objects.all())
    assert inbox
    assert audit
    assert found(inbox + audit, [*NUMBERS, NAME, OTHER_NAME]) == []


@pytest.mark.parametrize("text", [NAME, PHONE])
def test_the_search_itself_finds_every_form(text: str) -> None:
    assert all(found(f"…{form}…", [text]) == [text] for form in forms(text))
