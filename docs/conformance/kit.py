"""Does a deployment keep the protocol's promises? Numbered checks with one enrolment code, and a table.

    python3 docs/conformance/kit.py http://127.0.0.1:8000 CODE

For authors of apps: what passes here, your app may rely on. It uses the reference device's transport and keys
(clients/python; needs the package `cryptography`) and leaves a handful of screenings that say what they are.
Ends with 0 when every check holds, with 1 otherwise, with 2 when it could not begin.
"""

import argparse
import json
import secrets
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "clients" / "python"))

from gridphone.canonical import item_hash, item_message, push_message
from gridphone.ids import uuid7
from gridphone.keys import DeviceKey, b64
from gridphone.transport import Answer, HttpTransport, NetworkLost

CHINA = timezone(timedelta(hours=8))
SCHEMA = 1
PAGE = 200
MOST_KINDS = 12
OK, CREATED, UNAUTHORIZED = 200, 201, 401
Check = Callable[["Kit"], bool]
CHECKS: list[tuple[str, Check]] = []


def check(text: str) -> Callable[[Check], Check]:
    """The next numbered check; `text` is the promise."""

    def entered(function: Check) -> Check:
        CHECKS.append((text, function))
        return function

    return entered


class Kit:
    """One enrolled device, and what the checks hand on to each other."""

    def __init__(self, url: str, code: str) -> None:
        self.transport = HttpTransport(url)
        self.key = DeviceKey.fresh()
        self.enrolment = {"code": code, "public_key": self.key.public_b64, "device": {"label": "conformance"}}
        self.access = self.refresh = ""
        self.cursor: int | None = None
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}
        self.seq = 0
        self.pushed: dict[str, Any] = {}

    def call(self, method: str, path: str, body: Any = None) -> Answer:
        return self.transport.send(method, path, body, self.access)

    def item(self, **more: Any) -> dict[str, Any]:
        self.seq += 1
        now = datetime.now(CHINA).isoformat(timespec="milliseconds")
        data = {
            "category": "02", "brief": "一致性检查，可以忽略 conformance check", "occurred_at": now,
            "outcome": "settled_on_spot", "no_location_reason": "no_place",
        }  # fmt: skip
        made = {"id": uuid7(), "kind": "screening", "op": "create", "device_at": now, "seq": self.seq}
        return made | {"data": data} | more

    def batch(self, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {"batch_id": uuid7(), "schema": SCHEMA, "items": list(items)} | more

    def push(self, *items: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call("POST", "/sync/push", self.batch(*items, **more)).body[
            "results"
        ]
        return found

    def pull(self, cursor: int | None, limit: int = PAGE) -> Any:
        return self.call("POST", "/sync/pull", {"cursor": cursor, "limit": limit, "schema": SCHEMA}).body

    def pull_all(self) -> None:
        more = True
        while more:
            page = self.pull(self.cursor)
            for kind, rows in page["put"].items():
                self.rows |= {(kind, row["id"]): row for row in rows}
            for kind, ids in page["remove"].items():
                for one in ids:
                    self.rows.pop((kind, one), None)
            self.cursor, more = page["cursor"], page["has_more"]

    def sign_refresh(self, nonce: str) -> dict[str, str]:
        message = f"gridgov.refresh.v1\n{nonce}\n{self.refresh}".encode()
        return {"refresh": self.refresh, "nonce": nonce, "signature": self.key.sign(message)}


@check("a one-time code and a fresh key become a device with its first tokens")
def enrolled(kit: Kit) -> bool:
    answer = kit.call("POST", "/auth/enrol", kit.enrolment)
    if answer.status != CREATED:
        raise NetworkLost(f"enrolment answered {answer.status}: {answer.body}")
    kit.access, kit.refresh = answer.body["access"], answer.body["refresh"]
    return bool(answer.body["device_id"])


@check("an enrolment whose answer was lost is answered again")
def enrolled_again(kit: Kit) -> bool:
    return kit.call("POST", "/auth/enrol", kit.enrolment).body.get("refresh") == kit.refresh


@check("the manifest names schema, limits and at most twelve kinds")
def manifest(kit: Kit) -> bool:
    body = kit.call("GET", "/sync/manifest").body
    kinds = {kind["name"]: kind["push"] for kind in body["kinds"]}
    return (
        body["schema"] == SCHEMA
        and len(kinds) <= MOST_KINDS
        and kinds["screening"]
        and "push_items" in body["limits"]
    )


@check("a first pull ends, and each of its rows has an id and a rev")
def first_pull(kit: Kit) -> bool:
    kit.pull_all()
    return bool(kit.rows) and all(row["rev"] >= 1 for row in kit.rows.values())


@check("a page whose answer was lost comes again from the old cursor")
def page_again(kit: Kit) -> bool:
    one, two = kit.pull(None, 50), kit.pull(None, 50)
    return bool(one["put"] == two["put"] and one["remove"] == two["remove"])


@check("a pull that finds nothing answers the same cursor")
def empty_pull(kit: Kit) -> bool:
    page = kit.pull(kit.cursor)
    return page["cursor"] == kit.cursor and not page["has_more"] and not page["put"]


@check("a good item is accepted, and the answer carries the server's time and a token of it")
def accepted(kit: Kit) -> bool:
    kit.pushed = kit.batch(kit.item())
    body = kit.call("POST", "/sync/push", kit.pushed).body
    return body["results"][0]["state"] == "accepted" and bool(body["server_time"] and body["time_token"])


@check("the same batch again is a duplicate with the first outcome")
def duplicate(kit: Kit) -> bool:
    result = kit.call("POST", "/sync/push", kit.pushed).body["results"][0]
    return bool(result["state"] == "duplicate" and result["first"] == "accepted")


@check("an accepted record comes back by pull, once")
def comes_back(kit: Kit) -> bool:
    one = kit.pushed["items"][0]["id"]
    page = kit.pull(kit.cursor, 1000)
    kit.pull_all()
    return [row["id"] for row in page["put"].get("screening", ())].count(one) == 1


@check("another content under a used id waits for a person, without a word about the first")
def reused(kit: Kit) -> bool:
    first = kit.pushed["items"][0]
    result = kit.push(first | {"data": first["data"] | {"brief": "另一内容 other"}})[0]
    return bool(result["state"] == "quarantined" and result["code"] == "id_reused" and "rev" not in result)


@check("a bad item is rejected with a code and its field, and does not block its neighbours")
def rejected(kit: Kit) -> bool:
    bad = kit.item()
    bad["data"]["category"] = "no such category"
    results = kit.push(kit.item(), bad, kit.item())
    kit.pushed = bad
    states = [result["state"] for result in results]
    return states == ["accepted", "rejected", "accepted"] and bool(results[1].get("field_errors"))


@check("a rejected record comes back to its author with state and reason")
def handed_back(kit: Kit) -> bool:
    kit.pull_all()
    row = kit.rows.get(("screening", kit.pushed["id"]), {})
    return row.get("sync_state") == "rejected" and bool(row.get("reject_code"))


@check("what the server does not know is rejected: a kind, a field, an operation")
def unknown(kit: Kit) -> bool:
    field = kit.item()
    field["data"]["surprise"] = 1
    results = kit.push(kit.item(kind="surprise"), field, kit.item(op="surprise"))
    return [result["state"] for result in results] == ["rejected"] * 3


@check("receipts tell what became of an item, and which ids are unknown")
def receipts(kit: Kit) -> bool:
    stranger = uuid7()
    body = kit.call("POST", "/sync/receipts", {"ids": [kit.pushed["id"], stranger]}).body
    return body["receipts"][0]["state"] == "rejected" and body["unknown"] == [stranger]


@check("a signed push is accepted, a flipped byte is refused whole and nothing is stored")
def signed(kit: Kit) -> bool:
    one, batch = kit.item(), uuid7()
    proof = {"batch_id": batch, "manifest_sig": kit.key.sign(push_message(batch, [item_hash(one)]))}
    flipped = one | {"seq": one["seq"] + 1000}
    refused = kit.call("POST", "/sync/push", kit.batch(flipped, **proof))
    unknown_still = kit.call("POST", "/sync/receipts", {"ids": [one["id"]]}).body["unknown"] == [one["id"]]
    return (
        refused.body["code"] == "signature_invalid"
        and unknown_still
        and kit.push(one, **proof)[0]["state"] == "accepted"
    )


@check("an item's own signature is taken, a wrong one waits for a person")
def signed_item(kit: Kit) -> bool:
    good, bad = kit.item(), kit.item(sig=b64(b"\0" * 64))
    results = kit.push(good | {"sig": kit.key.sign(item_message(good))}, bad)
    return [result["state"] for result in results] == ["accepted", "quarantined"]


@check("an unknown cursor means: start over (410 resync)")
def resync(kit: Kit) -> bool:
    answer = kit.call("POST", "/sync/pull", {"cursor": 2**52, "schema": SCHEMA})
    return (answer.status, answer.body["code"]) == (410, "resync")


@check("what is too large is refused with the limit: a page, a push")
def too_large(kit: Kit) -> bool:
    page = kit.call("POST", "/sync/pull", {"cursor": None, "limit": 10**6, "schema": SCHEMA})
    push = kit.call("POST", "/sync/push", kit.batch(*[kit.item() for _ in range(1001)]))
    return (page.status, push.status) == (400, 413) and page.body["maximum"] > 0 and "limits" in push.body


@check("a schema that the server does not speak is a problem with a code")
def other_schema(kit: Kit) -> bool:
    answer = kit.call("POST", "/sync/push", kit.batch(kit.item(), schema=9999))
    return answer.status != OK and bool(answer.body["code"])


@check("a token that is none is 401: sign in again, keep your records")
def no_token(kit: Kit) -> bool:
    answer = kit.transport.send("POST", "/sync/pull", {"cursor": None, "schema": SCHEMA}, "none")
    return answer.status == UNAUTHORIZED and bool(answer.body["code"])


@check("a refresh whose answer was lost gives the same successor again")
def refreshed(kit: Kit) -> bool:
    body = kit.sign_refresh(secrets.token_urlsafe(16))
    one, two = (kit.call("POST", "/auth/refresh", body) for _ in range(2))
    if one.status == OK:
        kit.access = one.body["access"]
    return bool(one.status == two.status == OK and one.body["refresh"] == two.body["refresh"])


def run(kit: Kit) -> int:
    """Every check in its order; how many failed. A check that cannot be asked has failed."""
    failed = 0
    for number, (text, function) in enumerate(CHECKS, 1):
        try:
            holds, why = function(kit), ""
        except NetworkLost:
            raise
        except (KeyError, IndexError, TypeError, json.JSONDecodeError) as error:
            holds, why = False, f"  ({type(error).__name__}: {error})"
        print(f"{number:3}  {'ok  ' if holds else 'FAIL'}  {text}{why}", flush=True)
        failed += not holds
    return failed


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url", help="base address, such as http://127.0.0.1:8000")
    parser.add_argument("code", help="an unused enrolment code of a grid worker in charge of a grid")
    options = parser.parse_args()
    try:
        failed = run(Kit(options.url, options.code))
    except NetworkLost as error:
        print(f"conformance: {error}", file=sys.stderr)
        sys.exit(2)
    print(f"{len(CHECKS) - failed} of {len(CHECKS)} checks hold")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
