"""Change of the place of execution, and what the procuratorate says."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters, services
from corrections.api.rows import SteppedRows
from corrections.opinions import Followed, OpinionKind
from corrections.serializers import endings as forms
from corrections.serializers.decisions import BecauseRequest, OnRequest
from corrections.serializers.people import ReadRequest


class _Asked(SteppedRows):
    """Until the new agency has answered."""

    @extend_schema(request=forms.TransferRequest, responses={201: forms.TransferRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.TransferRequest)
        subject_id = body.pop("subject")
        row = services.transfer_ask(actor=self.actor, subject_id=subject_id, wanted=services.Move(**body))
        return self.answer(row, 201)

    @extend_schema(request=forms.TransferDecision, responses=forms.TransferRow)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: Any) -> Response:
        """The new agency's answer."""
        return self.act(services.transfer_decide, pk, **self.body(forms.TransferDecision))

    @extend_schema(request=OnRequest, responses=forms.TransferRow)
    @action(detail=True, methods=["post"])
    def told(self, request: Request, pk: Any) -> Response:
        """The person was told of the refusal."""
        return self.act(services.transfer_told, pk, **self.body(OnRequest))

    @extend_schema(request=BecauseRequest, responses=forms.TransferRow)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any) -> Response:
        return self.act(services.transfer_withdraw, pk, **self.body(BecauseRequest))

    def act(self, service: Any, pk: Any, **said: Any) -> Response:
        return self.answer(service(actor=self.actor, transfer_id=pk, **said))


class TransferViewSet(_Asked):
    """Changes of the place of execution 执行地变更."""

    policy = access.TRANSFERS
    serializer_class = forms.TransferRow
    filterset_class = filters.TransferFilter

    def rows(self) -> QuerySet[Any]:
        return access.transfers_visible_to(self.actor)

    @extend_schema(request=forms.ReceivedOnRequest, responses=forms.TransferRow)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: Any) -> Response:
        """The person has the decision."""
        return self.act(services.transfer_move, pk, **self.body(forms.ReceivedOnRequest))

    @extend_schema(request=OnRequest, responses=forms.TransferRow)
    @action(detail=True, methods=["post"], url_path="file-sent")
    def file_sent(self, request: Request, pk: Any) -> Response:
        return self.act(services.transfer_file_sent, pk, **self.body(OnRequest))

    @extend_schema(request=OnRequest, responses=forms.TransferRow)
    @action(detail=True, methods=["post"])
    def receipt(self, request: Request, pk: Any) -> Response:
        """The new agency has the file; positioning, permits and leave end here."""
        return self.act(services.transfer_receipt, pk, **self.body(OnRequest))

    @extend_schema(request=OnRequest, responses=forms.TransferRow)
    @action(detail=True, methods=["post"])
    def report(self, request: Request, pk: Any) -> Response:
        return self.act(services.transfer_report, pk, **self.body(OnRequest))

    @extend_schema(request=BecauseRequest, responses=forms.TransferRow)
    @action(detail=True, methods=["post"], url_path="not-arrived")
    def not_arrived(self, request: Request, pk: Any) -> Response:
        return self.act(services.transfer_not_arrived, pk, **self.body(BecauseRequest))


class OpinionViewSet(SteppedRows):
    """Opinions 检察意见 and suggestions 检察建议, each with its written reply."""

    policy = access.OPINIONS
    serializer_class = forms.OpinionRow
    filterset_class = filters.OpinionFilter

    def rows(self) -> QuerySet[Any]:
        return access.opinions_visible_to(self.actor)

    @extend_schema(request=forms.OpinionRequest, responses={201: forms.OpinionRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.OpinionRequest)
        body |= {"kind": OpinionKind(body["kind"]), "agency_id": body.pop("agency")}
        body["subject_id"] = body.pop("subject", None)
        return self.answer(services.opinion_issue(actor=self.actor, **body), 201)

    @extend_schema(request=forms.ReplyRequest, responses=forms.OpinionRow)
    @action(detail=True, methods=["post"])
    def reply(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.ReplyRequest)
        body["followed"] = Followed(body["followed"])
        return self.answer(services.opinion_reply(actor=self.actor, opinion_id=pk, **body))

    @extend_schema(request=ReadRequest, responses=forms.OpinionClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body = self.body(ReadRequest)
        return Response(services.opinion_read(actor=self.actor, opinion_id=pk, **body))
