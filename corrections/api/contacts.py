"""Due contacts, visits, and what an officer should look at."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters, services
from corrections.api import bodies
from corrections.api.rows import Rows
from corrections.codes import ExcuseCode
from corrections.serializers import contacts as forms
from corrections.serializers.people import ReadRequest
from edge.serializers import NothingSerializer
from kernel.codes.law import ContactForm


class _Naming(Rows):
    """Who is named for one contact without being in the group."""

    @extend_schema(request=forms.WorkerRequest, responses=forms.ContactDetail)
    @action(detail=True, methods=["post"], url_path="name-worker")
    def name_worker(self, request: Request, pk: Any) -> Response:
        return self._worker(services.worker_name, pk)

    @extend_schema(request=forms.WorkerRequest, responses=forms.ContactDetail)
    @action(detail=True, methods=["post"], url_path="end-naming")
    def end_naming(self, request: Request, pk: Any) -> Response:
        return self._worker(services.naming_end, pk)

    def _worker(self, act: Any, pk: Any) -> Response:
        act(actor=self.actor, contact_id=pk, user_id=self.body(forms.WorkerRequest)["user"])
        return self.answer(self.get_object())


class ContactViewSet(_Naming):
    """Due contacts: planned ahead, done, excused, or missed as a fact."""

    policy = access.CONTACTS
    serializer_class = forms.ContactRow
    detail_serializer_class = forms.ContactDetail
    filterset_class = filters.ContactFilter

    def rows(self) -> QuerySet[Any]:
        rows = access.contacts_visible_to(self.actor)
        return (
            rows if self.action == "list" else rows.prefetch_related("steps", "visits__judgements", "namings")
        )

    @extend_schema(request=forms.ContactRequest, responses={201: forms.ContactDetail})
    def create(self, request: Request) -> Response:
        body = self.body(forms.ContactRequest)
        subject_id, form = body.pop("subject"), ContactForm(body.pop("form"))
        row = services.contact_add(actor=self.actor, subject_id=subject_id, form=form, **body)
        return self.answer(row, 201)

    @extend_schema(request=forms.ExcuseRequest, responses=forms.ContactDetail)
    @action(detail=True, methods=["post"])
    def excuse(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.ExcuseRequest)
        code, text = ExcuseCode(body["code"]), body.get("text", "")
        services.contact_excuse(actor=self.actor, contact_id=pk, code=code, text=text)
        return self.answer(self.get_object())

    @extend_schema(request=forms.VisitRequest, responses={201: forms.ContactDetail})
    @action(detail=True, methods=["post"], url_path="visits")
    def record_visit(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.VisitRequest)
        made_at, visit = body.pop("made_at"), bodies.visit(pk, body)
        services.visit_record(actor=self.actor, contact_id=pk, body=visit, made_at=made_at)
        return self.answer(self.get_object(), 201)


class VisitViewSet(Rows):
    """Visits 走访 with the machine's verdict and, apart from it, the officers' judgements."""

    policy = access.VISITS
    serializer_class = forms.VisitRow
    filterset_class = filters.VisitFilter

    def rows(self) -> QuerySet[Any]:
        return access.visits_visible_to(self.actor).prefetch_related("judgements")

    @extend_schema(request=forms.JudgeRequest, responses={201: forms.VisitRow})
    @action(detail=True, methods=["post"])
    def judge(self, request: Request, pk: Any) -> Response:
        """Write a judgement beside the machine's verdict, which stays as it was."""
        body = {"place": ""} | self.body(forms.JudgeRequest)
        services.visit_judge(actor=self.actor, visit_id=pk, **body)
        return self.answer(self.get_object(), 201)

    @extend_schema(request=ReadRequest, responses=forms.VisitClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        """Points, note and reasons in clear, for a purpose and with a reason."""
        body = self.body(ReadRequest)
        return Response(services.visit_read(actor=self.actor, visit_id=pk, **body))


class FlagViewSet(Rows):
    """People who were last seen outside of their leave area, for an officer to look at. Nothing else
    follows.
    """

    policy = access.FLAGS
    serializer_class = forms.FlagRow
    filterset_class = filters.FlagFilter

    def rows(self) -> QuerySet[Any]:
        return access.flags_visible_to(self.actor)

    @extend_schema(request=NothingSerializer, responses=forms.FlagRow)
    @action(detail=True, methods=["post"], url_path="look-at")
    def look_at(self, request: Request, pk: Any) -> Response:
        self.body(NothingSerializer)
        return self.answer(services.flag_look_at(actor=self.actor, flag_id=pk))
