"""Complaints by their own door, and the word of a second decider."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters, services
from corrections.api.rows import Rows
from corrections.complaints import Burden, ComplaintWay
from corrections.serializers import complaints as forms
from corrections.serializers.decisions import (
    AnswerRequest,
    BecauseRequest,
    SecondClear,
    SecondRequest,
    SecondRow,
)
from corrections.serializers.people import ReadRequest
from edge.serializers import NothingSerializer


class _AtTheDesk(Rows):
    """Receiving and passing on."""

    @extend_schema(request=forms.ComplaintRequest, responses={201: forms.ComplaintRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.ComplaintRequest)
        told = services.Told(way=ComplaintWay(body.pop("way")), **body)
        return self.answer(services.complaint_receive(actor=self.actor, told=told), 201)

    @extend_schema(request=forms.AssignRequest, responses=forms.ComplaintRow)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: Any) -> Response:
        """To somebody outside of the officer's units."""
        user = self.body(forms.AssignRequest)["user"]
        return self.answer(services.complaint_assign(actor=self.actor, complaint_id=pk, user_id=user))

    @extend_schema(request=forms.ComplaintLinkRequest, responses=forms.ComplaintRow)
    @action(detail=True, methods=["post"])
    def link(self, request: Request, pk: Any) -> Response:
        """Whose complaint it is, said by the procurator."""
        subject = self.body(forms.ComplaintLinkRequest)["subject"]
        return self.answer(services.complaint_link(actor=self.actor, complaint_id=pk, subject_id=subject))

    @extend_schema(request=forms.ComplaintPassOnRequest, responses=forms.ComplaintRow)
    @action(detail=True, methods=["post"], url_path="pass-on")
    def pass_on(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.ComplaintPassOnRequest)
        return self.answer(services.complaint_pass_on(actor=self.actor, complaint_id=pk, **body))


class ComplaintViewSet(_AtTheDesk):
    """Complaints 投诉. For the officer one is about it does not exist."""

    policy = access.COMPLAINTS
    serializer_class = forms.ComplaintRow
    filterset_class = filters.ComplaintFilter

    def rows(self) -> QuerySet[Any]:
        return access.complaints_visible_to(self.actor)

    @extend_schema(request=BecauseRequest, responses=forms.ComplaintRow)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any) -> Response:
        body = self.body(BecauseRequest)
        return self.answer(services.complaint_withdraw(actor=self.actor, complaint_id=pk, **body))

    @extend_schema(request=AnswerRequest, responses=forms.ComplaintRow)
    @action(detail=True, methods=["post"], url_path="answer")
    def answer_it(self, request: Request, pk: Any) -> Response:
        """The written answer, by whoever it was assigned to."""
        body = self.body(AnswerRequest)
        words, day = body["text"], body["answered_on"]
        act = services.complaint_answer
        return self.answer(act(actor=self.actor, complaint_id=pk, words=words, answered_on=day))

    @extend_schema(request=NothingSerializer, responses=forms.ComplaintRow)
    @action(detail=True, methods=["post"], url_path="tell-procurator")
    def tell_procurator(self, request: Request, pk: Any) -> Response:
        self.body(NothingSerializer)
        return self.answer(services.complaint_tell_procurator(actor=self.actor, complaint_id=pk))

    @extend_schema(request=ReadRequest, responses=forms.ComplaintClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body = self.body(ReadRequest)
        return Response(services.complaint_read(actor=self.actor, complaint_id=pk, **body))


class _Answered(Rows):
    """What becomes of a question: agreed to, declined, or taken back."""

    @extend_schema(request=BecauseRequest, responses=SecondRow)
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, pk: Any) -> Response:
        return self._answered(pk, agree=True)

    @extend_schema(request=BecauseRequest, responses=SecondRow)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: Any) -> Response:
        return self._answered(pk, agree=False)

    @extend_schema(request=BecauseRequest, responses=SecondRow)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any) -> Response:
        """By whoever asked, while nobody has answered."""
        reason = self.body(BecauseRequest)["reason"]
        act = services.second_decision_withdraw
        return self.answer(act(actor=self.actor, second_id=pk, reason=reason))

    def _answered(self, pk: Any, *, agree: bool) -> Response:
        reason = self.body(BecauseRequest)["reason"]
        act = services.second_decision_answer
        return self.answer(act(actor=self.actor, second_id=pk, agree=agree, reason=reason))


class SecondViewSet(_Answered):
    """Second deciders: somebody of another unit decides beside an officer about one burdening act."""

    policy = access.SECONDS
    serializer_class = SecondRow
    filterset_class = filters.SecondFilter

    def rows(self) -> QuerySet[Any]:
        return access.seconds_visible_to(self.actor)

    @extend_schema(request=SecondRequest, responses={201: SecondRow})
    def create(self, request: Request) -> Response:
        body = self.body(SecondRequest)
        act, subject = Burden(body["act"]), body["subject"]
        ask = services.second_decision_ask
        return self.answer(ask(actor=self.actor, subject_id=subject, act=act, about=body["about"]), 201)

    @extend_schema(request=ReadRequest, responses=SecondClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body = self.body(ReadRequest)
        return Response(services.second_decision_read(actor=self.actor, second_id=pk, **body))
