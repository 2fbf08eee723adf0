"""The answer of a pull as bytes: the rows are joined as the text they are stored as, then compressed."""

import zlib
from typing import Any

import orjson
import zstandard

from kernel import clock
from kernel.actor import Actor
from sync import inbox, pace, receipts, registry, timetokens
from sync.items import State
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
    noted = inbox.returned([number for _, number in rows if number is not None]) if _any_noted(rows) else {}
    whole = [(orjson.loads(payload), noted.get(number)) for payload, number in rows if number is not None]
    back = [_handed_back(row, item) for row, item in whole if "sync_state" in row]
    beside = [(row, item) for row, item in whole if "sync_state" not in row]
    texts = _opened(actor, kind, [payload for payload, number in rows if number is None])
    opened = _opened(actor, kind, [orjson.dumps(row) for row, _ in beside])
    return texts + back + [_beside(actor, text, item) for text, (_, item) in zip(opened, beside, strict=True)]


def _any_noted(rows: Rows) -> bool:
    return any(number is not None for _, number in rows)


def _opened(actor: Actor, kind: str, texts: list[bytes]) -> list[bytes]:
    entry = registry.find(kind)
    if not texts or entry is None or entry.opens is None:
        return texts
    return [text.encode() for text in entry.opens(actor, [text.decode() for text in texts])]


def _handed_back(row: dict[str, Any], item: inbox.Returned | None) -> bytes:
    """A record that was not accepted: what its author sent, with what became of it."""
    return orjson.dumps((item.content or {}) | row if item else row)


def _beside(actor: Actor, text: bytes, item: inbox.Returned | None) -> bytes:
    """A record beside which an edit stands that was not accepted: a conflict is told to all who hold the
    record, the rest, and what was sent, to its author alone."""
    if item is None:
        return text
    mark: dict[str, Any] = {"sync_state": item.state} if item.state == State.CONFLICT else {}
    if item.op == "amend" and item.author == actor.user_id:
        mark = {
            "sync_state": item.state,
            "reject_code": item.code,
            "reject_detail": item.detail,
            "reject_fields": item.field_errors,
            "sync_sent": item.content,
        }
    return orjson.dumps(orjson.loads(text) | mark)


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
