"""`/corrections/forms`: blank for everybody in corrections, filled for one person."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from corrections import access
from corrections.papers.forms import PACKAGE
from corrections.serializers.papers import SubjectPaperRequest
from corrections.services.papers import paper_fill
from edge.documents.answers import file_answer
from edge.documents.faces import FILES, KEY, BlankView, FormsView
from edge.negotiation import OneForm
from edge.views import DomainView


class CorrectionFormsView(FormsView):
    policy = access.FORMS
    package = PACKAGE


class CorrectionBlankView(BlankView):
    policy = access.FORMS
    package = PACKAGE


class SubjectPaperView(DomainView):
    """A form with the person's name, orders and term; why it is needed stands in the read log."""

    policy = access.SUBJECT_PAPERS
    content_negotiation_class = OneForm

    @extend_schema(request=SubjectPaperRequest, responses=FILES, parameters=[KEY])
    def post(self, request: Request, pk: Any, key: str) -> HttpResponse:
        body = SubjectPaperRequest(data=request.data)
        body.is_valid(raise_exception=True)
        asked = dict(body.validated_data)
        form = asked.pop("format")
        return file_answer(paper_fill(actor=self.actor, subject_id=pk, key=key, **asked), form)
