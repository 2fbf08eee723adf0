"""`/boundary-imports`: declare a boundary file, upload it, watch the job, read the report."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from audit.replays import Replays
from edge.conf import setting
from edge.views import DomainView, asked_of
from grids import access
from grids.api.findings import WithFindings
from grids.importing import template
from grids.models import BoundaryImport, Finding
from grids.serializers import releases as forms
from grids.services import imports as services
from sync.parsers import OctetParser


class ImportViewSet(Replays, ListModelMixin, RetrieveModelMixin, WithFindings):
    """Imports of boundary files into the own area."""

    policy = access.MAP_MAKERS
    serializer_class = forms.ImportSerializer

    def rows(self) -> QuerySet[BoundaryImport]:
        return access.imports_visible_to(self.actor).order_by("-created_at", "id")

    def found(self, row: Any) -> QuerySet[Finding]:
        return Finding.objects.filter(release=row.release) if row.release_id else self._own(row)

    def _own(self, row: Any) -> QuerySet[Finding]:
        return Finding.objects.filter(of_import=row)

    @extend_schema(request=forms.ImportRequest, responses={201: forms.ImportSerializer})
    def create(self, request: Request) -> Response:
        """Say what is going to be uploaded; then `PUT …/{id}/file`."""
        said = self.body(forms.ImportRequest)
        row = services.import_declare(
            actor=self.actor, import_id=said.pop("id"), declaration=services.Declaration(**said)
        )
        return Response(forms.ImportSerializer(row).data, status=201, headers=self.replayed())


class ImportFileView(Replays, DomainView):
    """The bytes of a declared file."""

    policy = access.MAP_MAKERS
    parser_classes = (OctetParser,)

    @extend_schema(
        operation_id="boundary_import_upload", request={OctetParser.media_type: OpenApiTypes.BINARY},
        responses=forms.ImportSerializer,
    )  # fmt: skip
    def put(self, request: Request, pk: UUID) -> Response:
        """Upload the file: the import is queued. Sent again it is answered with where the import stands."""
        row = services.import_upload(actor=self.actor, import_id=pk, read=request._request.read)
        return Response(forms.ImportSerializer(row).data, headers=self.replayed())


class TemplateView(DomainView):
    """A file to start from."""

    policy = access.MAP_MAKERS
    query_params = frozenset({"level"})

    @extend_schema(
        operation_id="boundary_import_template", parameters=[forms.TemplateQuery],
        responses={(200, "application/geopackage+sqlite3"): OpenApiTypes.BINARY},
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        """A GeoPackage with the fields of a level and one example row."""
        level = asked_of(request, forms.TemplateQuery)["level"]
        with tempfile.TemporaryDirectory(prefix="gridgov-template-") as folder:
            path = Path(folder) / "template.gpkg"
            template.write(path, level, setting("GRID_SERIAL_DIGITS"))
            body = path.read_bytes()
        name = f'attachment; filename="boundary-{level}.gpkg"'
        return HttpResponse(
            body, content_type="application/geopackage+sqlite3", headers={"Content-Disposition": name}
        )
