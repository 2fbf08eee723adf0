"""Reviews after missed contacts, and searches (CCL-30, CCM-38)."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters
from corrections.api.rows import Rows
from corrections.search_codes import TakenOut
from corrections.searching import Out
from corrections.serializers import searches as forms
from corrections.serializers.leaves import TextRequest
from corrections.serializers.people import ReadRequest
from corrections.services import searches as services
from corrections.services.search_ending import search_close
from corrections.services.search_reading import search_read


class _Opening(Rows):
    @extend_schema(request=forms.AskReviewRequest, responses={201: forms.SearchDetail})
    def create(self, request: Request) -> Response:
        """Ask the agency for a review. One that is open already is given back."""
        return self.answer(services.review_ask(actor=self.actor, **self.body(forms.AskReviewRequest)), 201)

    @extend_schema(request=forms.AskReviewRequest, responses={201: forms.SearchDetail})
    @action(detail=False, methods=["post"], url_path="at-once")
    def at_once(self, request: Request) -> Response:
        """The agency opens a search at once, with its reason; no attempt has to come first."""
        row = services.search_at_once(actor=self.actor, **self.body(forms.AskReviewRequest))
        return self.answer(row, 201)

    @extend_schema(request=forms.LogRequest, responses={201: forms.SearchDetail})
    @action(detail=True, methods=["post"])
    def log(self, request: Request, pk: Any) -> Response:
        return self.act(services.search_log, forms.LogRequest, pk, 201)


class _Answering(Rows):
    @extend_schema(request=TextRequest, responses=forms.SearchDetail)
    @action(detail=True, methods=["post"])
    def explain(self, request: Request, pk: Any) -> Response:
        return self.act(services.search_explain, TextRequest, pk)

    @extend_schema(request=TextRequest, responses=forms.SearchDetail)
    @action(detail=True, methods=["post"], url_path="consider-admonition")
    def consider_admonition(self, request: Request, pk: Any) -> Response:
        """Closes the review; an admonition itself is a decision with the person's word first."""
        return self.act(services.search_consider_admonition, TextRequest, pk)

    @extend_schema(request=TextRequest, responses=forms.SearchDetail)
    @action(detail=True, methods=["post"])
    def lose(self, request: Request, pk: Any) -> Response:
        """Lost contact: the agency says so, with its reason."""
        return self.act(services.search_lose, TextRequest, pk)

    @extend_schema(request=forms.ToldRequest, responses=forms.SearchDetail)
    @action(detail=True, methods=["post"])
    def told(self, request: Request, pk: Any) -> Response:
        return self.act(services.search_told, forms.ToldRequest, pk)


class _Ending(Rows):
    """How it came out, and the days that an officer counts."""

    @extend_schema(request=forms.SearchEndRequest, responses=forms.SearchDetail)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: Any) -> Response:
        """A death ends the correction with it, a detention suspends what is due."""
        ending = services.Ending(**self.body(forms.SearchEndRequest))
        return self.answer(search_close(actor=self.actor, search_id=pk, ending=ending))

    @extend_schema(request=forms.CountRequest, responses={201: forms.SearchDetail})
    @action(detail=True, methods=["post"], url_path="count-days")
    def count_days(self, request: Request, pk: Any) -> Response:
        """An officer counts days from stated dates; hospital, detention, leave and our outages are out."""
        body = self.body(forms.CountRequest)
        outs = [
            Out(TakenOut(out["kind"]), out["first_day"], out["last_day"], out["document_no"])
            for out in body.pop("taken_out", [])
        ]
        services.days_count(actor=self.actor, search_id=pk, outs=outs, **body)
        return self.answer(self.get_object(), 201)


class SearchViewSet(_Opening, _Answering, _Ending):
    """Reviews and searches, with the log, the attempts and the days as officers counted them."""

    policy = access.SEARCHES
    serializer_class = forms.SearchRow
    detail_serializer_class = forms.SearchDetail
    filterset_class = filters.SearchFilter
    key = "search_id"

    def rows(self) -> QuerySet[Any]:
        rows = access.searches_visible_to(self.actor)
        return (
            rows
            if self.action == "list"
            else rows.select_related("contact").prefetch_related("entries", "counts")
        )

    @extend_schema(request=ReadRequest, responses=forms.SearchClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        return Response(search_read(actor=self.actor, search_id=pk, **self.body(ReadRequest)))
