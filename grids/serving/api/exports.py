"""`/map-exports`: shapes as a file."""

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from edge.negotiation import OneForm
from edge.views import DomainView
from grids.services.map_exports import map_export
from grids.serving import access, files
from grids.serving import serializers as forms


class MapExportView(DomainView):
    """The shapes that the caller sees as a GeoPackage, GeoJSON, FlatGeobuf or CSV file; each is in the trail.

    `X-Export-Id` is the number of this copy, which also stands in its name.
    """

    policy = access.EXPORTS
    content_negotiation_class = OneForm

    @extend_schema(
        request=forms.ExportRequest,
        responses={
            (200, form.media_type.split(";")[0]): OpenApiTypes.BINARY for form in files.FORMATS.values()
        },
    )
    def post(self, request: Request) -> FileResponse:
        asked = self.body(forms.ExportRequest)
        made = map_export(actor=self.actor, layer=asked["layer"], form=asked["format"], at=asked.get("at"))
        headers = {"X-Export-Id": str(made.id), "X-Export-Rows": str(made.rows), "Cache-Control": "no-store"}
        media_type = files.FORMATS[asked["format"]].media_type
        return FileResponse(
            made.file, as_attachment=True, filename=made.name, content_type=media_type, headers=headers
        )
