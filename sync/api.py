"""The phone's side of the server: manifest, pull, push, receipts. Answers leave as bytes."""

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from edge.renderers import dumps
from edge.views import DomainView
from kernel import clock
from sync import encode, life, manifest, pull, receipts, serializers, wire
from sync.access import PHONES
from sync.items import Envelope
from sync.views import FINAL, PhoneView, TakingView


class ManifestView(DomainView):
    """Limits, kinds with their versions, and which life of the database this is."""

    policy = PHONES

    @extend_schema(operation_id="sync_manifest", responses=serializers.Manifest)
    def get(self, request: Request) -> HttpResponse:
        life.check(self.actor.device_id)
        return wire.answer(request, dumps(manifest.manifest(self.actor)))


class PullView(PhoneView):
    """What changed since a cursor, within what the caller may see now."""

    pulls = frozenset({"post"})

    @extend_schema(
        operation_id="sync_pull", request=serializers.PullRequest, responses=serializers.PullAnswer
    )
    def post(self, request: Request) -> HttpResponse:
        asked = wire.asked(wire.shaped(request.data, wire.PullBody))
        answer = pull.pull(self.actor, asked)
        self.answered = "rows" if answer.rows else "nothing"
        return wire.answer(request, encode.body(self.actor, answer))


class PushView(TakingView):
    """Records made on a phone, up to 1,000: each gets a result of its own. Taken also from too old an app.

    With `?final=1` the session ends once they are stored: the last push before signing out. The one address
    that a terminal may call.
    """

    hears_terminal = True

    @extend_schema(
        operation_id="sync_push",
        request=serializers.PushRequest,
        responses=serializers.PushAnswer,
        parameters=[FINAL],
    )
    def post(self, request: Request) -> HttpResponse:
        envelope = wire.shaped(request.data, Envelope)
        wire.check_schema(envelope.schema)
        results = self.take(request, envelope)
        self.answered = "results"
        filed = any("files" in item for item in envelope.items if isinstance(item, dict))
        body = {"results": wire.told(results, filed=filed), **wire.now(self.actor)}
        return wire.answer(request, orjson.dumps(body))


class ReceiptsView(DomainView):
    """What became of items, after a reinstall or in doubt."""

    policy = PHONES

    @extend_schema(
        operation_id="sync_receipts",
        request=serializers.ReceiptsRequest,
        responses=serializers.ReceiptsAnswer,
    )
    def post(self, request: Request) -> HttpResponse:
        ids = wire.shaped(request.data, receipts.Asked).ids
        wire.check_room(len(ids))
        life.check(self.actor.device_id)
        told = receipts.told(self.actor, ids)
        found = {receipt["id"] for receipt in told}
        body = {
            "receipts": told,
            "unknown": [id_ for id_ in ids if id_ not in found],
            "server_time": clock.now().isoformat(),
        }
        return wire.answer(request, orjson.dumps(body))
