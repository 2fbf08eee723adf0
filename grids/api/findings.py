"""A validation report as a table, on a map, and as a picture; of imports and of releases."""

from typing import Any
from uuid import UUID

import orjson
import shapely
from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from edge.pagination import PAGE_PARAMETERS
from edge.views import DomainViewSet, asked_of
from grids.faults import Severity
from grids.importing.picture import Mark, draw
from grids.models import Finding
from grids.serializers import releases as forms

DRAWN = 2000
OUTLINES = 20_000


class WithFindings(DomainViewSet):
    """`found(row)` gives the findings of a record, `outlines(row)` what is drawn in grey."""

    def found(self, row: Any) -> QuerySet[Finding]:
        raise AssertionError(f"{type(self).__name__} has no findings")

    def outlines(self, row: Any) -> list[shapely.Geometry]:
        return []

    def allowed_parameters(self) -> frozenset[str]:
        more = PAGE_PARAMETERS | {"severity", "kind"} if self.action == "findings" else frozenset()
        return super().allowed_parameters() | more

    @extend_schema(parameters=[forms.FindingQuery], responses=forms.BoundaryFindingSerializer(many=True))
    @action(detail=True, methods=["get"])
    def findings(self, request: Request, pk: UUID) -> Response:
        """The report, line by line, in pages."""
        asked = asked_of(request, forms.FindingQuery)
        rows = self.found(self.get_object())
        rows = rows.filter(**{name: asked[name] for name in ("severity", "kind") if name in asked})
        return self.get_paginated_response(
            forms.BoundaryFindingSerializer(self.paginate_queryset(rows), many=True).data
        )

    @extend_schema(responses={(200, "application/geo+json"): forms.FindingCollectionSerializer})
    @action(detail=True, methods=["get"], url_path="findings-map")
    def findings_map(self, request: Request, pk: UUID) -> HttpResponse:
        """The report as GeoJSON: what a map shows beside the file."""
        rows = forms.BoundaryFindingSerializer(self.found(self.get_object()), many=True).data
        features = [
            {"type": "Feature", "geometry": row.pop("geometry"), "properties": row} for row in map(dict, rows)
        ]
        body = orjson.dumps({"type": "FeatureCollection", "features": features})
        return HttpResponse(body, content_type="application/geo+json")

    @extend_schema(responses={(200, "image/png"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], url_path="findings-picture")
    def findings_picture(self, request: Request, pk: UUID) -> HttpResponse:
        """The report as a PNG: shapes in grey, errors in red, warnings in orange, with their rows."""
        row = self.get_object()
        marks = [_mark(finding) for finding in self.found(row).filter(geom__isnull=False)[:DRAWN]]
        return HttpResponse(draw(self.outlines(row), marks), content_type="image/png")


def _mark(finding: Finding) -> Mark:
    label = str(finding.row or finding.code)
    return shapely.from_wkb(bytes(finding.geom.wkb)), Severity(finding.severity), f"{label} {finding.kind}"
