"""The server's side of the protocol in memory: as small as it can be and still refuse what the real
one refuses.
"""

import base64
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from gridphone.canonical import canonical, item_hash
from gridphone.transport import Answer


@dataclass
class PretendedServer:
    inbox: dict[str, bytes] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    pushes: list[dict[str, Any]] = field(default_factory=list)
    refreshes: dict[str, dict[str, Any]] = field(default_factory=dict)
    generation: int = 0
    expired: bool = False
    forgotten_cursors: bool = False
    largest_push: int = 1000
    page: int = 2
    lost: bool = False
    wiped: list[dict[str, Any]] = field(default_factory=list)
    orders: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def send(self, method: str, path: str, body: Any = None, token: str | None = None) -> Answer:
        if path.startswith("/sync/") and (self.expired or token != f"access-{self.generation}"):
            return Answer(401, {}, {"code": "token_expired"})
        status, content = getattr(self, path.strip("/").replace("/", "_"))(body)
        if self.lost and path.startswith("/sync/"):
            status, content = 403, self._order()
        return Answer(status, {}, content)

    def _order(self) -> dict[str, Any]:
        order = {"act": "wipe", "device_id": "d1", "id": "o1", "issued_at": "2026-03-02T09:00:00+08:00"}
        signature = base64.b64encode(self.orders.sign(canonical(order))).decode()
        return {"code": "wipe", "order": order, "order_signature": signature}

    def auth_wiped(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.wiped.append(body)
        return 204, {}

    def auth_enrol(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        pair = {"access": f"access-{self.generation}", "refresh": f"refresh-{self.generation}"}
        key = self.orders.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        known = {"device_id": "d1", "user": {"name": "王"}, "server_key": base64.b64encode(key).decode()}
        return 200, known | pair

    def auth_refresh(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        key = f"{body['refresh']}.{body['nonce']}"
        if key not in self.refreshes:
            if body["refresh"] != f"refresh-{self.generation}":
                return 401, {"code": "refresh_reused"}
            self.generation, self.expired = self.generation + 1, False
            self.refreshes[key] = {
                "access": f"access-{self.generation}",
                "refresh": f"refresh-{self.generation}",
            }
        return 200, self.refreshes[key]

    def sync_push(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if len(body["items"]) > self.largest_push:
            return 413, {"code": "too_large"}
        self.pushes.append(body)
        return 200, {"results": [self._receive(item) for item in body["items"]]}

    def _receive(self, item: dict[str, Any]) -> dict[str, Any]:
        mark, known = item_hash(item), self.inbox.setdefault(item["id"], item_hash(item))
        if item["id"] in self.rows:
            if known != mark:
                return {"id": item["id"], "state": "quarantined", "code": "id_reused"}
            return {"id": item["id"], "state": "duplicate", "first": "accepted"}
        self.rows[item["id"]] = {"id": item["id"], "rev": len(self.rows) + 1, **item["data"]}
        return {"id": item["id"], "state": "accepted"}

    def sync_pull(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if self.forgotten_cursors and body["cursor"] is not None:
            self.forgotten_cursors = False
            return 410, {"code": "resync"}
        base = body["cursor"] or 0
        rows = sorted((row for row in self.rows.values() if row["rev"] > base), key=lambda row: row["rev"])
        page = rows[: self.page]
        cursor = page[-1]["rev"] if page else base
        put = {"screening": page} if page else {}
        return 200, {
            "cursor": cursor,
            "has_more": len(rows) > self.page,
            "put": put,
            "remove": {},
            "receipts": [],
        }
