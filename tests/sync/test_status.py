"""How the phones stand, seen by the operator, the console and Prometheus."""

import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from sync import status
from sync.models import Unsent
from sync.status import DeviceStatus
from tests.sync import notes
from tests.sync.phones import Phone
from tests.sync.sessions import open_transaction
from tests.sync.test_http import item, post, pull, push

TOKEN = {"authorization": "Bearer of-the-scraper"}


def stands(phone: Phone) -> DeviceStatus:
    assert phone.actor.device_id is not None
    return status.devices([phone.actor.device_id])[0]


def test_a_phone_lags_by_what_waits_for_it(phone: Phone, clock: Any) -> None:
    notes.grant(phone.actor, "grid:1")
    assert (stands(phone).cursor_age_days, stands(phone).lag) == (None, None)
    phone.sync()
    notes.write(["a", "b"], "grid:1")
    notes.write(["elsewhere"], "grid:2")
    clock.move(timedelta(days=2))
    assert (stands(phone).cursor_age_days, stands(phone).lag) == (2, 2)


def test_open_items_are_counted_by_state(phone: Phone) -> None:
    phone.push(phone.item(), phone.item("bad"), phone.item("odd"), phone.item("odd"))
    assert (stands(phone).rejected, stands(phone).quarantined, stands(phone).held) == (1, 2, 0)
    assert status.totals().open_items == {"rejected": 1, "quarantined": 2}


def test_breaks_of_the_counter_show_a_day_later_and_numbers_used_twice_at_once(
    phone: Phone, clock: Any
) -> None:
    phone.push(*(phone.item(seq=seq) for seq in (1, 2, 5, 6, 9, 9)))
    assert (stands(phone).gaps, stands(phone).twice) == (0, 1)
    clock.move(timedelta(days=1, minutes=1))
    assert (stands(phone).gaps, stands(phone).twice) == (2, 1)
    clock.move(timedelta(days=30))
    assert (stands(phone).gaps, stands(phone).twice) == (0, 0)


@pytest.mark.usefixtures("note_beside")
def test_what_a_phone_has_not_sent_is_kept_as_it_says_it(worker: Any, clock: Any) -> None:
    pull(worker.client, unsent={"count": 3, "oldest_at": "2026-03-01T20:00:00+08:00"})
    kept = Unsent.objects.get()
    assert (kept.device_id, kept.count, str(kept.oldest_on), str(kept.told_on)) == (
        worker.device.id, 3, "2026-03-01", "2026-03-02",
    )  # fmt: skip
    Unsent.objects.update(told_on="2026-01-01")
    pull(worker.client, unsent={"count": 3, "oldest_at": "2026-03-01T21:00:00+08:00"})
    assert str(Unsent.objects.get().told_on) == "2026-01-01"
    pull(worker.client, unsent={"count": 0})
    assert (Unsent.objects.get().count, Unsent.objects.get().oldest_on) == (0, None)


def test_a_phone_that_was_not_seen_for_days_is_quiet(phone: Phone, clock: Any) -> None:
    phone.sync()
    clock.move(timedelta(days=3))
    assert status.totals().quiet == 0
    clock.move(timedelta(days=1))
    assert status.totals().quiet == 1


def test_the_command_shows_totals_and_devices(phone: Phone) -> None:
    phone.push(phone.item("odd"), phone.item(seq=1))
    phone.sync()
    out = StringIO()
    call_command("sync_status", stdout=out)
    assert "1 quarantined" in out.getvalue()
    (line,) = [line for line in out.getvalue().splitlines() if str(phone.actor.device_id) in line]
    assert line.split()[-2:] == ["0", "1"]  # no break in its counter, one number twice


@pytest.mark.usefixtures("committed")
def test_the_console_gets_both_and_the_auditor_the_numbers(worker: Any, admin: Any, auditor: Any) -> None:
    post(worker.client, "pull", {"cursor": None, "schema": 1})
    totals = admin.client.get("/api/v1/sync/status").json()
    (line,) = admin.client.get("/api/v1/sync/devices").json()["results"]
    assert (totals["devices"], totals["cursors"], totals["restoring"]) == (1, 1, False)
    assert (line["device"], line["lag"], line["state"]) == (str(worker.device.id), 0, "active")
    assert auditor.client.get("/api/v1/sync/status").status_code == 200
    assert auditor.client.get("/api/v1/sync/devices").status_code == 403
    assert worker.client.get("/api/v1/sync/status").status_code == 403


# Prometheus


@pytest.fixture
def scraper(monkeypatch: pytest.MonkeyPatch, committed: None) -> APIClient:
    monkeypatch.setenv("GRIDGOV_METRICS_TOKEN", "of-the-scraper")
    return APIClient()


def value(client: APIClient, name: str) -> float:
    lines = client.get("/metrics", headers=TOKEN).content.decode().splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))


def test_without_a_token_there_is_no_such_page(db: None) -> None:
    assert APIClient().get("/metrics").json()["code"] == "not_found"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer of-the-scrapeR", "Basic of-the-scraper"])
def test_the_token_is_asked_for(scraper: APIClient, header: str) -> None:
    answer = scraper.get("/metrics", headers={"authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


@pytest.mark.usefixtures("note_beside")
def test_pulls_and_pushes_are_counted(worker: Any, scraper: APIClient) -> None:
    names = ["gridgov_sync_" + name for name in ("pull_seconds_count", "push_items_total", "pull_rows_total")]
    before = [value(scraper, name) for name in names]
    push(worker.client, item(), item(data={"title": "bad"}))
    cursor = pull(worker.client).json()["cursor"]
    pull(worker.client, cursor=cursor)
    after = [value(scraper, name) for name in names]
    assert [new - old for old, new in zip(before, after, strict=True)] == [2, 2, 2]


def test_an_open_write_and_waiting_items_are_seen(phone: Phone, scraper: APIClient) -> None:
    phone.push(phone.item("odd"))
    with open_transaction() as slow:
        slow.run(notes.write, ["x"], "grid:1")
        assert value(scraper, "gridgov_oldest_write_transaction_seconds") > 0
        slow.commit()
    assert value(scraper, "gridgov_sync_open_items") == 1


def test_no_label_names_anybody(phone: Phone, scraper: APIClient) -> None:
    phone.push(phone.item())
    phone.sync()
    text = scraper.get("/metrics", headers=TOKEN).content.decode()
    assert str(phone.actor.device_id) not in text
    assert str(phone.actor.user_id) not in text


COUNT = "from sync import metrics; metrics.pull_rows.inc(5)"
SUM = """
import django; django.setup()
from prometheus_client import CollectorRegistry, generate_latest, multiprocess
registry = CollectorRegistry(); multiprocess.MultiProcessCollector(registry)
print(generate_latest(registry).decode())
"""


def test_several_processes_are_counted_together(tmp_path: Path) -> None:
    env = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for code in (COUNT, COUNT, SUM):
        done = subprocess.run(  # noqa: S603  because it is our own interpreter
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
        )
    assert "gridgov_sync_pull_rows_total 10.0" in done.stdout
