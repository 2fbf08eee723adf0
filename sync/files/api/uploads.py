"""tus 1.0 for phones: core, creation, checksum, expiration, termination."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response

from edge.conf import setting
from edge.views import DomainView
from kernel.problems import Problem
from sync.access import UPLOADING
from sync.files import tus
from sync.files.models import File
from sync.files.services.receiving import receive, upload_begin, upload_end, upload_open
from sync.parsers import PartParser

Header = OpenApiParameter.HEADER
RESUMABLE = OpenApiParameter("Tus-Resumable", str, Header, required=True, enum=[tus.VERSION])
_BYTES = {"type": "integer", "minimum": 0, "maximum": 10**15 - 1}
OFFSET = OpenApiParameter("Upload-Offset", _BYTES, Header, required=True)
_BASE64 = "([A-Za-z0-9+/]{4})+"
_SUM = {"type": "string", "pattern": f"^sha(1|256) {_BASE64}$"}
CHECKSUM = OpenApiParameter("Upload-Checksum", _SUM, Header, description="sha1 or sha256, base64")
LENGTH = OpenApiParameter("Upload-Length", _BYTES, Header, required=True)
_METADATA = {"type": "string", "pattern": f"^id {_BASE64}$", "maxLength": 4096}
METADATA = OpenApiParameter(
    "Upload-Metadata", _METADATA, Header, required=True, description="`id` and the base64 of the file's id"
)


class TusView(DomainView):
    """What every answer of tus carries, and the version that every question has to name."""

    policy = UPLOADING
    parser_classes = (PartParser,)
    without_body = frozenset({"delete"})

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != tus.VERSION:
            raise Problem("tus_version", versions=[tus.VERSION])

    def handle_exception(self, exc: Exception) -> Response:
        wrong_type = isinstance(exc, UnsupportedMediaType)
        return super().handle_exception(Problem("upload_media_type") if wrong_type else exc)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Tus-Resumable"] = response["Tus-Version"] = tus.VERSION
        response["Cache-Control"] = "no-store"
        return response

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = HttpResponse(status=204)
        answer["Tus-Extension"] = tus.EXTENSIONS
        answer["Tus-Max-Size"] = str(setting("SYNC_FILE_BYTES_MAX"))
        answer["Tus-Checksum-Algorithm"] = ",".join(tus.ALGORITHMS)
        return answer


class UploadsView(TusView):
    """Begin an upload of a file that a pushed record has declared."""

    @extend_schema(
        operation_id="sync_file_begin", parameters=[RESUMABLE, LENGTH, METADATA], request=None,
        responses={201: None},
    )  # fmt: skip
    def post(self, request: Request) -> HttpResponse:
        if "Upload-Defer-Length" in request.headers:
            raise Problem("tus_header", "Upload-Defer-Length")
        length = tus.number("Upload-Length", request.headers.get("Upload-Length"))
        if length > setting("SYNC_FILE_BYTES_MAX"):
            raise Problem("file_too_large", limit=setting("SYNC_FILE_BYTES_MAX"))
        said = tus.metadata(request.headers.get("Upload-Metadata", ""))
        file = upload_begin(actor=self.actor, file_id=_id(said.get("id", "")), length=length)
        answer = _standing(HttpResponse(status=201), file)
        answer["Location"] = f"{request.path}/{file.id}"
        return answer


class UploadView(TusView):
    """One upload: where it stands, its next part, its end."""

    @extend_schema(exclude=True)
    def head(self, request: Request, pk: UUID) -> HttpResponse:
        file = upload_open(self.actor, pk)
        answer = _standing(HttpResponse(), file)
        answer["Upload-Length"] = str(file.size)
        return answer

    @extend_schema(
        operation_id="sync_file_part", parameters=[RESUMABLE, OFFSET, CHECKSUM],
        request={tus.MEDIA_TYPE: OpenApiTypes.BINARY}, responses={204: None},
    )  # fmt: skip
    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        offset = tus.number("Upload-Offset", request.headers.get("Upload-Offset"))
        checksum = tus.checksum(request.headers.get("Upload-Checksum"))
        file = receive(
            actor=self.actor, file_id=pk, offset=offset, length=_length(request),
            read=request._request.read, checksum=checksum,
        )  # fmt: skip
        return _standing(HttpResponse(status=204), file)

    @extend_schema(operation_id="sync_file_end", parameters=[RESUMABLE], request=None, responses={204: None})
    def delete(self, request: Request, pk: UUID) -> HttpResponse:
        upload_end(actor=self.actor, file_id=pk)
        return HttpResponse(status=204)

    @extend_schema(exclude=True)
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """For networks that let neither PATCH nor DELETE pass (`X-HTTP-Method-Override`)."""
        acts = {"PATCH": self.patch, "DELETE": self.delete, "HEAD": self.head}
        act = acts.get(request.headers.get("X-HTTP-Method-Override", "").upper())
        if act is None:
            raise Problem("method_not_allowed")
        return act(request, pk)


def _length(request: Request) -> int:
    """Bytes of the part. Problems `upload_media_type`, `upload_length_required`."""
    if request.content_type.split(";")[0].strip() != tus.MEDIA_TYPE:
        raise Problem("upload_media_type")
    if "CONTENT_LENGTH" not in request.META:
        raise Problem("upload_length_required")
    return tus.number("Content-Length", request.META["CONTENT_LENGTH"] or "0")


def _standing(answer: HttpResponse, file: File) -> HttpResponse:
    answer["Upload-Offset"] = str(file.offset)
    if file.expires_at is not None:
        answer["Upload-Expires"] = tus.expires(file.expires_at)
    return answer


def _id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as error:
        raise Problem("tus_header", "Upload-Metadata: id") from error
