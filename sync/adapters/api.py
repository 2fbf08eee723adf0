"""The addresses that stock clients call. The same services and the same rights as the engine's own."""

from collections.abc import Iterable
from typing import Any

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from edge.conf import setting
from kernel import clock
from kernel.problems import Problem
from sync import manifest, registry
from sync.adapters import rxdb, serializers, watermelon
from sync.api import PullBody, _answer, _asked, _cursor, _result, _shaped
from sync.parsers import PushParser
from sync.views import PhoneView

DIGITS = 16
PULL_QUERY = [
    OpenApiParameter("last_pulled_at", int, description="The timestamp of the last answer; none at first"),
    OpenApiParameter("limit", int, description="Most rows of this page"),
    OpenApiParameter("kinds", str, description="Tables of the client, with commas; the same for all pulls"),
]


class WatermelonView(PhoneView):
    """What WatermelonDB's `synchronize()` calls: GET in `pullChanges`, POST in `pushChanges`."""

    pulls, pushes = frozenset({"get"}), frozenset({"post"})
    parser_classes = (PushParser,)
    query_params = frozenset({"last_pulled_at", "limit", "kinds"})

    @extend_schema(
        operation_id="sync_watermelon_pull", parameters=PULL_QUERY, responses=serializers.WatermelonPull
    )
    def get(self, request: Request) -> HttpResponse:
        asked = _asked(_pull_body(request.query_params.dict()))
        self.answered = "stock"
        return _answer(request, orjson.dumps(watermelon.pull(self.actor, asked)))

    @extend_schema(
        operation_id="sync_watermelon_push",
        request=serializers.WatermelonPush,
        responses=serializers.WatermelonPushed,
    )
    def post(self, request: Request) -> HttpResponse:
        body = _shaped(request.data, watermelon.PushBody)
        _check_room(sum(len(c.created) + len(c.updated) + len(c.deleted) for c in body.changes.values()))
        _check_kinds(kind for kind, c in body.changes.items() if c.created or c.updated or c.deleted)
        pairs = watermelon.push(self.actor, body)
        results = [_result(result) | {"id": str(row.id), "table": row.kind} for row, result in pairs]
        self.answered = "stock"
        return _answer(request, orjson.dumps({"results": results, "server_time": clock.now()}))


class RxdbPullView(PhoneView):
    """RxDB's pull handler for the collection of one kind."""

    pulls = frozenset({"post"})

    @extend_schema(
        operation_id="sync_rxdb_pull", request=serializers.RxdbPull, responses=serializers.RxdbPulled
    )
    def post(self, request: Request, kind: str) -> HttpResponse:
        body = _shaped(request.data, rxdb.PullBody)
        _check_kinds({kind})
        most = setting("SYNC_PULL_ROWS_MAX")
        if body.limit > most:
            raise Problem("limit_too_large", maximum=most)
        cursor = None if body.checkpoint is None else _cursor(body.checkpoint.c)
        self.answered = "stock"
        return _answer(request, orjson.dumps(rxdb.pull(self.actor, kind, cursor, body.limit)))


class RxdbPushView(PhoneView):
    """RxDB's push handler for the collection of one kind; the answer is its array of conflicts."""

    pushes = frozenset({"post"})
    parser_classes = (PushParser,)

    @extend_schema(
        operation_id="sync_rxdb_push",
        request=serializers.RxdbPush,
        responses=serializers.RxdbDocument(many=True),
    )
    def post(self, request: Request, kind: str) -> HttpResponse:
        body = _shaped(request.data, rxdb.PushBody)
        _check_room(len(body.rows))
        _check_kinds({kind})
        self.answered = "stock"
        return _answer(request, orjson.dumps(rxdb.push(self.actor, kind, body)))


def _pull_body(query: dict[str, str]) -> PullBody:
    """The query as the body of a pull."""
    limit, kinds, cursor = query.get("limit"), query.get("kinds"), query.get("last_pulled_at")
    asked: dict[str, Any] = {"schema": manifest.SCHEMA, "cursor": None}
    if cursor not in (None, "", "null"):
        asked["cursor"] = _number(cursor)
    if limit is not None:
        asked["limit"] = _number(limit)
    if kinds is not None:
        asked["kinds"] = kinds.split(",")
    return _shaped(asked, PullBody)


def _number(text: str | None) -> int | str | None:
    """Digits as a number; anything else stays what it is, for the check of the body."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= DIGITS else text


def _check_room(rows: int) -> None:
    if rows > setting("SYNC_PUSH_ITEMS_MAX"):
        raise Problem("push_too_large", limits=manifest.limits())


def _check_kinds(names: Iterable[str]) -> None:
    unknown = sorted(set(names) - registry.kinds().keys())
    if unknown:
        raise Problem("unknown_kind", kinds=unknown)
