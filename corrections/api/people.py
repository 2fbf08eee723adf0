"""People in correction, their orders, groups and plans."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters, services
from corrections.api import bodies
from corrections.api.rows import Rows, opened
from corrections.codes import PlaceBasis, TermReason
from corrections.models import Plan
from corrections.reception_codes import MemberDuty, OrderDateKind
from corrections.selectors import short_names
from corrections.serializers import people as forms
from corrections.services import groups as group_acts
from corrections.services.arrivals import order_date_record
from corrections.services.file_index import file_index
from corrections.services.lookup import subject_find
from corrections.services.reading import revealed
from corrections.services.resettling import NewPlace, place_change
from edge.serializers import NothingSerializer


class _Opened(Rows):
    """What is opened for a purpose, against a row in the read log: of a restricted file too."""

    @extend_schema(request=forms.ReadRequest, responses=forms.PersonClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        """The values in clear, for a purpose and with a reason."""
        body = self.body(forms.ReadRequest)
        return Response(services.subject_read(actor=self.actor, subject_id=pk, **body))

    @extend_schema(request=forms.ReadRequest, responses=forms.FileIndex)
    @action(detail=True, methods=["post"])
    def file(self, request: Request, pk: Any) -> Response:
        """What the file holds by kind, id and day; each record is then opened by its own `reveal`."""
        records = file_index(actor=self.actor, subject_id=pk, **self.body(forms.ReadRequest))
        return Response(forms.FileIndex({"records": records}).data)


class SubjectViewSet(_Opened):
    """People in correction 社区矫正对象. Lists hold no value in clear; `reveal` leaves a read-log row."""

    policy = access.SUBJECTS
    serializer_class = forms.SubjectRow
    filterset_class = filters.SubjectFilter

    def rows(self) -> QuerySet[Any]:
        return access.visible_to(self.actor).prefetch_related("orders", "places")

    def about(self, rows: Sequence[Any]) -> dict[str, Any]:
        return {"short_names": short_names(rows)}

    @extend_schema(request=forms.SubjectRequest, responses={201: forms.SubjectRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.SubjectRequest)
        return self.answer(services.subject_register(actor=self.actor, **bodies.registration(body)), 201)

    @extend_schema(request=forms.FindRequest, responses=forms.SubjectRow(many=True))
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def find(self, request: Request) -> Response:
        """One of the own people by the ID number, for a purpose; an empty list for anybody else's."""
        found = subject_find(actor=self.actor, **self.body(forms.FindRequest))
        context = self.get_serializer_context() | self.about(found)
        return Response(forms.SubjectRow(found, many=True, context=context).data)

    @extend_schema(request=forms.PlaceRequest, responses=forms.SubjectRow)
    @action(detail=True, methods=["post"], url_path="place")
    def move(self, request: Request, pk: Any) -> Response:
        """The person moved within the district; into another county leads a transfer."""
        body = self.body(forms.PlaceRequest)
        place = NewPlace(**(body | {"basis": PlaceBasis(body["basis"])}))
        return self.answer(place_change(actor=self.actor, subject_id=pk, place=place))


class _Dated(Rows):
    """What papers say about an order beside its term."""

    @extend_schema(request=forms.OrderDateRequest, responses={201: forms.OrderRow})
    @action(detail=True, methods=["post"], url_path="dates")
    def date(self, request: Request, pk: Any) -> Response:
        """A day that a paper states: notified, documents here, copies, receipt sent (CCL-20, CCM-16)."""
        body = self.body(forms.OrderDateRequest)
        body["kind"] = OrderDateKind(body["kind"])
        order_date_record(actor=self.actor, order_id=pk, **body)
        return self.answer(self.get_object(), 201)


