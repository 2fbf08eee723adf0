"""From the bytes of a push to items: each judged by itself; what cannot be read is kept all the same."""

import json
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
import orjson

from edge import strict_json
from edge.conf import setting
from kernel.actor import Actor
from kernel.problems import Problem
from sync import registry, times, timetokens
from sync.commands import CommandBody, Order
from sync.files import declared
from sync.items import Head, Outcome, PushItem, Signed, quarantined, rejected
from sync.registry import Kind

ENVELOPE_DEPTH = 2  # an item stands in a list in an object
_SUSPECT = re.compile(r"\\u00[01]|\\[bf]|[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_PATH = re.compile(r"(?s)(?P<text>.*) - at `\$\.?(?P<path>.*)`")

# What msgspec repeats of what was sent: a value, or the name of an unknown field that is no plain word.
_SAID_VALUE = re.compile(
    r"(?s)(Invalid (?:enum )?value|Object contains unknown field)(?! `[a-z]+(?:_[a-z]+){0,5}`$) .*"
)


@dataclass(frozen=True, slots=True)
class Batch:
    """What all items of a push share."""

    actor: Actor
    received_at: datetime
    offset_ms: int
    limits: times.Limits
    text_max: int
    depth_max: int
    tokens: dict[str, datetime | None] = field(default_factory=dict)


@dataclass(slots=True)
class Read:
    """One item as far as it could be read. `outcome` is set where the engine itself has decided.

    `id` is made from the hash where the phone gave none that can be used; `said_id` is what it gave.
    `item` also stands where the engine refused it: its body may then be what the phone sent, unparsed.
    `whole`: its envelope could be read. `stated`: the hash that its device signs, where that is not `hash`
    (`sync.signing.Stated`).
    """

    said_id: Any
    id: UUID
    hash: bytes
    canonical: bytes
    kind: str = ""
    op: str = ""
    item: PushItem | None = None
    outcome: Outcome | None = None
    first: bool = True
    whole: bool = True
    sig: str | None = None
    stated: bytes | None = None
    signed: Signed = Signed.NOT
    not_before: datetime | None = None
    flags: list[str] = field(default_factory=list)

    @property
    def pushable(self) -> bool:
        """Whether its kind is one that phones push: only then can it be handed back as a record."""
        entry = registry.find(self.kind)
        return entry is not None and entry.submit is not None


def limits() -> times.Limits:
    return times.Limits(
        flag=timedelta(minutes=setting("SYNC_SKEW_FLAG_MIN")),
        future=timedelta(hours=setting("SYNC_FUTURE_HOURS")),
        age=timedelta(days=setting("SYNC_AGE_DAYS")),
    )


def loads(body: bytes) -> Any:
    """The JSON of a push. Duplicate keys, bad numbers and bad UTF-8 refuse it whole (Problem `invalid_json`).

    NUL and lone surrogates stand in single texts: their item is refused, not its neighbours.
    """
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        return strict_json.loads(body, texts=False)
    if orjson.dumps(value) != body:  # equal only when compact and without a duplicate key
        return strict_json.loads(body, texts=False)
    return value


def read(raw: Any, batch: Batch) -> Read:
    """One item of the batch, parsed and judged by everything that needs no database."""
    canonical, refused = _canonical(_unsigned(raw))
    digest = sha256(canonical).digest()
    said = raw.get("id") if isinstance(raw, dict) else None
    found = Read(said, _uuid(said) or UUID(bytes=digest[:16]), digest, canonical)
    if refused:
        return _salvage(found, raw, batch, rejected("text_refused"))
    try:
        head = msgspec.convert(raw, Head)
        _check_depth(canonical, batch.depth_max)
    except msgspec.ValidationError as error:
        return _salvage(found, raw, batch, rejected("item_invalid", field_errors=field_errors(error)))
    except Problem as problem:
        return _salvage(found, raw, batch, rejected("item_invalid", problem.detail or ""))
    found.kind = head.kind if registry.find(head.kind) else ""  # an invented one may say anything
    found.op, found.sig = head.op, head.sig
    found.outcome = _refusal(head, batch.actor)
    if found.outcome is None:
        _judge(found, head, batch)
    return found


def _refusal(head: Head, actor: Actor) -> Outcome | None:
    """Why an item is not taken, whatever its content."""
    kind = registry.find(head.kind)
    if kind is None or kind.submit is None:
        return rejected("kind_not_pushed")
    if (head.op == "command") != (head.kind == registry.COMMAND) or (head.op == "amend" and not kind.amend):
        return rejected("op_not_supported")
    if not kind.may_push(actor):
        return rejected("push_not_allowed")
    if head.op == "create" and head.target not in (None, head.id):
        return rejected("target_mismatch", field_errors={"target": "target"})
    unaimed = None if head.op == "create" else _unaimed(head)
    return unaimed or (_files_refusal(kind, head) if head.files else None)


def _unaimed(head: Head) -> Outcome | None:
    """What an item about an existing record must say: which one, and an amendment what it was made from."""
    if head.target is None or head.target == head.id:
        return rejected("target_required", field_errors={"target": "target"})
    if head.op == "amend" and head.base_rev is None:
        return rejected("base_rev_required", field_errors={"base_rev": "required"})
    return None


def _files_refusal(kind: Kind, head: Head) -> Outcome | None:
    size, total = setting("SYNC_FILE_BYTES_MAX"), setting("SYNC_RECORD_FILES_BYTES_MAX")
    refused = declared.refusal(head.files, declared.Limits(kind.takes_files, size, total))
    return rejected(refused[0], field_errors=refused[1]) if refused else None


def _judge(found: Read, head: Head, batch: Batch) -> None:
    """Texts, content, time; what passes is an item for the service of its kind."""
    text, data = found.canonical.decode(), head.data
    if not unicodedata.is_normalized("NFC", text):
        data = orjson.loads(unicodedata.normalize("NFC", text))["data"]
    time = times.judge(head.device_at, batch.received_at, batch.offset_ms, batch.limits)
    if time.code:
        found.outcome = quarantined(time.code)
    _look_at_token(found, head, time.at, batch)
    if not _texts_fit(text, data, batch.text_max):
        found.outcome = rejected("text_refused")
    data, refusal = body_of(head.kind, data, batch.actor)
    found.outcome = found.outcome or refusal
    found.item = PushItem(
        id=head.id,
        kind=head.kind,
        op=head.op,
        target=head.target or head.id,
        base_rev=head.base_rev or 0,
        device_at=time.at,
        device_said=head.device_at,
        received_at=batch.received_at,
        seq=head.seq,
        offset_ms=batch.offset_ms,
        skewed=time.skewed,
        body=data,
        files=head.files,
    )


def _look_at_token(found: Read, head: Head, at: datetime, batch: Batch) -> None:
    """An item made after a moment of the server's clock cannot be older than that moment."""
    token, device = head.time_token, batch.actor.device_id
    if token is None or device is None:
        return
    if token not in batch.tokens:
        batch.tokens[token] = timetokens.read(token, device)
    found.not_before = batch.tokens[token]
    if found.not_before is None:
        found.flags.append("time_token_invalid")
    elif at < found.not_before - batch.limits.flag:
        found.flags.append("made_before_token")


def digest(raw: Any) -> bytes:
    """What makes two items the same: SHA-256 of the canonical item without its signature."""
    return sha256(_canonical(_unsigned(raw))[0]).digest()


def _unsigned(raw: Any) -> Any:
    """The item without its signature: that is what is signed, and what makes a replay a duplicate."""
    if isinstance(raw, dict) and "sig" in raw:
        return {key: value for key, value in raw.items() if key != "sig"}
    return raw


def body_of(kind: str, data: Any, actor: Actor) -> tuple[Any, Outcome | None]:
    """`data` as the service of its kind takes it; as it came, with the refusal, where it does not fit."""
    try:
        body = msgspec.convert(data, registry.kind(kind).schema)
        return _order(body, actor) if isinstance(body, CommandBody) else (body, None)
    except msgspec.ValidationError as error:
        return data, rejected("data_invalid", field_errors=field_errors(error))


def files_of(raw: dict[str, Any] | None) -> tuple[declared.FileDeclared, ...]:
    """The files of an item out of the inbox, which were looked at when it came."""
    try:
        return msgspec.convert((raw or {}).get("files", ()), tuple[declared.FileDeclared, ...])
    except msgspec.ValidationError:
        return ()


def _order(body: CommandBody, actor: Actor) -> tuple[Any, Outcome | None]:
    command = registry.find_command(body.kind, body.verb)
    if command is None:
        return body, rejected("command_unknown", field_errors={"verb": "verb"})
    if actor.role not in command.roles:
        return body, rejected("push_not_allowed")
    return Order(command, msgspec.convert(body.args, command.schema)), None


def _canonical(raw: Any) -> tuple[bytes, bool]:
    """The canonical bytes (RFC 8785 for what an item may hold); whether it cannot be stored at all."""
    try:
        return orjson.dumps(raw, option=orjson.OPT_SORT_KEYS), False
    except TypeError:  # a lone surrogate, or an integer beyond 64 bits
        return json.dumps(raw, sort_keys=True, separators=(",", ":")).encode(), True


def _check_depth(canonical: bytes, deepest: int) -> None:
    if canonical.count(b"{") + canonical.count(b"[") > deepest - ENVELOPE_DEPTH:
        strict_json.check_depth(b"[[" + canonical + b"]]")


def _texts_fit(text: str, data: Any, longest: int) -> bool:
    """Whether all texts are of allowed characters and length; mostly settled by one look at the whole."""
    if len(text) <= longest:
        plain = text.isprintable() and "\\u00" not in text and "\\b" not in text and "\\f" not in text
        if plain or not _SUSPECT.search(text):
            return True
    return all(len(part) <= longest and not _REFUSED.search(part) for part in _strings(data))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for entry in value.values() for text in _strings(entry)]
    if isinstance(value, list):
        return [text for entry in value for text in _strings(entry)]
    return []


def _salvage(found: Read, raw: Any, batch: Batch, outcome: Outcome) -> Read:
    """Keep what can be known of an item that cannot be read: it may go back to its author as a record."""
    found.outcome, found.whole = outcome, False
    given = raw if isinstance(raw, dict) else {}
    kind = given.get("kind")
    if isinstance(kind, str) and registry.find(kind) and given.get("op") == "create" and _uuid(found.said_id):
        found.kind, found.op = kind, "create"
        found.item = PushItem(
            id=found.id,
            kind=kind,
            op="create",
            target=found.id,
            base_rev=0,
            device_at=batch.received_at,
            device_said=batch.received_at,
            received_at=batch.received_at,
            seq=0,
            offset_ms=batch.offset_ms,
            skewed=False,
            body=given.get("data"),
        )
    return found


def _uuid(value: Any) -> UUID | None:
    try:
        return msgspec.convert(value, UUID)
    except (msgspec.ValidationError, UnicodeEncodeError):  # the latter: a lone surrogate
        return None


def field_errors(error: msgspec.ValidationError) -> dict[str, str]:
    match = _PATH.fullmatch(str(error))
    path, said = (match["path"], match["text"]) if match else ("", str(error))
    return {path: _SAID_VALUE.sub(r"\1", said)}
