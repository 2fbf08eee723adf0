"""Leave 外出, regular permits, and the delegations under which a station decides."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters
from corrections.api.rows import Rows, SteppedRows
from corrections.serializers import leaves as forms
from corrections.serializers.people import ReadRequest
from corrections.services import leave as services
from corrections.services.searches import leave_review
from edge.serializers import NothingSerializer


class _Asking(Rows):
    """The application, until somebody decides."""

    @extend_schema(request=forms.LeaveRequest, responses={201: forms.LeaveDetail})
    def create(self, request: Request) -> Response:
        """A draft. A place inside the leave area needs no leave and is refused as such."""
        return self._written(services.leave_ask)

    @extend_schema(request=forms.LeaveRequest, responses={201: forms.LeaveDetail})
    @action(detail=False, methods=["post"])
    def emergency(self, request: Request) -> Response:
        """By telephone, at any hour: asked, decided at the own level, papers to follow."""
        return self._written(services.leave_emergency)

    def _written(self, service: Any) -> Response:
        body = self.body(forms.LeaveRequest)
        subject_id = body.pop("subject_id")
        row = service(actor=self.actor, subject_id=subject_id, asked=services.LeaveAsked(**body))
        return self.answer(self.rows().get(pk=row.pk), 201)

    @extend_schema(request=NothingSerializer, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: Any) -> Response:
        return self.act(services.leave_submit, NothingSerializer, pk)

    @extend_schema(request=forms.VerifyRequest, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, pk: Any) -> Response:
        return self.act(services.leave_verify, forms.VerifyRequest, pk)


class _Coming(Rows):
    """Sent back for papers, or taken back by the person."""

    @extend_schema(request=forms.TextRequest, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"], url_path="return-papers")
    def return_papers(self, request: Request, pk: Any) -> Response:
        return self.act(services.leave_return_papers, forms.TextRequest, pk)

    @extend_schema(request=forms.OptionalTextRequest, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any) -> Response:
        return self.act(services.leave_withdraw, forms.OptionalTextRequest, pk)


class _Deciding(Rows):
    """Decisions at the own level."""

    @extend_schema(request=forms.LeaveApproveRequest, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: Any) -> Response:
        return self.act(services.leave_approve, forms.LeaveApproveRequest, pk)

    @extend_schema(request=forms.RefuseRequest, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: Any) -> Response:
        """With code, text and officer; the person is told and may object."""
        return self.act(services.leave_refuse, forms.RefuseRequest, pk)

    @extend_schema(request=forms.TextRequest, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"], url_path="object")
    def raise_objection(self, request: Request, pk: Any) -> Response:
        return self.act(services.leave_object, forms.TextRequest, pk)

    @extend_schema(request=forms.ObjectionRequest, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"], url_path="decide-objection")
    def decide_objection(self, request: Request, pk: Any) -> Response:
        return self.act(services.objection_decide, forms.ObjectionRequest, pk)


class _City(Rows):
    """What only the city decides."""

    @extend_schema(request=forms.ForwardRequest, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"])
    def forward(self, request: Request, pk: Any) -> Response:
        return self.act(services.leave_forward, forms.ForwardRequest, pk)

    @extend_schema(request=forms.CityRequest, responses={201: forms.LeaveDetail})
    @action(detail=True, methods=["post"], url_path="record-city")
    def record_city(self, request: Request, pk: Any) -> Response:
        """Write the city's decision down; another officer confirms it before it takes effect."""
        paper = services.CityPaper(**self.body(forms.CityRequest))
        services.city_record(actor=self.actor, leave_id=pk, paper=paper)
        return self.answer(self.get_object(), 201)

    @extend_schema(request=NothingSerializer, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"], url_path="confirm-city")
    def confirm_city(self, request: Request, pk: Any) -> Response:
        return self.act(services.city_confirm, NothingSerializer, pk)


class _Course(Rows):
    """A leave that runs."""

    @extend_schema(request=forms.CloseRequest, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: Any) -> Response:
        return self.act(services.leave_close, forms.CloseRequest, pk)

    @extend_schema(request=forms.CloseLateRequest, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"], url_path="close-late")
    def close_late(self, request: Request, pk: Any) -> Response:
        return self.act(services.leave_close_late, forms.CloseLateRequest, pk)

    @extend_schema(request=NothingSerializer, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"], url_path="not-used")
    def not_used(self, request: Request, pk: Any) -> Response:
        return self.act(services.leave_not_used, NothingSerializer, pk)

    @extend_schema(request=forms.ExtendRequest, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: Any) -> Response:
        return self.act(services.leave_extend, forms.ExtendRequest, pk)

    @extend_schema(request=forms.OrderBackRequest, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"], url_path="order-back")
    def order_back(self, request: Request, pk: Any) -> Response:
        return self.act(services.leave_order_back, forms.OrderBackRequest, pk)


class _Review(Rows):
    """A leave that is over goes the way of a missed contact."""

    @extend_schema(request=forms.TextRequest, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: Any) -> Response:
        return self.act(leave_review, forms.TextRequest, pk)


class LeaveViewSet(_Asking, _Coming, _Deciding, _City, _Course, _Review, SteppedRows):
    """Leave 外出 with its working, decisions, notices and steps. Words in clear: `reveal`."""

    policy = access.LEAVES
    serializer_class = forms.LeaveRow
    detail_serializer_class = forms.LeaveDetail
    filterset_class = filters.LeaveFilter
    key = "leave_id"

    def rows(self) -> QuerySet[Any]:
        rows = access.leaves_visible_to(self.actor)
        return rows if self.action == "list" else rows.prefetch_related("decisions", "notices")

    @extend_schema(request=forms.LeaveNoticeRequest, responses=forms.LeaveDetail)
    @action(detail=True, methods=["post"], url_path="notice-done")
    def notice_done(self, request: Request, pk: Any) -> Response:
        """A notice went out on a stated day; its task is done with it."""
        return self.act(services.notice_done, forms.LeaveNoticeRequest, pk)

    @extend_schema(request=ReadRequest, responses=forms.LeaveClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        """Destination, reason, proof and texts in clear, for a purpose and with a reason."""
        return Response(services.leave_read(actor=self.actor, leave_id=pk, **self.body(ReadRequest)))


class _PermitActs(SteppedRows):
    """What ends a permit, and its words in clear."""

    @extend_schema(request=forms.TextRequest, responses=forms.PermitRow)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: Any) -> Response:
        return self.act(services.permit_end, forms.TextRequest, pk)

    @extend_schema(request=ReadRequest, responses=forms.PermitClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        return Response(services.permit_read(actor=self.actor, permit_id=pk, **self.body(ReadRequest)))


class PermitViewSet(_PermitActs):
    """Regular permits 经常性跨市县活动 (CCM-29): trips under them are no leave."""

    policy = access.PERMITS
    serializer_class = forms.PermitRow
    filterset_class = filters.PermitFilter
    key = "permit_id"

    def rows(self) -> QuerySet[Any]:
        return access.permits_visible_to(self.actor)

    @extend_schema(request=forms.PermitRequest, responses={201: forms.PermitRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.PermitRequest)
        subject_id, asked = body.pop("subject_id"), services.PermitAsked(**body)
        return self.answer(services.permit_ask(actor=self.actor, subject_id=subject_id, asked=asked), 201)

    @extend_schema(request=forms.DecidedRequest, responses=forms.PermitRow)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: Any) -> Response:
        return self.act(services.permit_approve, forms.DecidedRequest, pk)

    @extend_schema(request=forms.PermitRefuseRequest, responses=forms.PermitRow)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: Any) -> Response:
        return self.act(services.permit_refuse, forms.PermitRefuseRequest, pk)

    @extend_schema(request=NothingSerializer, responses=forms.PermitRow)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any) -> Response:
        return self.act(services.permit_withdraw, NothingSerializer, pk)


class DelegationViewSet(Rows):
    """委托: what a station may decide for its agency, between two dates."""

    policy = access.DELEGATIONS
    serializer_class = forms.DelegationRow
    key = "delegation_id"

    def rows(self) -> QuerySet[Any]:
        return access.delegations_visible_to(self.actor)

    @extend_schema(request=forms.DelegationRequest, responses={201: forms.DelegationRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.DelegationRequest)
        return self.answer(services.delegation_create(actor=self.actor, **body), 201)

    @extend_schema(request=NothingSerializer, responses=forms.DelegationRow)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: Any) -> Response:
        return self.act(services.delegation_end, NothingSerializer, pk)
