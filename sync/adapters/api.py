"""The addresses that stock clients call. The same services and the same rights as the engine's own."""

from typing import Any

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from edge.conf import setting
from kernel.problems import Problem
from sync import manifest, wire
from sync.adapters import rxdb, serializers, watermelon
from sync.serializers import KIND
from sync.views import FINAL, PhoneView, TakingView

DIGITS = 16
_CURSOR = {"type": "integer", "minimum": 1, "maximum": wire.CURSOR_MAX}
_ROWS = {"type": "integer", "minimum": 1, "maximum": setting("SYNC_PULL_ROWS_MAX")}
_KINDS = {"type": "string", "pattern": "^[a-z_]{1,40}(,[a-z_]{1,40})*$", "example": "screening,visit"}
PULL_QUERY = [
    OpenApiParameter(
        "last_pulled_at", _CURSOR, description="The timestamp of the last answer; none at first"
    ),
    OpenApiParameter("limit", _ROWS, description="Most rows of this page"),
    OpenApiParameter(
        "kinds", _KINDS, description="Tables of the client, with commas; the same for all pulls"
    ),
]


KIND_PATH = OpenApiParameter("kind", {"type": "string", "pattern": KIND}, OpenApiParameter.PATH)


class WatermelonView(TakingView):
    """What WatermelonDB's `synchronize()` calls: GET in `pullChanges`, POST in `pushChanges`."""

    pulls = frozenset({"get"})
    query_params = TakingView.query_params | {"last_pulled_at", "limit", "kinds"}

    @extend_schema(
        operation_id="sync_watermelon_pull", parameters=PULL_QUERY, responses=serializers.WatermelonPull
    )
    def get(self, request: Request) -> HttpResponse:
        asked = wire.asked(_pull_body(request.query_params.dict()))
        self.answered = "stock"
        return wire.answer(request, orjson.dumps(watermelon.pull(self.actor, asked)))

    @extend_schema(
        operation_id="sync_watermelon_push",
        request=serializers.WatermelonPush,
        responses=serializers.WatermelonPushed,
        parameters=[FINAL],
    )
    def post(self, request: Request) -> HttpResponse:
        body = wire.shaped(request.data, watermelon.PushBody)
        wire.check_room(sum(len(c.created) + len(c.updated) + len(c.deleted) for c in body.changes.values()))
        wire.check_kinds(kind for kind, c in body.changes.items() if c.created or c.updated or c.deleted)
        sent = watermelon.sending(self.actor, body)
        results = sent.results(self.take(request, sent.envelope, sent.stated))
        watermelon.undo(self.actor, body)
        self.answered = "stock"
        told = zip(sent.rows, wire.told(results, filed=sent.filed), strict=True)
        named = [result | {"id": str(row.id), "table": row.kind} for row, result in told]
        return wire.answer(request, orjson.dumps({"results": named, **wire.now(self.actor)}))


class RxdbPullView(PhoneView):
    """RxDB's pull handler for the collection of one kind."""

    pulls = frozenset({"post"})

    @extend_schema(
        operation_id="sync_rxdb_pull",
        parameters=[KIND_PATH],
        request=serializers.RxdbPull,
        responses=serializers.RxdbPulled,
    )
    def post(self, request: Request, kind: str) -> HttpResponse:
        body = wire.shaped(request.data, rxdb.PullBody)
        wire.check_kinds({kind})
        most = setting("SYNC_PULL_ROWS_MAX")
        if body.limit > most:
            raise Problem("limit_too_large", maximum=most)
        cursor = None if body.checkpoint is None else wire.cursor(body.checkpoint.c)
        self.answered = "stock"
        return wire.answer(request, orjson.dumps(rxdb.pull(self.actor, kind, cursor, body.limit)))


class RxdbPushView(TakingView):
    """RxDB's push handler for the collection of one kind; the answer is its array of conflicts."""

    @extend_schema(
        operation_id="sync_rxdb_push",
        request=serializers.RxdbPush,
        responses=serializers.RxdbDocument(many=True),
        parameters=[KIND_PATH, FINAL],
    )
    def post(self, request: Request, kind: str) -> HttpResponse:
        body = wire.shaped(request.data, rxdb.PushBody)
        wire.check_room(len(body.rows))
        wire.check_kinds({kind})
        sent = rxdb.sending(self.actor, kind, body)
        results = sent.results(self.take(request, sent.envelope, sent.stated))
        self.answered = "stock"
        return wire.answer(request, orjson.dumps(rxdb.conflicts(self.actor, kind, body, sent.rows, results)))


def _pull_body(query: dict[str, str]) -> wire.PullBody:
    """The query as the body of a pull."""
    limit, kinds, cursor = query.get("limit"), query.get("kinds"), query.get("last_pulled_at")
    asked: dict[str, Any] = {"schema": manifest.SCHEMA, "cursor": None}
    if cursor not in (None, "", "null"):
        asked["cursor"] = _number(cursor)
    if limit is not None:
        asked["limit"] = _number(limit)
    if kinds is not None:
        asked["kinds"] = kinds.split(",")
    return wire.shaped(asked, wire.PullBody)


def _number(text: str | None) -> int | str | None:
    """Digits as a number; anything else stays what it is, for the check of the body."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= DIGITS else text
