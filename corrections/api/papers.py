"""`/corrections/forms`: blank for everybody in corrections, filled from the records of one person, and of one
complaint by those to whom it exists."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from corrections import access
from corrections.papers.forms import PACKAGE
from corrections.serializers.papers import FilledPaperRequest, SubjectPaperRequest
from corrections.services.papers import (
    assessment_paper,
    complaint_paper,
    delegation_paper,
    opinion_paper,
    paper_fill,
)
from edge.documents.answers import file_answer
from edge.documents.faces import FILES, KEY, BlankView, FormatQuery, FormsView
from edge.negotiation import OneForm
from edge.views import DomainView


class CorrectionFormsView(FormsView):
    """The forms of this package, in the order of a file."""

    policy = access.FORMS
    package = PACKAGE


class CorrectionBlankView(BlankView):
    """A form that names nobody, to be filled in by hand."""

    policy = access.FORMS
    package = PACKAGE


class _PaperView(DomainView):
    content_negotiation_class = OneForm

    def asked(self, form: type[FormatQuery]) -> tuple[dict[str, Any], str]:
        """The checked body, and the format that it asks for."""
        asked = self.body(form)
        return asked, asked.pop("format")


class SubjectPaperView(_PaperView):
    """A form filled from the person's records; why it is needed stands in the read log."""

    policy = access.SUBJECT_PAPERS

    @extend_schema(request=SubjectPaperRequest, responses=FILES, parameters=[KEY])
    def post(self, request: Request, pk: Any, key: str) -> HttpResponse:
        asked, form = self.asked(SubjectPaperRequest)
        return file_answer(paper_fill(actor=self.actor, subject_id=pk, key=key, **asked), form)


class ComplaintPaperView(_PaperView):
    """The form of a complaint, for the desk, the procurator and whoever answers it."""

    policy = access.COMPLAINT_PAPERS

    @extend_schema(request=FilledPaperRequest, responses=FILES)
    def post(self, request: Request, pk: Any) -> HttpResponse:
        asked, form = self.asked(FilledPaperRequest)
        return file_answer(complaint_paper(actor=self.actor, complaint_id=pk, **asked), form)


class OpinionPaperView(_PaperView):
    """The written reply to an opinion of the procuratorate."""

    policy = access.OPINION_PAPERS

    @extend_schema(request=FilledPaperRequest, responses=FILES)
    def post(self, request: Request, pk: Any) -> HttpResponse:
        asked, form = self.asked(FilledPaperRequest)
        return file_answer(opinion_paper(actor=self.actor, opinion_id=pk, **asked), form)


class AssessmentPaperView(_PaperView):
    """The opinion of a pre-sentence assessment."""

    policy = access.ASSESSMENT_PAPERS

    @extend_schema(request=FilledPaperRequest, responses=FILES)
    def post(self, request: Request, pk: Any) -> HttpResponse:
        asked, form = self.asked(FilledPaperRequest)
        return file_answer(assessment_paper(actor=self.actor, assessment_id=pk, **asked), form)


class DelegationPaperView(_PaperView):
    """The agency's delegation to a station 委托书. It holds nothing of a person, and no purpose is asked."""

    policy = access.DELEGATION_PAPERS

    @extend_schema(request=FormatQuery, responses=FILES)
    def post(self, request: Request, pk: Any) -> HttpResponse:
        _, form = self.asked(FormatQuery)
        return file_answer(delegation_paper(actor=self.actor, delegation_id=pk), form)
