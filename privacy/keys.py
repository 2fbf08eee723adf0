"""Where the keys of data subjects come from: unwrapped by the key ring, kept a while in this process."""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from uuid import UUID

from edge import encryption
from kernel import clock, crypto
from privacy.models import SubjectKey

KEPT = 20_000
KEPT_S = 60.0
"""A key destroyed by another process is forgotten here after a minute at the latest."""

_lock = threading.Lock()
_known: OrderedDict[UUID, tuple[float, bytes]] = OrderedDict()


def key_of(key_id: UUID) -> bytes | None:
    """The 32 bytes of a subject's key; None when there is none or it was destroyed."""
    known = _known.get(key_id)
    if known is not None and time.monotonic() - known[0] <= KEPT_S:
        return known[1]
    return load([key_id]).get(key_id)


def load(key_ids: Iterable[UUID]) -> dict[UUID, bytes]:
    """The keys of many subjects in one statement; what is then opened or sealed asks for nothing more."""
    ids = set(key_ids)
    rows = SubjectKey.objects.filter(id__in=ids, destroyed_at__isnull=True).exclude(wrapped_key=b"")
    found, lasting = {}, {}
    for key_id, wrapped, until in rows.values_list("id", "wrapped_key", "opened_until"):
        if until is None:
            found[key_id] = lasting[key_id] = unwrap(key_id, bytes(wrapped))
        elif until > clock.now():
            found[key_id] = unwrap(key_id, bytes(wrapped))  # a lawful query: not remembered past its hour
    with _lock:
        for key_id in ids - lasting.keys():
            _known.pop(key_id, None)
    remember(lasting)
    return found


def remember(keys: dict[UUID, bytes]) -> None:
    now = time.monotonic()
    with _lock:
        for key_id, key in keys.items():
            _known[key_id] = (now, key)
            _known.move_to_end(key_id)
        while len(_known) > KEPT:
            _known.popitem(last=False)


def forget(key_ids: Iterable[UUID]) -> None:
    with _lock:
        for key_id in key_ids:
            _known.pop(key_id, None)


def wrap(key_id: UUID, key: bytes) -> bytes:
    """`key` sealed under the ring's current wrapping key, bound to its row."""
    return wrap_many({key_id: key})[0]


def wrap_many(keys: Mapping[UUID, bytes]) -> list[bytes]:
    """Each key sealed under the ring's current wrapping key, bound to its row; in order."""
    wrapping = encryption.ring()["wrapping"]
    sealer = crypto.Sealer(wrapping.newest, wrapping.current)
    return [sealer.seal(key, place(key_id)) for key_id, key in keys.items()]


def unwrap(key_id: UUID, wrapped: bytes) -> bytes:
    """The key of a row, by whichever ring key it was wrapped with. KeyGoneError when that one is lost."""
    wrapped_by = crypto.envelope_key_id(wrapped)
    if wrapped_by not in encryption.ring()["wrapping"].by_id:
        encryption.look_again()  # another process may have rotated it this very second
    ring_key = encryption.ring()["wrapping"].by_id.get(wrapped_by)
    if ring_key is None:
        raise encryption.KeyGoneError("the ring no longer holds the wrapping key")
    return crypto.open_(ring_key, wrapped, place(key_id))


def place(key_id: UUID) -> bytes:
    """What binds a wrapped or sealed key to its row."""
    return f"privacy_subject_key.wrapped_key.{key_id}".encode()
