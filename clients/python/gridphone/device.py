"""One phone: enrol, record while offline, push, pull.

The whole contract with the server is in this file. Its rules:

- A record gets its id, its time, its counter and its coordinate system when it is made, offline, and
  never changes.
- A batch that got no answer is sent again unchanged. The server knows it and answers the same.
- Every item gets exactly one outcome. A refusal is an outcome too: it comes back as a record with a
  reason.
- Pull until `has_more` is false. Rows and cursor are stored in one transaction.
- "Start over" (410) drops what was pulled and never what was not sent.
- Only an order that the server has signed erases (403 `wipe`); what was not sent goes up before.
"""

import random
import secrets
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from http import HTTPStatus
from pathlib import Path
from typing import Any

from gridphone.canonical import canonical, item_hash, item_message, push_message
from gridphone.ids import uuid7
from gridphone.keys import DeviceKey, signed_by_server
from gridphone.store import Store
from gridphone.transport import Answer, NetworkLost, ServerProblem, Transport

CHINA = timezone(timedelta(hours=8))
SCHEMA = 1
SIGNED_ALONE = frozenset({"visit"})  # proved from the moment they are made, not only with their batch
URGENT_SIGNS = "danger_now"  # a record that carries it is pushed first


class WipeOrdered(Exception):
    """The device was reported lost: send what is left (`push` has), then `obey`."""

    def __init__(self, order: dict[str, Any]) -> None:
        super().__init__(f"wipe {order['id']}")
        self.order = order


