"""The key ring: a JSON file of 32-byte keys by purpose and id. Standard library only: setup makes it.

`{"wrapping": {"current": "<uuid>", "keys": {"<uuid>": "<64 hex digits>"}}, "index": …, …}`

wrapping: wraps subject keys · index: blind indexes (rotated only by rebuilding them) · audit: what audit
keeps of a sensitive value · refresh: refresh tokens · orders: the Ed25519 seed that signs wipe orders
"""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

PURPOSES = ("wrapping", "index", "audit", "refresh", "orders")
_KEY = 32


class BadKeyRingError(Exception):
    """The file is missing, unreadable by us, readable by others, or not a key ring."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one purpose: new values use `current`, old ones say which they were made with."""

    current: UUID
    by_id: dict[UUID, bytes]

    @property
    def newest(self) -> bytes:
        return self.by_id[self.current]


Ring = dict[str, Keys]


def fresh() -> dict[str, dict[str, object]]:
    """A new ring in the form of the file: one random key for each purpose."""
    ids = {purpose: str(uuid4()) for purpose in PURPOSES}
    return {
        purpose: {"current": key_id, "keys": {key_id: secrets.token_hex(_KEY)}}
        for purpose, key_id in ids.items()
    }


def make(path: Path) -> None:
    """Write a new ring to `path` (0600) unless one is there. Two processes that race keep the first one's."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii"
    ) as out:
        json.dump(fresh(), out, indent=1)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def rotate(path: Path, purpose: str) -> UUID:
    """Add a new current key for `purpose`; the old ones stay to read what they made. Returns its id."""
    read(path)
    content = json.loads(path.read_text(encoding="ascii"))
    key_id = uuid4()
    content[purpose]["keys"][str(key_id)] = secrets.token_hex(_KEY)
    content[purpose]["current"] = str(key_id)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii"
    ) as out:
        json.dump(content, out, indent=1)
    draft.replace(path)
    return key_id


def read(path: Path) -> Ring:
    """The ring in the file. BadKeyRingError when it cannot be trusted."""
    try:
        if path.stat().st_mode & 0o077:
            raise BadKeyRingError(f"{path} can be read by others: chmod 600 it")
        return parse(json.loads(path.read_text(encoding="ascii")))
    except (OSError, ValueError) as error:
        raise BadKeyRingError(f"{path} is not a readable key ring") from error


def parse(content: dict[str, dict[str, object]]) -> Ring:
    """The ring of the file's JSON. BadKeyRingError when a purpose, a current key or a length is wrong."""
    try:
        ring = {purpose: _keys(content[purpose]) for purpose in PURPOSES}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadKeyRingError("not a key ring") from error
    for purpose, keys in ring.items():
        if keys.current not in keys.by_id or any(len(key) != _KEY for key in keys.by_id.values()):
            raise BadKeyRingError(f"the keys for {purpose} are not usable")
    return ring


def _keys(entry: dict[str, object]) -> Keys:
    keys = entry["keys"]
    if not isinstance(keys, dict):
        raise TypeError("keys is not an object")
    by_id = {UUID(key_id): bytes.fromhex(value) for key_id, value in keys.items()}
    return Keys(UUID(str(entry["current"])), by_id)


def for_tests() -> Ring:
    """A fixed ring for the suite: known keys, one for each purpose."""
    content: dict[str, dict[str, object]] = {}
    for number, purpose in enumerate(PURPOSES, 1):
        key_id = str(UUID(int=number))
        content[purpose] = {"current": key_id, "keys": {key_id: f"{number * 17:02x}" * _KEY}}
    return parse(content)
