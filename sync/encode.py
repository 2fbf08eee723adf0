"""The answer of a pull as bytes: the rows are joined as the text they are stored as, then compressed."""

import zlib
from typing import Any

import orjson
import zstandard

from kernel import clock
from kernel.actor import Actor
from sync import inbox, pace, receipts, registry, timetokens
from sync.pull import Answer

Rows = list[tuple[bytes, int | None]]  # payload (UTF-8), inbox


def body(actor: Actor, answer: Answer) -> bytes:
    """The JSON of an answer."""
    put: dict[str, Rows] = {}
    remove: dict[str, dict[str, None]] = {}
    for _scope, kind, id_, deleted, payload, number in answer.rows:
        if deleted:
            remove.setdefault(kind, {})[id_] = None
        else:
            put.setdefault(kind, []).append((payload, number))
    head = {
        "cursor": answer.cursor,
        "has_more": answer.has_more,
        "epoch": answer.epoch,
        "server_time": clock.now(),
        "poll_after_s": 0 if answer.has_more else pace.poll_after(actor.device_id),
        "time_token": timetokens.issue(actor.device_id) if actor.device_id else None,
        "purged_scopes": answer.purged,
        "remove": {kind: list(ids) for kind, ids in remove.items()},
        "receipts": receipts.told(actor, answer.receipts),
    }
    parts = (
        b'"%b":[%b]' % (kind.encode(), b",".join(_texts(actor, kind, rows))) for kind, rows in put.items()
    )
    return b'%b,"put":{%b}}' % (orjson.dumps(head)[:-1], b",".join(parts))


def _texts(actor: Actor, kind: str, rows: Rows) -> list[bytes]:
    """The payloads; what is sealed is opened for this caller: by the kind, or from the inbox."""
    entry = registry.find(kind)
    texts = [payload for payload, number in rows if number is None]
    if texts and entry is not None and entry.opens is not None:
        texts = [text.encode() for text in entry.opens(actor, [text.decode() for text in texts])]
    handed_back = [(payload, number) for payload, number in rows if number is not None]
    if not handed_back:
        return texts
    contents = inbox.contents([number for _, number in handed_back])
    return texts + [_returned(payload, contents.get(number)) for payload, number in handed_back]


def _returned(payload: bytes, content: dict[str, Any] | None) -> bytes:
    """A record that was not accepted: what its author sent, with what became of it."""
    if not content:
        return payload
    return orjson.dumps(content | orjson.loads(payload))


SMALL = 1024


def compress(content: bytes, accepted: str) -> tuple[bytes, str]:
    """The bytes to send and their Content-Encoding ('' for none): zstd, else gzip, at their fastest level."""
    if len(content) < SMALL:
        return content, ""
    codings = _codings(accepted)
    if "zstd" in codings:
        return zstandard.ZstdCompressor(level=1).compress(content), "zstd"
    if "gzip" in codings or "*" in codings:
        return _gzip(content), "gzip"
    return content, ""


def _codings(accepted: str) -> set[str]:
    found = set()
    for part in accepted.lower().split(","):
        name, _, quality = part.strip().partition(";")
        if quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            found.add(name.strip())
    return found


def _gzip(content: bytes) -> bytes:
    deflate = zlib.compressobj(level=1, wbits=zlib.MAX_WBITS | 16)
    return deflate.compress(content) + deflate.flush()
