"""`/offline-pack`: what a phone needs to draw its map without a network."""

from collections.abc import Mapping
from typing import Any

from django.db.models import BinaryField
from django.db.models.functions import Substr
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from grids.models import Pack, PackPart
from grids.selectors import assigned_grid_ids
from grids.serving import access, ranges
from grids.serving import serializers as forms
from grids.serving.api.base import MapView, document
from kernel import clock
from kernel.problems import Problem

RETRY_S = 60


class _PackView(MapView):
    policy = access.PACK

    def newest(self) -> Pack:
        """The present pack. `not_found` without a grid, `pack_not_ready` when the job has not made it yet."""
        pack = access.packs_visible_to(self.actor).order_by("-made_at", "-id").first()
        if pack is None:
            if not assigned_grid_ids(self.actor.person):
                raise Problem("not_found")
            raise Problem("pack_not_ready", retry_after=RETRY_S)
        return pack


class PackView(_PackView):
    """The pack's manifest: parts with hash and size, when it was made, and the difference to the one before.

    `from`: the `sha256` of the pack that the phone has; then `delta` says what is enough to have this one.
    """

    query_form = forms.PackQuery

    @extend_schema(parameters=[forms.PackQuery], responses=forms.PackSerializer)
    def get(self, request: Request) -> HttpResponseBase:
        pack, held = self.newest(), self.asked().get("from")
        delta = pack.manifest["delta"]
        content = {
            **pack.manifest,
            "sha256": pack.sha256,
            "made_at": pack.made_at.astimezone(clock.TZ).isoformat(),
            "delta": delta if delta and delta["from"] == held else None,
        }
        answer = document(request, content)
        answer.headers["Age"] = str(int((clock.now() - pack.made_at).total_seconds()))
        return answer


class PartView(_PackView):
    """One file by the hash of its content; any byte range of it, as often as the network breaks."""

    @extend_schema(
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            (206, "application/octet-stream"): OpenApiTypes.BINARY,
            304: None,
        }
    )
    def get(self, request: Request, sha256: str) -> HttpResponseBase:
        mine = access.packs_visible_to(self.actor).filter(parts__contains=[sha256])
        part = PackPart.objects.filter(sha256=sha256).defer("body").first() if mine.exists() else None
        if part is None:
            raise Problem("not_found")
        return _sent(request.headers, part)


def _sent(asked: Mapping[str, str], part: PackPart) -> HttpResponse:
    tag = f'"{part.sha256}"'
    headers = {"ETag": tag, "Accept-Ranges": "bytes", "Cache-Control": "private, no-cache"}
    if tag in asked.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    try:
        span = ranges.span(asked.get("Range", ""), asked.get("If-Range", ""), tag, part.size)
    except ranges.NotSatisfiableError as error:
        raise Problem("range_not_satisfiable", size=part.size) from error
    if span is None:
        return HttpResponse(_bytes(part, ranges.Span(0, part.size - 1)), part.media_type, headers=headers)
    headers["Content-Range"] = f"bytes {span.first}-{span.last}/{part.size}"
    return HttpResponse(_bytes(part, span), part.media_type, 206, headers=headers)


def _bytes(part: PackPart, span: ranges.Span) -> bytes:
    """Only the bytes that are sent leave the database."""
    cut: Any = Substr("body", span.first + 1, span.length, output_field=BinaryField())
    return bytes(PackPart.objects.filter(pk=part.pk).values_list(cut, flat=True).get())
