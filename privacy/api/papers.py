"""`/privacy/forms`: blank for whoever hands one out, and the papers of requests, destruction lists and lawful
queries for those who see these."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from edge.documents.answers import file_answer
from edge.documents.faces import FILES, FORMAT, BlankView, FormatQuery, FormsView
from edge.negotiation import OneForm
from edge.views import DomainView, asked_of
from privacy import access
from privacy.papers.forms import PACKAGE
from privacy.serializers.people import LogPaperQuery
from privacy.services import papers


class PrivacyFormsView(FormsView):
    """The forms of this package."""

    policy = access.FORMS
    package = PACKAGE


class PrivacyBlankView(BlankView):
    """A form that names nobody, to be filled in by hand."""

    policy = access.FORMS
    package = PACKAGE


class PaperView(DomainView):
    """A paper of one record, in the format that is asked for."""

    content_negotiation_class = OneForm
    query_form: type[FormatQuery] = FormatQuery

    def allowed_parameters(self) -> frozenset[str]:
        return frozenset(self.query_form().fields)

    def asked(self) -> tuple[dict[str, Any], str]:
        """What else is asked, and the format."""
        asked = asked_of(self.request, self.query_form)
        return asked, asked.pop("format")


class RequestPaperView(PaperView):
    """个人信息请求: what is asked, by whom the identity was checked, until when; answer or refusal."""

    policy = access.REQUEST_PAPERS

    @extend_schema(parameters=[FORMAT], responses=FILES)
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        _, form = self.asked()
        return file_answer(papers.request_paper(actor=self.actor, request_id=pk), form)


class DestructionPaperView(PaperView):
    """销毁清册 by number, class and day, with two lines to sign."""

    policy = access.DESTRUCTION_PAPERS

    @extend_schema(parameters=[FORMAT], responses=FILES)
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        _, form = self.asked()
        return file_answer(papers.destruction_paper(actor=self.actor, list_id=pk), form)


class QueryPaperView(PaperView):
    """依法查询: unit, basis, scope, who approved it; answer or refusal."""

    policy = access.QUERY_PAPERS

    @extend_schema(parameters=[FORMAT], responses=FILES)
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        _, form = self.asked()
        return file_answer(papers.query_paper(actor=self.actor, query_id=pk), form)


class SubjectLogPaperView(PaperView):
    """What happened with one record, printed for its person; what did not fit is said on it."""

    policy = access.SUBJECT_LOG
    query_form = LogPaperQuery

    @extend_schema(parameters=[LogPaperQuery], responses=FILES)
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        asked, form = self.asked()
        return file_answer(papers.log_paper(actor=self.actor, request_id=pk, **asked), form)