class OrderViewSet(_Dated):
    """Orders 执行依据 with their terms; a change of term is a new row that another officer confirms."""

    policy = access.ORDERS
    serializer_class = forms.OrderRow
    filterset_class = filters.OfSubjectFilter

    def rows(self) -> QuerySet[Any]:
        return access.orders_visible_to(self.actor).prefetch_related("dates", "terms")

    @extend_schema(request=forms.OrderRequest, responses={201: forms.OrderRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.OrderRequest)
        return self.answer(services.order_add(actor=self.actor, **bodies.order(body)), 201)

    @extend_schema(request=forms.TermRequest, responses=forms.OrderRow)
    @action(detail=True, methods=["post"], url_path="term")
    def set_term(self, request: Request, pk: Any) -> Response:
        """Set the term anew because a document says so; it holds once another officer has confirmed it."""
        body, order = self.body(forms.TermRequest), self.get_object()
        reason, document_no = TermReason(body.pop("reason")), body.pop("document_no")
        term = bodies.term(order.category, body)
        services.term_change(
            actor=self.actor, order_id=order.id, term=term, reason=reason, document_no=document_no
        )
        return self.answer(self.get_object())

    @extend_schema(request=NothingSerializer, responses=forms.OrderRow)
    @action(detail=True, methods=["post"], url_path="confirm-term")
    def confirm_term(self, request: Request, pk: Any) -> Response:
        """Confirm the newest term: another officer than the one who wrote it."""
        self.body(NothingSerializer)
        services.term_confirm(actor=self.actor, order_id=pk)
        return self.answer(self.get_object())


class _Letter(Rows):
    """The responsibility letter 责任书 and what stands in it."""

    @extend_schema(request=forms.UndertakeRequest, responses=forms.GroupRow)
    @action(detail=True, methods=["post"])
    def undertake(self, request: Request, pk: Any) -> Response:
        """What a member undertakes (CCM-19)."""
        group, body = self.get_object(), self.body(forms.UndertakeRequest)
        member_id, duties = bodies.member_of(group, body["member"]), [MemberDuty(d) for d in body["duties"]]
        group_acts.member_undertake(actor=self.actor, member_id=member_id, duties=duties)
        return self.answer(self.get_object())

    @extend_schema(request=forms.GroupSignRequest, responses=forms.GroupRow)
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: Any) -> Response:
        """The responsibility letter 责任书 was signed (CCM-19)."""
        group_acts.group_sign(actor=self.actor, group_id=pk, **self.body(forms.GroupSignRequest))
        return self.answer(self.get_object())


class GroupViewSet(_Letter):
    """Correction groups 矫正小组: who works with a person."""

    policy = access.GROUPS
    serializer_class = forms.GroupRow
    filterset_class = filters.GroupFilter

    def rows(self) -> QuerySet[Any]:
        return access.groups_visible_to(self.actor).prefetch_related("members")

    @extend_schema(request=forms.GroupRequest, responses={201: forms.GroupRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.GroupRequest)
        return self.answer(services.group_create(actor=self.actor, **bodies.group(body)), 201)

    @extend_schema(request=NothingSerializer, responses=forms.GroupRow)
    @action(detail=True, methods=["post"])
    def activate(self, request: Request, pk: Any) -> Response:
        self.body(NothingSerializer)
        return self.answer(services.group_activate(actor=self.actor, group_id=pk))

    @extend_schema(request=forms.MemberRequest, responses={201: forms.GroupRow})
    @action(detail=True, methods=["post"], url_path="members")
    def add_member(self, request: Request, pk: Any) -> Response:
        member = bodies.member(self.body(forms.MemberRequest))
        services.member_add(actor=self.actor, group_id=pk, member=member)
        return self.answer(self.get_object(), 201)

    @extend_schema(request=forms.MemberChoice, responses=forms.GroupRow)
    @action(detail=True, methods=["post"], url_path="end-member")
    def end_member(self, request: Request, pk: Any) -> Response:
        """The member leaves, now; the next pull takes everything of the person off the phone."""
        group, chosen = self.get_object(), self.body(forms.MemberChoice)["member"]
        services.member_end(actor=self.actor, member_id=bodies.member_of(group, chosen))
        return self.answer(self.get_object())


class PlanViewSet(Rows):
    """Plans 矫正方案, by version; a new one replaces the one in force."""

    policy = access.PLANS
    serializer_class = forms.PlanRow
    filterset_class = filters.PlanFilter

    def rows(self) -> QuerySet[Any]:
        return access.plans_visible_to(self.actor).prefetch_related("lines")

    @extend_schema(request=forms.PlanRequest, responses={201: forms.PlanRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.PlanRequest)
        return self.answer(services.plan_create(actor=self.actor, **bodies.plan(body)), 201)

    @extend_schema(request=forms.ReadRequest, responses=forms.PlanClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        """Why this version replaced the one before, in clear."""
        body, row = self.body(forms.ReadRequest), opened(self.actor, Plan, pk)
        return Response(revealed(actor=self.actor, row=row, kind="plan", fields=("why",), **body))
