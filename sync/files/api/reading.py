"""What staff and phones see of files: the list of a record, links, bytes; and the mark of a review."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authentication import BearerAuthentication
from edge.views import DomainView
from kernel.problems import Problem
from privacy.services import read_logged
from sync.files import access, contents, links
from sync.files.api.serializers import FileListSerializer, FileSerializer, LinkRequest, LinkSerializer
from sync.files.models import File
from sync.files.selectors import counts
from sync.files.services.reviewing import file_review

KIND = OpenApiParameter("kind", str, required=True)
RECORD = OpenApiParameter("record", OpenApiTypes.UUID, required=True)


class FilesView(DomainView):
    """The files of one record, all versions, for whoever may read them."""

    policy = access.READING
    query_params = frozenset({"kind", "record"})

    @extend_schema(operation_id="files_list", parameters=[KIND, RECORD], responses=FileListSerializer)
    def get(self, request: Request) -> Response:
        kind, record = request.query_params.get("kind", ""), _uuid(request.query_params.get("record", ""))
        access.check_record(self.actor, kind, record)
        rows = File.objects.filter(kind=kind, record=record).order_by("declared_at", "id")
        found = counts(kind, [record]).get(record)
        return Response(FileListSerializer({"counts": found, "files": rows}).data)


class LinkView(DomainView):
    """A link to the bytes, for two minutes and this session. The original needs purpose and reason."""

    policy = access.READING

    @extend_schema(operation_id="file_link", request=LinkRequest, responses={201: LinkSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        asked = self.body(LinkRequest)
        file, original = access.readable(self.actor, pk), asked["original"]
        if file.blob is None:
            raise Problem("file_not_ready")
        if original:
            read_logged(
                actor=self.actor, subject_kind="file", subject_id=file.id, fields=["original"],
                purpose=asked["purpose"], reason=asked["reason"],
            )  # fmt: skip
        family: Any = request._request.session_id  # type: ignore[attr-defined]  # because authentication set it
        link = links.make(self.actor, family, file.id, original=original)
        href = f"/api/v1/files/{file.id}/content?link={link.token}"
        return Response({"href": href, "expires_at": link.expires_at}, status=201)


class ContentView(DomainView):
    """The bytes behind a link. The record's policy is asked once more."""

    policy = access.READING
    authentication_classes = (links.LinkAuthentication, BearerAuthentication)
    query_params = frozenset({"link"})

    @extend_schema(
        operation_id="file_content", auth=[], parameters=[OpenApiParameter("link", str, required=True)],
        responses={(200, "image/*"): OpenApiTypes.BINARY},
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> HttpResponse | StreamingHttpResponse:
        ticket: Any = request.auth
        if not isinstance(ticket, links.Ticket) or ticket.file != pk:
            raise Problem("link_invalid")
        file = access.readable(self.actor, pk)
        if file.blob is None:
            raise Problem("file_not_ready")
        kind = file.blob.type if ticket.original else file.blob.served_type
        content = contents.chunks(file.blob, original=ticket.original)
        answer = StreamingHttpResponse(content, content_type=kind)
        answer["Content-Disposition"] = contents.disposition(file, kind, original=ticket.original)
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer["Cross-Origin-Resource-Policy"] = "same-origin"
        answer["Referrer-Policy"] = "no-referrer"
        answer["Cache-Control"] = "private, no-store"
        return answer


class ReviewView(DomainView):
    """Mark a file as reviewed evidence."""

    policy = access.REVIEWING
    without_body = frozenset({"post"})

    @extend_schema(operation_id="file_review", request=None, responses=FileSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        return Response(FileSerializer(file_review(actor=self.actor, file_id=pk)).data)


def _uuid(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as error:
        raise Problem("bad_parameter", fields={"record": ["a UUID"]}) from error
