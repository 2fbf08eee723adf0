import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from rest_framework.test import APIClient

from accounts.models import EnrolmentCode, User
from edge import keyring
from fixtures import mark
from tests.cast import Member, Worker

pytestmark = pytest.mark.django_db


def said(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.HOME = tmp_path
    settings.KEYRING = str(tmp_path / "keyring.json")
    keyring.make(tmp_path / "keyring.json")
    monkeypatch.setattr(mark, "loaded", lambda: True)
    settings.MODE = "demo"
    return tmp_path / "demo.json"


def written(file: Path) -> Any:
    call_command("demo_accounts", codes=2, stdout=StringIO())
    return json.loads(file.read_text())


def test_the_printed_link_lets_the_first_administrator_in(db: None, stranger: APIClient) -> None:
    link = re.search(r"\s(http\S+)#(\S+)", said("first_administrator"))
    assert link
    body = {"link": link[2], "password": "一个足够长的密码 2026"}
    assert stranger.post("/api/v1/auth/password", body, format="json").status_code == 204
    login = {"username": "administrator", "password": body["password"]}
    assert (
        stranger.post("/api/v1/auth/login", login, format="json").json()["user"]["role"] == "district_admin"
    )
    assert "#" not in said("first_administrator")


def test_a_second_call_makes_a_new_link_and_nobody_else(db: None, stranger: APIClient) -> None:
    first = re.search(r"#(\S+)", said("first_administrator"))
    said("first_administrator")
    assert first
    body = {"link": first[1], "password": "一个足够长的密码 2026"}
    assert stranger.post("/api/v1/auth/password", body, format="json").json()["code"] == "wrong_link"
    assert User.objects.count() == 1


def test_people_without_an_administrator_are_no_empty_installation(mediator: Member) -> None:
    with pytest.raises(CommandError):
        said("first_administrator")


def test_the_demo_accounts_sign_in(file: Path, mediator: Member, clerk: Member, stranger: APIClient) -> None:
    content = written(file)
    assert [entry["role"] for entry in content["accounts"]] == ["centre_clerk", "mediator"]
    assert file.stat().st_mode & 0o777 == 0o600
    login = {name: content["accounts"][0][name] for name in ("username", "password")}
    assert stranger.post("/api/v1/auth/login", login, format="json").status_code == 200


def test_what_works_stays_and_what_is_used_is_refilled(
    file: Path, mediator: Member, worker: Worker, second_worker: Worker, outsider: Worker
) -> None:
    before = written(file)
    assert [len(before["enrolment_codes"]), len(EnrolmentCode.objects.all())] == [2, 2]
    assert written(file) == before
    used = before["enrolment_codes"][0]
    EnrolmentCode.objects.filter(selector=used["code"].replace("-", "")[:6]).delete()
    after = written(file)
    assert after["accounts"] == before["accounts"]
    assert used["code"] not in [entry["code"] for entry in after["enrolment_codes"]]
    assert len(after["enrolment_codes"]) == 2


def test_a_code_names_the_worker_and_the_grids(file: Path, worker: Worker) -> None:
    [entry] = written(file)["enrolment_codes"]
    assert (entry["username"], entry["worker"]) == ("worker", "测试worker")
    assert entry["grids"] == ["23010300100101"]


def test_codes_of_demo_mode_live_until_they_are_used(file: Path, worker: Worker) -> None:
    written(file)
    assert EnrolmentCode.objects.get().expires_at is None


def test_a_district_of_its_own_keeps_its_passwords(
    file: Path, mediator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mark, "loaded", lambda: False)
    before = User.objects.get(pk=mediator.user.pk).password
    with pytest.raises(CommandError, match="a district of its own"):
        written(file)
    assert User.objects.get(pk=mediator.user.pk).password == before


def test_phones_hear_of_the_areas_that_the_first_administrator_needs(db: None) -> None:
    said("first_administrator")
    assert said("sync_check")


def test_production_has_no_demo_accounts(file: Path, settings: Any) -> None:
    settings.MODE = "production"
    with pytest.raises(CommandError):
        written(file)