class Phone:
    """`transport` may be swapped at any time (a phone changes networks); the store is the phone's memory."""

    def __init__(
        self,
        store: Store,
        transport: Transport,
        *,
        tries: int = 25,
        pause: Callable[[float], None] = time.sleep,
        batch: int = 500,
        page: int = 2000,
    ) -> None:
        self.store, self.transport = store, transport
        self._tries, self._pause, self._batch, self._page = tries, pause, batch, page

    @classmethod
    def at(cls, path: Path, transport: Transport, **options: Any) -> "Phone":
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(Store(path), transport, **options)

    # -- identity ----------------------------------------------------------------------------------

    @property
    def enrolled(self) -> bool:
        return self.store.get("device_id") is not None

    def enrol(self, code: str, *, label: str = "reference device") -> dict[str, Any]:
        """A one-time code and a fresh key pair become a device with its first pair of tokens.

        The key is stored first: should the answer be lost, the same question gets the same answer for ten
        minutes.
        """
        if self.store.get("key") is None:
            self.store.set(key=DeviceKey.fresh().dump())
        about = {"label": label, "platform": "python", "app_version": "1.0.0"}
        body = {"code": code, "public_key": self.key.public_b64, "device": about}
        answer = self._persist("POST", "/auth/enrol", body)
        with self.store.step():
            self.store.set(
                device_id=answer["device_id"],
                access=answer["access"],
                refresh=answer["refresh"],
                user=answer["user"],
                server_key=answer.get("server_key"),
            )
        return answer

    @property
    def key(self) -> DeviceKey:
        return DeviceKey.load(self.store.get("key"))

    def refresh(self) -> None:
        """A new pair for the old one. The nonce is stored first: the same question gets the same
        successor.
        """
        old = self.store.get("refresh")
        nonce = self.store.get("refresh_nonce")
        if nonce is None:
            nonce = secrets.token_urlsafe(16)
            self.store.set(refresh_nonce=nonce)
        message = f"gridgov.refresh.v1\n{nonce}\n{old}".encode("ascii")
        body = {"refresh": old, "nonce": nonce, "signature": self.key.sign(message)}
        answer = self._persist("POST", "/auth/refresh", body)
        with self.store.step():
            self.store.set(access=answer["access"], refresh=answer["refresh"], refresh_nonce=None)

    # -- offline -----------------------------------------------------------------------------------

    def record(
        self,
        kind: str,
        content: dict[str, Any],
        *,
        at: datetime | None = None,
        files: Sequence[dict[str, Any]] = (),
    ) -> str:
        """Make a record without network; returns its id. `content` is the kind's body, integers and
        text only; `files` says which files will follow (`gridphone.uploads.declared`).
        """
        one = uuid7()
        with self.store.step():
            item = self._item(kind, "create", one, content, at)
            if files:
                item["files"] = list(files)
            self._queue(item, urgent=bool(content.get(URGENT_SIGNS)))
        return one

    def amend(self, kind: str, record: str, content: dict[str, Any], *, at: datetime | None = None) -> str:
        """A new version, the whole of it, of a record that this phone's owner made; returns the id of the
        edit. It says which revision it was made from: what is held, and one for each own version of the
        record that waits in the outbox.
        """
        one = uuid7()
        with self.store.step():
            item = self._item(kind, "amend", one, content, at) | {"target": record}
            item["base_rev"] = self.store.revision(kind, record) + self.store.waiting(record)
            self._queue(item)
        return one

    def ask(
        self, kind: str, record: str, verb: str, args: dict[str, Any], *, at: datetime | None = None
    ) -> str:
        """Ask something of a record that is not this phone's (a command); returns the id of the command."""
        one = uuid7()
        with self.store.step():
            content = {"kind": kind, "verb": verb, "args": args}
            item = self._item("command", "command", one, content, at) | {"target": record}
            item["base_rev"] = self.store.revision(kind, record)
            self._queue(item)
        return one

    def _item(
        self, kind: str, op: str, one: str, content: dict[str, Any], at: datetime | None
    ) -> dict[str, Any]:
        item = {
            "id": one,
            "kind": kind,
            "op": op,
            "target": one,
            "device_at": _written(at or datetime.now(UTC)),
            "seq": self.store.next_seq(),
            "data": content,
        }
        token = self.store.get("time_token")
        return item | {"time_token": token} if token else item

    def _queue(self, item: dict[str, Any], *, urgent: bool = False) -> None:
        if item["kind"] in SIGNED_ALONE:
            item["sig"] = self.key.sign(item_message(item))
        self.store.queue(item, urgent=urgent)

    # -- online ------------------------------------------------------------------------------------

    def sync(self) -> None:
        """What an app does when it has network: first what only this phone knows, then what others did."""
        self.push()
        self.pull()

    def push(self) -> int:
        """Send the outbox in batches; returns how many items got an outcome.

        A lost phone gets its order in answer to each batch; they are kept at the server all the same.
        """
        settled, size, ordered = 0, self._batch, None
        while batch := self.store.batch(size, uuid7()):
            batch_id, items = batch
            try:
                answer = self.call("POST", "/sync/push", self._signed(batch_id, items))
            except ServerProblem as problem:
                if problem.status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE or len(items) == 1:
                    raise
                self.store.split_batch()
                size = max(1, len(items) // 2)
                continue
            except WipeOrdered as order:
                ordered = order
                self.store.let_go(batch_id)
                continue
            with self.store.step():
                self.store.settle(answer["results"])
                self.store.set(time_token=answer.get("time_token"))
            settled += len(answer["results"])
        if ordered:
            raise ordered
        return settled

    def obey(self, ordered: WipeOrdered) -> None:
        """Erase everything and say so, signed. Until that is heard the device counts as lost."""
        device, order = ordered.order["device_id"], ordered.order["id"]
        signature = self.key.sign(f"gridgov.wiped.v1\n{device}\n{order}".encode("ascii"))
        self.store.erase()
        self._persist("POST", "/auth/wiped", {"device_id": device, "order_id": order, "signature": signature})

    def _signed(self, batch_id: str, items: list[dict[str, Any]]) -> dict[str, Any]:
        """The body of a push. One signature over the items' hashes proves each of them, and that none was
        left out.
        """
        signature = self.key.sign(push_message(batch_id, [item_hash(item) for item in items]))
        return {"batch_id": batch_id, "schema": SCHEMA, "items": items, "manifest_sig": signature}

    def pull(self) -> int:
        """Ask until there is no more; returns the number of rows that came."""
        rows, more, starts = 0, True, 0
        while more:
            body = {"cursor": self.store.get("cursor"), "limit": self._page, "schema": SCHEMA}
            try:
                answer = self.call("POST", "/sync/pull", body)
            except ServerProblem as problem:
                if problem.status != HTTPStatus.GONE or starts:
                    raise
                starts += 1
                with self.store.step():
                    self.store.forget_rows()
                continue
            rows += self._take(answer)
            more = answer["has_more"]
        return rows

    def _take(self, answer: dict[str, Any]) -> int:
        with self.store.step():
            for kind, ids in answer["remove"].items():
                self.store.remove(kind, ids)
            for kind, rows in answer["put"].items():
                self.store.put(kind, rows)
            self.store.settle(answer.get("receipts", ()))
            self.store.set(cursor=answer["cursor"], time_token=answer.get("time_token"))
        return sum(len(rows) for rows in answer["put"].values())

    def ask_receipts(self, ids: list[str]) -> list[dict[str, Any]]:
        """After a reinstall, or in doubt: what became of these?"""
        results: list[dict[str, Any]] = self.call("POST", "/sync/receipts", {"ids": ids})["receipts"]
        with self.store.step():
            self.store.settle(results)
        return results

    # -- the network -------------------------------------------------------------------------------

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """An authenticated call that survives a bad network and an expired access token."""
        try:
            return self._authorized(method, path, body)
        except ServerProblem as problem:
            if problem.code == "wipe" and self._genuine(problem.body):
                raise WipeOrdered(problem.body["order"]) from problem
            raise

    def _authorized(self, method: str, path: str, body: Any) -> Any:
        try:
            return self._persist(method, path, body, token=self.store.get("access"))
        except ServerProblem as problem:
            if problem.status != HTTPStatus.UNAUTHORIZED or self.store.get("refresh") is None:
                raise
        self.refresh()
        return self._persist(method, path, body, token=self.store.get("access"))

    def _genuine(self, said: dict[str, Any]) -> bool:
        """Whether this order to wipe is the installation's, and for this device."""
        order, signature = said["order"], said["order_signature"]
        mine = order["act"] == "wipe" and order["device_id"] == self.store.get("device_id")
        return mine and signed_by_server(self.store.get("server_key"), canonical(order), signature)

    def _persist(self, method: str, path: str, body: Any = None, token: str | None = None) -> Any:
        """Send until an answer comes, waiting a little longer each time (at most two seconds)."""
        for attempt in range(self._tries):
            try:
                return _checked(self.transport.send(method, path, body, token))
            except NetworkLost:
                wait = min(2.0, 0.02 * 2 ** min(attempt, 7))
            except ServerProblem as problem:
                if problem.retry_after is None:
                    raise
                wait = min(10.0, problem.retry_after)
            self._pause(wait * random.uniform(0.5, 1.0))  # noqa: S311  because it only spreads the phones
        raise NetworkLost(f"no answer from {path} after {self._tries} tries: the records wait in the outbox")


def _written(at: datetime) -> str:
    """A time with its offset; the server corrects it by what `sent_at` tells about the phone's clock."""
    return at.astimezone(CHINA).isoformat(timespec="milliseconds")


def _checked(answer: Answer) -> Any:
    if answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return answer.body
    body = answer.body if isinstance(answer.body, dict) else {"detail": str(answer.body)}
    waiting = answer.headers.get("retry-after") if answer.status in (429, 503) else None
    raise ServerProblem(answer.status, body, float(waiting) if waiting else None)
