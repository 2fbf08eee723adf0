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

from audit.services import facts_recorded
from edge.repeats import replayed
from edge.serializers import StrictSerializer
from edge.views import DomainViewSet, StrictQuery
from mediation import access, filters, selectors
from mediation.models import Case
from mediation.serializers import cases as serializers

Act = Callable[..., Any]


def asked_of_service(act: Act, **given: Any) -> tuple[Any, dict[str, str] | None]:
    """What the service answers, and the headers: `Idempotent-Replay: true` where this had been done before.
    It has where the service says so (record, True), or where it left no fact because nothing was to be
    done."""
    before = facts_recorded()
    said = act(**given)
    if isinstance(said, tuple):
        return said[0], replayed(bool(said[1]))
    return said, replayed(facts_recorded() == before)


class Acts(DomainViewSet):
    """Body in, service, record out: what all acts here share."""

    every: ClassVar[QuerySet[Any]]

    def done(self, request: Request, body: type[StrictSerializer], act: Act, **named: UUID) -> Response:
        _, headers = asked_of_service(act, actor=self.actor, **named, **self.body(body))
        return Response(self.shown(next(iter(named.values()))), headers=headers)

    def made(self, act: Act, **given: Any) -> Response:
        """The answer to what made a row of this list, or had made it before."""
        row, headers = asked_of_service(act, actor=self.actor, **given)
        return Response(self.shown(row.pk), status=201, headers=headers)

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
    detail_serializer_class = serializers.CaseDetailSerializer
    filterset_class = filters.CaseFilter

    every = selectors.cases_shown(Case.objects.all())

    def rows(self) -> QuerySet[Case]:
        return selectors.cases_shown(access.visible_cases(self.actor))


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

    def answer(self, pk: UUID, headers: dict[str, str] | None = None) -> Response:
        """The case as it is now, also where the act took it out of the actor's sight."""
        row = selectors.cases_shown(Case.objects.filter(pk=pk)).get()
        shown = serializers.CaseDetailSerializer(row, context={"actor": self.actor}).data
        return Response(shown, headers=headers)

    def made(self, act: Act, shown: type[BaseSerializer[Any]]) -> Response:
        """The answer to what made a row of this case, or had made it before."""
        case_id = self.found().pk
        row, headers = asked_of_service(act, actor=self.actor, case_id=case_id, **self.body())
        return Response(shown(row).data, status=201, headers=headers)


class CaseAct(CaseFace):
    """An act that one service does with the body as it is; the answer is the case."""

    service: ClassVar[Callable[..., Any]]

    @extend_schema(responses=serializers.CaseDetailSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case_id = self.found().pk
        _, headers = asked_of_service(self.service, actor=self.actor, case_id=case_id, **self.body())
        return self.answer(pk, headers)
