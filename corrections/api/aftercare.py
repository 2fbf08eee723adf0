"""安置帮教衔接, help after release: voluntary (CCM-53)."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters
from corrections.aftercare import AftercareField, AftercareNeed
from corrections.api.rows import Rows
from corrections.serializers import aftercare as forms
from corrections.serializers.decisions import OnRequest
from corrections.serializers.people import ReadRequest
from corrections.services import aftercare as services


class _Answers(Rows):
    """What the person says."""

    def done(self, service: Any, pk: Any, **said: Any) -> Response:
        return self.answer(service(actor=self.actor, aftercare_id=pk, **said))

    @extend_schema(request=forms.InformRequest, responses={201: forms.AftercareRow})
    def create(self, request: Request) -> Response:
        """The person was told that there is help, and that it is voluntary."""
        body = self.body(forms.InformRequest)
        return self.answer(services.aftercare_inform(actor=self.actor, **body), 201)

    @extend_schema(request=forms.AcceptRequest, responses=forms.AftercareRow)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.AcceptRequest)
        body["needs"] = [AftercareNeed(value) for value in body["needs"]]
        return self.done(services.aftercare_accept, pk, **body)

    @extend_schema(request=OnRequest, responses=forms.AftercareRow)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: Any) -> Response:
        return self.done(services.aftercare_decline, pk, **self.body(OnRequest))

    @extend_schema(request=OnRequest, responses=forms.AftercareRow)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any) -> Response:
        return self.done(services.aftercare_withdraw, pk, **self.body(OnRequest))


class AftercareViewSet(_Answers):
    """Help after release, from the telling to the receipt."""

    policy = access.AFTERCARES
    serializer_class = forms.AftercareRow
    filterset_class = filters.AftercareFilter

    def rows(self) -> QuerySet[Any]:
        return access.aftercares_visible_to(self.actor)

    @extend_schema(request=forms.HandOverToHelpRequest, responses=forms.AftercareRow)
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, pk: Any) -> Response:
        """With the person there; a row in the share log names what went."""
        body = self.body(forms.HandOverToHelpRequest)
        body["given"] = [AftercareField(value) for value in body["given"]]
        return self.done(services.aftercare_hand_over, pk, **body)

    @extend_schema(request=OnRequest, responses=forms.AftercareRow)
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, pk: Any) -> Response:
        return self.done(services.aftercare_receive, pk, **self.body(OnRequest))

    @extend_schema(request=ReadRequest, responses=forms.AftercareClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body = self.body(ReadRequest)
        return Response(services.aftercare_read(actor=self.actor, aftercare_id=pk, **body))
