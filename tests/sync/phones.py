"""A phone for the tests: applies what a pull brings, keeps a cursor, pushes."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import orjson

from accounts.models import Area, Device, Membership, Organisation, User
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from privacy.services import subject_keys_create
from sync import encode, pull, push
from sync.items import Envelope
from sync.push import Result


@dataclass
class Phone:
    """What one device holds: records by (kind, id), and where it stands."""

    actor: Actor
    cursor: int | None = None
    held: dict[tuple[str, UUID], dict[str, Any]] = field(default_factory=dict)
    seen: list[tuple[str, UUID]] = field(default_factory=list)
    seq: int = 0

    def page(self, limit: int = 1000, kinds: list[str] | None = None) -> dict[str, Any]:
        """One answer, taken in. `seen` lists every operation in order."""
        answer = pull.pull(self.actor, pull.Asked(self.cursor, limit, kinds))
        body: dict[str, Any] = orjson.loads(encode.body(self.actor, answer))
        for kind, records in body["put"].items():
            for record in records:
                self.held[kind, UUID(record["id"])] = record
                self.seen.append((kind, UUID(record["id"])))
        for kind, ids in body["remove"].items():
            for id_ in map(UUID, ids):
                self.held.pop((kind, id_), None)
                self.seen.append((kind, id_))
        self.cursor = body["cursor"]
        return body

    def sync(self, limit: int = 1000, kinds: list[str] | None = None) -> int:
        """A whole pass; how many pages it took."""
        for pages in range(1, 1000):
            if not self.page(limit, kinds)["has_more"]:
                return pages
        raise AssertionError("a pass without an end")

    @property
    def ids(self) -> set[UUID]:
        return {id_ for _, id_ in self.held}

    def item(self, title: str = "note", **overrides: Any) -> dict[str, Any]:
        """A new item for a note."""
        self.seq += 1
        at: datetime = overrides.pop("at", clock.now())
        data = {"title": title} | overrides.pop("data", {})
        made = {"id": str(uuid7()), "kind": "note", "op": "create", "device_at": at.isoformat()}
        return made | {"seq": self.seq, "data": data} | overrides

    def edit(self, target: Any, base_rev: int, title: str, **overrides: Any) -> dict[str, Any]:
        """A new version of a note that this phone made, from revision `base_rev` of it."""
        return self.item(title, op="amend", target=str(target), base_rev=base_rev, **overrides)

    def push(self, *items: Any, sent_at: datetime | None = None) -> list[Result]:
        return push.push(self.actor, Envelope(uuid4(), 1, list(items), sent_at))


def make(name: str, role: Role = Role.GRID_WORKER) -> Phone:
    """A person with a phone, in an organisation of their own."""
    now = clock.now()
    province, _ = Area.objects.get_or_create(
        code="230000000000", defaults={"name": "省", "level": "province", "valid_from": now.date()}
    )
    office = Organisation.objects.create(name=name, kind="community", area=province, created_at=now)
    user = User.objects.create(username=name, name=name, created_at=now)
    membership = Membership.objects.create(
        user=user, role=role, organisation=office, valid_from=now.date(), state="confirmed",
        proposed_at=now, confirmed_at=now,
    )  # fmt: skip
    return Phone(Actor(user.id, role, office.id, membership.id, _device(user.id, membership.id, name)))


def second_device(phone: Phone) -> Phone:
    """Another phone of the same person in the same role."""
    actor = phone.actor
    device = _device(actor.user_id, actor.membership_id, f"second of {actor.user_id}")
    return Phone(replace(actor, device_id=device))


def _device(user_id: UUID | None, membership_id: UUID | None, name: str) -> UUID:
    now = clock.now()
    device = Device.objects.create(
        user_id=user_id, membership_id=membership_id, public_key=f"key of {name}", state="active",
        state_at=now, created_at=now, enrolled_at=now, key_id=subject_keys_create(1)[0],
    )  # fmt: skip
    return device.id
