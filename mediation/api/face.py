"""What all acts of the centre share: the body checked, one service, the record as it is then."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from edge.serializers import StrictSerializer
from edge.views import DomainViewSet, StrictQuery
from mediation import access, filters, selectors
from mediation.models import Case
from mediation.serializers import cases as serializers

Act = Callable[..., Any]


def checked(request: Request, body: type[StrictSerializer]) -> dict[str, Any]:
    """The checked body of an act."""
    given = body(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


class Acts(DomainViewSet):
    """Body in, service, record out: what all acts here share. A service that answers (record, True) says that
    this had been done before: `Idempotent-Replay: true`."""

    every: ClassVar[QuerySet[Any]]

    def done(self, request: Request, body: type[StrictSerializer], act: Act, **named: UUID) -> Response:
        said = act(actor=self.actor, **named, **checked(request, body))
        again = isinstance(said, tuple) and said[1] is True
        headers = {"Idempotent-Replay": "true"} if again else None
        return Response(self.shown(next(iter(named.values()))), headers=headers)

    def shown(self, pk: UUID) -> dict[str, Any]:
        """The row as it is now, also where the act took it out of the actor's sight."""
        row = self.every.get(pk=pk)
        shown: dict[str, Any] = self.get_serializer(row).data
        return shown

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "actor": getattr(self.request, "actor", None)}


class CaseReading(Acts):
    """The cases that the actor sees, and acts on one of them."""

    policy = access.CASES
    serializer_class = serializers.CaseSerializer
    filterset_class = filters.CaseFilter

    every = selectors.cases_shown(Case.objects.all())

    def rows(self) -> QuerySet[Case]:
        return selectors.cases_shown(access.visible_cases(self.actor))

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        return serializers.CaseSerializer if self.action == "list" else serializers.CaseDetailSerializer


class CaseFace(StrictQuery, GenericAPIView[Any]):
    """An address below one case: the case as far as it exists for the actor."""

    pagination_class = None

    def get_queryset(self) -> QuerySet[Case]:
        if getattr(self, "swagger_fake_view", False):
            return Case.objects.none()
        return selectors.cases_shown(access.visible_cases(self.actor))

    def found(self) -> Case:
        case: Case = self.get_object()
        return case

    def body(self) -> dict[str, Any]:
        given = self.get_serializer(data=self.request.data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def answer(self, pk: UUID) -> Response:
        """The case as it is now, also where the act took it out of the actor's sight."""
        row = selectors.cases_shown(Case.objects.filter(pk=pk)).get()
        return Response(serializers.CaseDetailSerializer(row, context={"actor": self.actor}).data)


class CaseAct(CaseFace):
    """An act that one service does with the body as it is; the answer is the case."""

    service: ClassVar[Callable[..., Any]]

    @extend_schema(responses=serializers.CaseDetailSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        self.service(actor=self.actor, case_id=self.found().pk, **self.body())
        return self.answer(pk)
