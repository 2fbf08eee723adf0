"""`/mediation/notes`, `caucus-notes` and `documents`: what is written about a case, and shown to whom."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.views import DomainView
from kernel.problems import Problem
from mediation import table_access as access
from mediation import table_filters as filters
from mediation.api.face import Acts, asked_of_service
from mediation.models import CaucusNote, Document, Note
from mediation.serializers import notes as forms
from mediation.serializers.cases import PurposeSerializer
from mediation.serializers.sessions import RevealedSerializer
from mediation.services import caucus, documents, notes
from mediation.table_selectors import papers_shown
from sync.files.contents import chunks
from sync.parsers import OctetParser

SEEN = {(200, "image/*"): OpenApiTypes.BINARY, (200, "application/pdf"): OpenApiTypes.BINARY}


class NoteViewSet(ListModelMixin, RetrieveModelMixin, Acts):
    """Notes of a case. Lists show that there are some; the words are read one by one."""

    policy = access.NOTES
    serializer_class = forms.CaseNoteSerializer
    filterset_class = filters.NoteFilter

    every: ClassVar[QuerySet[Any]] = papers_shown(Note.objects.all())

    def rows(self) -> QuerySet[Any]:
        return papers_shown(access.visible_notes(self.actor))

    @extend_schema(request=forms.CaseNoteBodySerializer, responses={201: forms.CaseNoteSerializer})
    def create(self, request: Request) -> Response:
        return self.made(notes.note_write, **self.body(forms.CaseNoteBodySerializer))

    @extend_schema(request=PurposeSerializer, responses=RevealedSerializer)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: UUID) -> Response:
        text = notes.note_text(actor=self.actor, note_id=pk, **self.body(PurposeSerializer))
        return Response(RevealedSerializer({"text": text}).data)


class CaucusViewSet(ListModelMixin, RetrieveModelMixin, Acts):
    """What a party said alone: for its mediator, and for nobody else."""

    policy = access.CAUCUS
    serializer_class = forms.CaucusNoteSerializer
    filterset_class = filters.CaucusFilter

    every: ClassVar[QuerySet[CaucusNote]] = CaucusNote.objects.all()

    def rows(self) -> QuerySet[CaucusNote]:
        return access.visible_caucus(self.actor)

    @extend_schema(request=forms.CaucusBodySerializer, responses={201: forms.CaucusNoteSerializer})
    def create(self, request: Request) -> Response:
        return self.made(caucus.caucus_write, **self.body(forms.CaucusBodySerializer))

    @extend_schema(request=PurposeSerializer, responses=RevealedSerializer)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: UUID) -> Response:
        given = self.body(PurposeSerializer)
        note = caucus.caucus_read(actor=self.actor, note_id=pk, **given)
        return Response(RevealedSerializer({"text": caucus.caucus_text(note)}).data)

    @extend_schema(request=forms.CaucusWordBodySerializer, responses={201: forms.CaucusWordSerializer})
    @action(detail=False, methods=["post"])
    def words(self, request: Request) -> Response:
        given = self.body(forms.CaucusWordBodySerializer)
        word, headers = asked_of_service(caucus.caucus_word, actor=self.actor, **given)
        return Response(forms.CaucusWordSerializer(word).data, status=201, headers=headers)


class DocumentViewSet(ListModelMixin, RetrieveModelMixin, Acts):
    """Papers of a case. Title and picture are read one by one."""

    policy = access.DOCUMENTS
    serializer_class = forms.CaseDocumentSerializer
    filterset_class = filters.DocumentFilter

    every: ClassVar[QuerySet[Any]] = papers_shown(Document.objects.select_related("blob"))

    def rows(self) -> QuerySet[Any]:
        return papers_shown(access.visible_documents(self.actor).select_related("blob"))

    @extend_schema(request=forms.CaseDocumentBodySerializer, responses={201: forms.CaseDocumentSerializer})
    def create(self, request: Request) -> Response:
        given = self.body(forms.CaseDocumentBodySerializer)
        names = ("id", "case_id", "visibility", "party_id")
        place = {name: given.pop(name) for name in names if name in given}
        return self.made(documents.document_add, paper=documents.Paper(**given), **place)

    @extend_schema(request=PurposeSerializer, responses=RevealedSerializer)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: UUID) -> Response:
        given = self.body(PurposeSerializer)
        document = documents.document_read(actor=self.actor, document_id=pk, **given)
        return Response(RevealedSerializer({"text": documents.document_title(document)}).data)

    @extend_schema(request=PurposeSerializer, responses=SEEN)
    @action(detail=True, methods=["post"])
    def content(self, request: Request, pk: UUID) -> StreamingHttpResponse:
        """查阅材料原件: the picture or PDF itself, against one row in the read log."""
        given = self.body(PurposeSerializer)
        return picture_answer(documents.document_read(actor=self.actor, document_id=pk, **given))


class DocumentFileView(DomainView):
    """The picture of an entered paper, or the paper as PDF."""

    policy = access.DOCUMENT_FILE
    parser_classes = (OctetParser,)

    @extend_schema(
        operation_id="mediation_document_upload", request={OctetParser.media_type: OpenApiTypes.BINARY},
        responses=forms.CaseDocumentSerializer,
    )  # fmt: skip
    def put(self, request: Request, pk: UUID) -> Response:
        """JPEG, PNG, WebP or PDF as the body. The same bytes again are answered with the same."""
        documents.document_upload(actor=self.actor, document_id=pk, read=request._request.read)
        row = DocumentViewSet.every.get(pk=pk)
        return Response(forms.CaseDocumentSerializer(row).data)


def picture_answer(document: Document) -> StreamingHttpResponse:
    """The picture or paper made for reading, never the bytes as they came."""
    if document.blob is None:
        raise Problem("file_not_ready")
    answer = StreamingHttpResponse(
        chunks(document.blob, original=False), content_type=document.blob.served_type
    )
    suffix = document.blob.served_type.rsplit("/", 1)[-1]
    answer["Content-Disposition"] = f'inline; filename="{document.pk}.{suffix}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
