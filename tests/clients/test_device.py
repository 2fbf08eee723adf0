from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from gridphone import BadNetwork, NetworkLost, Phone, ServerProblem, Store
from gridphone.device import WipeOrdered

from tests.clients.pretended import PretendedServer


def record(phone: Phone, count: int, **content: object) -> list[str]:
    return [phone.record("screening", {"n": number, **content}) for number in range(count)]


def test_records_made_offline_arrive_and_come_back(server: PretendedServer, phone: Phone) -> None:
    ids = record(phone, 5)
    phone.sync()
    assert set(phone.store.held()["screening"]) == set(ids) == set(server.rows)
    assert phone.store.unsent() == 0


@pytest.mark.parametrize("seed", range(25))
def test_a_network_that_loses_and_doubles_changes_nothing(
    server: PretendedServer, phone: Phone, bad_network: Callable[..., BadNetwork], seed: int
) -> None:
    network = bad_network(seed, lose_request=0.3, lose_response=0.3, send_twice=0.2)
    ids = record(phone, 7)
    phone.sync()
    assert network.counts["requests"] > 0
    assert set(phone.store.held()["screening"]) == set(ids)
    assert set(phone.store.receipts()) == set(ids)


def test_s11_a_batch_without_answer_is_sent_again_unchanged(server: PretendedServer, phone: Phone) -> None:
    record(phone, 3)
    network = BadNetwork(server, seed=1, lose_request=0, lose_response=1, send_twice=0)
    phone.transport = network
    with pytest.raises(NetworkLost):
        phone.push()
    record(phone, 1)
    phone.transport = server
    phone.push()
    first, *_, again, new = server.pushes
    assert (first["batch_id"], first["items"]) == (again["batch_id"], again["items"])
    assert len(new["items"]) == 1


def test_danger_is_pushed_before_what_was_recorded_earlier(server: PretendedServer, phone: Phone) -> None:
    record(phone, 2)
    urgent = phone.record("screening", {"danger_now": {"called": "110"}})
    phone.push()
    assert server.pushes[0]["items"][0]["id"] == urgent


def test_an_edit_says_the_revision_held_and_counts_what_waits(server: PretendedServer, phone: Phone) -> None:
    (one,) = record(phone, 1)
    phone.amend("screening", one, {"n": 1})
    phone.push()
    phone.pull()
    phone.amend("screening", one, {"n": 2})
    phone.amend("screening", one, {"n": 3})
    edits = [item for item in [*server.pushes[0]["items"], *phone.store.outbox()] if item["op"] == "amend"]
    held = phone.store.revision("screening", one)
    assert [edit["base_rev"] for edit in edits] == [1, held, held + 1]
    assert {edit["target"] for edit in edits} == {one}


def test_a_command_names_what_it_is_about(phone: Phone) -> None:
    about = record(phone, 1)[0]
    one = phone.ask("dispute", about, "set_brief", {"brief": "漏水"})
    item = phone.store.outbox()[-1]
    assert (item["id"], item["target"], item["kind"], item["op"]) == (one, about, "command", "command")
    assert (item["base_rev"], item["data"]["verb"]) == (0, "set_brief")


def test_u1_work_made_under_an_expired_session_is_taken_after_refresh(
    server: PretendedServer, phone: Phone
) -> None:
    ids = record(phone, 2)
    server.expired = True
    phone.sync()
    assert set(server.rows) == set(ids)


@pytest.mark.parametrize("seed", range(10))
def test_u3_a_lost_refresh_answer_is_asked_for_again_with_the_same_nonce(
    server: PretendedServer, phone: Phone, bad_network: Callable[..., BadNetwork], seed: int
) -> None:
    bad_network(seed, lose_request=0.1, lose_response=0.5, send_twice=0.2)
    for _ in range(5):
        phone.refresh()
    assert phone.store.get("refresh") == f"refresh-{server.generation}"
    assert server.generation == 5


def test_resync_drops_rows_and_keeps_the_outbox(server: PretendedServer, phone: Phone) -> None:
    record(phone, 3)
    phone.sync()
    phone.store.put("screening", [{"id": "stale", "rev": 1}])
    waiting = record(phone, 1)
    server.forgotten_cursors = True
    phone.pull()
    assert "stale" not in phone.store.held()["screening"]
    assert phone.store.unsent() == len(waiting)


def test_a_batch_that_is_too_large_is_cut(server: PretendedServer, phone: Phone) -> None:
    server.largest_push = 3
    ids = record(phone, 10)
    phone.push()
    assert set(server.rows) == set(ids)


def test_the_counter_goes_on_after_a_restart(phone: Phone) -> None:
    record(phone, 2)
    again = Phone(phone.store, phone.transport)
    record(again, 1)
    _, items = phone.store.batch(10, "b") or ("", [])
    assert [item["seq"] for item in items] == [1, 2, 3]


def test_a_problem_is_raised_with_its_code(server: PretendedServer, phone: Phone) -> None:
    server.largest_push = 0
    record(phone, 1)
    with pytest.raises(ServerProblem) as raised:
        phone.push()
    assert raised.value.code == "too_large"


def test_u4_a_lost_phone_sends_all_that_is_left_before_it_erases(server: PretendedServer) -> None:
    phone = Phone(Store(":memory:"), server, pause=lambda _: None, batch=2)
    phone.enrol("CODE-1")
    ids = record(phone, 5)
    server.lost = True
    with pytest.raises(WipeOrdered) as ordered:
        phone.sync()
    assert set(server.rows) == set(ids)
    phone.obey(ordered.value)
    assert [(said["device_id"], said["order_id"]) for said in server.wiped] == [("d1", "o1")]
    assert (phone.enrolled, phone.store.unsent(), phone.store.held()) == (False, 0, {})


def test_u4_an_order_that_the_server_has_not_signed_erases_nothing(
    server: PretendedServer, phone: Phone
) -> None:
    record(phone, 1)
    server.lost, server.orders = True, Ed25519PrivateKey.generate()
    with pytest.raises(ServerProblem, match="wipe"):
        phone.push()
    assert phone.store.unsent() == 1


def test_who_was_never_enrolled_hears_the_refusal(server: PretendedServer) -> None:
    with pytest.raises(ServerProblem) as refused:
        Phone(Store(":memory:"), server).call("POST", "/sync/receipts", {"ids": []})
    assert (refused.value.status, refused.value.code) == (401, "token_expired")
