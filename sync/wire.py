"""Between the engine and HTTP: what phones may ask, and answers that leave as bytes. For the engine's own
addresses and for those of stock clients."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec
from django.http import HttpResponse
from rest_framework.request import Request

from edge.conf import setting
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from sync import encode, manifest, pull, receipts, registry, timetokens
from sync.items import State
from sync.push import Result

Shape = TypeVar("Shape", bound=msgspec.Struct)
ID_MAX = 64
CURSOR_MAX = 2**53 - 1


class UnsentBody(msgspec.Struct, forbid_unknown_fields=True):
    count: Annotated[int, msgspec.Meta(ge=0, le=2**31)]
    oldest_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class PullBody(msgspec.Struct, forbid_unknown_fields=True):
    cursor: Any
    schema: int
    limit: Annotated[int, msgspec.Meta(ge=1)] | None = None
    kinds: list[str] | None = None
    unsent: UnsentBody | None = None


def now(actor: Actor) -> dict[str, Any]:
    """What the server's clock says, and a token of it for the records that the phone makes from now on."""
    token = timetokens.issue(actor.device_id) if actor.device_id else None
    return {"server_time": clock.now().isoformat(), "time_token": token}


def shaped(value: Any, shape: type[Shape]) -> Shape:
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise Problem("invalid", str(error)) from error
    except UnicodeEncodeError as error:
        raise Problem("invalid_json", "a lone surrogate in a key or an identifier") from error


def asked(body: PullBody) -> pull.Asked:
    check_schema(body.schema)
    most = setting("SYNC_PULL_ROWS_MAX")
    if body.limit is not None and body.limit > most:
        raise Problem("limit_too_large", maximum=most)
    check_kinds(body.kinds or ())
    kinds = None if body.kinds is None else sorted(set(body.kinds))
    limit = body.limit or setting("SYNC_PULL_ROWS")
    return pull.Asked(cursor(body.cursor), limit, kinds, unsent=_unsent(body.unsent))


def _unsent(said: UnsentBody | None) -> pull.Unsent | None:
    if said is None:
        return None
    try:
        oldest = clock.local_day(said.oldest_at) if said.oldest_at and said.count else None
    except OverflowError:
        oldest = None
    return pull.Unsent(said.count, oldest)


def cursor(said: Any) -> int | None:
    """The cursor as a number. Whatever else a phone may hold there is one that nobody knows: `resync`."""
    if said is None:
        return None
    if type(said) is not int or not 1 <= said <= CURSOR_MAX:
        raise Problem("resync")
    return said


def flag(request: Request, name: str) -> bool:
    said = request.query_params.get(name, "0")
    if said not in {"0", "1"}:
        raise Problem("bad_parameter", parameter=name)
    return said == "1"


def check_schema(schema: int) -> None:
    if schema != manifest.SCHEMA:
        raise Problem("unknown_schema", schema=manifest.SCHEMA)


def check_room(rows: int) -> None:
    """Problem `push_too_large` for more than one push may bring."""
    if rows > setting("SYNC_PUSH_ITEMS_MAX"):
        raise Problem("push_too_large", limits=manifest.limits())


def check_kinds(names: Iterable[str]) -> None:
    unknown = sorted(set(names) - registry.kinds().keys())
    if unknown:
        raise Problem("unknown_kind", kinds=unknown)


def told(results: Sequence[Result], *, filed: bool) -> list[dict[str, Any]]:
    """The results of a push on the wire; `filed`: some of the items have declared files."""
    shown = [_result(entry) for entry in results]
    return receipts.with_files(shown) if filed else shown


def _result(entry: Result) -> dict[str, Any]:
    result = receipts.shown(_echo(entry.said_id), entry.state, entry.outcome)
    return result | {"first": entry.outcome.state} if entry.state == State.DUPLICATE else result


def _echo(said_id: Any) -> str | None:
    """The id as the phone gave it, as far as it can be said again: it may be a lone surrogate, or long."""
    return said_id[:ID_MAX].encode(errors="replace").decode() if isinstance(said_id, str) else None


def answer(request: Request, body: bytes) -> HttpResponse:
    content, coding = encode.compress(body, request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(content, content_type="application/json")
    response["Content-Length"] = str(len(content))
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Accept-Encoding"
    if coding:
        response["Content-Encoding"] = coding
    return response
