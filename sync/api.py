"""The phone's side of the server: manifest, pull, push, receipts. Answers leave as bytes."""

from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec
import orjson
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from accounts.api.sessions import session_id_of
from accounts.services import logout
from edge.conf import setting
from edge.renderers import dumps
from edge.views import DomainView
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from sync import (
    encode,
    life,
    manifest,
    pull,
    push,
    receipts,
    registry,
    serializers,
    timetokens,
)
from sync.access import PHONES
from sync.items import Envelope, State
from sync.parsers import PushParser
from sync.views import PhoneView

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


class ManifestView(DomainView):
    """Limits, kinds with their versions, and which life of the database this is."""

    policy = PHONES

    @extend_schema(operation_id="sync_manifest", responses=serializers.Manifest)
    def get(self, request: Request) -> HttpResponse:
        life.check(self.actor.device_id)
        return _answer(request, dumps(manifest.manifest(self.actor)))


class PullView(PhoneView):
    """What changed since a cursor, within what the caller may see now."""

    pulls = frozenset({"post"})

    @extend_schema(
        operation_id="sync_pull", request=serializers.PullRequest, responses=serializers.PullAnswer
    )
    def post(self, request: Request) -> HttpResponse:
        asked = _asked(_shaped(request.data, PullBody))
        answer = pull.pull(self.actor, asked)
        self.answered = "rows" if answer.rows else "nothing"
        return _answer(request, encode.body(self.actor, answer))


class PushView(PhoneView):
    """Records made on a phone, up to 1,000: each gets a result of its own. Taken also from too old an app.

    With `?final=1` the session ends once they are stored: the last push before signing out.
    """

    pushes = frozenset({"post"})
    parser_classes = (PushParser,)
    hears_lost = True
    query_params = frozenset({"final"})

    @extend_schema(
        operation_id="sync_push",
        request=serializers.PushRequest,
        responses=serializers.PushAnswer,
        parameters=[OpenApiParameter("final", int, enum=[0, 1], description="1: end the session afterwards")],
    )
    def post(self, request: Request) -> HttpResponse:
        envelope = _shaped(request.data, Envelope)
        _check_schema(envelope.schema)
        if len(envelope.items) > setting("SYNC_PUSH_ITEMS_MAX"):
            raise Problem("push_too_large", limits=manifest.limits())
        final, order = _flag(request, "final"), getattr(request, "wipe_order", None)
        results = [_result(entry) for entry in push.push(self.actor, envelope, lost=order is not None)]
        if order is not None:
            raise order
        self.answered = "results"
        if final:
            logout(actor=self.actor, family_id=session_id_of(request))
        if any("files" in item for item in envelope.items if isinstance(item, dict)):
            results = receipts.with_files(results)
        return _answer(request, orjson.dumps({"results": results, **_now(self.actor)}))


class ReceiptsView(DomainView):
    """What became of items, after a reinstall or in doubt."""

    policy = PHONES

    @extend_schema(
        operation_id="sync_receipts",
        request=serializers.ReceiptsRequest,
        responses=serializers.ReceiptsAnswer,
    )
    def post(self, request: Request) -> HttpResponse:
        ids = _shaped(request.data, receipts.Asked).ids
        if len(ids) > setting("SYNC_PUSH_ITEMS_MAX"):
            raise Problem("push_too_large", limits=manifest.limits())
        life.check(self.actor.device_id)
        told = receipts.told(self.actor, ids)
        found = {receipt["id"] for receipt in told}
        body = {
            "receipts": told,
            "unknown": [id_ for id_ in ids if id_ not in found],
            "server_time": clock.now(),
        }
        return _answer(request, orjson.dumps(body))


def _now(actor: Actor) -> dict[str, Any]:
    """What the server's clock says, and a token of it for the records that the phone makes from now on."""
    token = timetokens.issue(actor.device_id) if actor.device_id else None
    return {"server_time": clock.now(), "time_token": token}


def _shaped(value: Any, shape: type[Shape]) -> Shape:
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise Problem("invalid", str(error)) from error
    except UnicodeEncodeError as error:
        raise Problem("invalid_json", "a lone surrogate in a key or an identifier") from error


def _asked(body: PullBody) -> pull.Asked:
    _check_schema(body.schema)
    most = setting("SYNC_PULL_ROWS_MAX")
    if body.limit is not None and body.limit > most:
        raise Problem("limit_too_large", maximum=most)
    unknown = sorted(set(body.kinds or ()) - registry.kinds().keys())
    if unknown:
        raise Problem("unknown_kind", kinds=unknown)
    kinds = None if body.kinds is None else sorted(set(body.kinds))
    limit = body.limit or setting("SYNC_PULL_ROWS")
    return pull.Asked(_cursor(body.cursor), limit, kinds, unsent=_unsent(body.unsent))


def _unsent(said: UnsentBody | None) -> pull.Unsent | None:
    if said is None:
        return None
    try:
        oldest = clock.local_day(said.oldest_at) if said.oldest_at and said.count else None
    except OverflowError:
        oldest = None
    return pull.Unsent(said.count, oldest)


def _cursor(said: Any) -> int | None:
    """The cursor as a number. Whatever else a phone may hold there is one that nobody knows: `resync`."""
    if said is None:
        return None
    if type(said) is not int or not 1 <= said <= CURSOR_MAX:
        raise Problem("resync")
    return said


def _flag(request: Request, name: str) -> bool:
    said = request.query_params.get(name, "0")
    if said not in {"0", "1"}:
        raise Problem("bad_parameter", parameter=name)
    return said == "1"


def _check_schema(schema: int) -> None:
    if schema != manifest.SCHEMA:
        raise Problem("unknown_schema", schema=manifest.SCHEMA)


def _result(entry: push.Result) -> dict[str, Any]:
    result = receipts.shown(_echo(entry.said_id), entry.state, entry.outcome)
    return result | {"first": entry.outcome.state} if entry.state == State.DUPLICATE else result


def _echo(said_id: Any) -> str | None:
    """The id as the phone gave it, as far as it can be said again: it may be a lone surrogate, or long."""
    return said_id[:ID_MAX].encode(errors="replace").decode() if isinstance(said_id, str) else None


def _answer(request: Request, body: bytes) -> HttpResponse:
    content, coding = encode.compress(body, request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(content, content_type="application/json")
    response["Content-Length"] = str(len(content))
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Accept-Encoding"
    if coding:
        response["Content-Encoding"] = coding
    return response
