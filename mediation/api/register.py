"""`/mediation/mediators`: the committee's register; `/mediation/relations`: what a mediator names for the
conflict check."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.serializers import NothingSerializer
from edge.views import DomainViewSet
from kernel import clock
from mediation import access, filters, services
from mediation.api.face import asked_of_service
from mediation.models import Mediator, MediatorRelation
from mediation.serializers import register as bodies
from mediation.sitting import register_shown


class RegisterViewSet(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    policy = access.REGISTER
    serializer_class = bodies.MediatorSerializer
    filterset_class = filters.MediatorFilter

    def rows(self) -> QuerySet[Mediator]:
        return register_shown(access.mediators_visible_to(self.actor), clock.today())

    def shown(self, pk: UUID, status: int = 200, headers: dict[str, str] | None = None) -> Response:
        return Response(self.get_serializer(self.rows().get(pk=pk)).data, status=status, headers=headers)

    @extend_schema(request=bodies.RegisterSerializer, responses={201: bodies.MediatorSerializer})
    def create(self, request: Request) -> Response:
        body = self.body(bodies.RegisterSerializer)
        made, headers = asked_of_service(services.mediator_register, actor=self.actor, **body)
        return self.shown(made.pk, 201, headers)

    @extend_schema(request=bodies.RegisterChangeSerializer)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        body = self.body(bodies.RegisterChangeSerializer)
        return self.shown(services.mediator_change(actor=self.actor, mediator_id=pk, **body).pk)

    @extend_schema(request=bodies.RegisterEndSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: UUID) -> Response:
        body = self.body(bodies.RegisterEndSerializer)
        return self.shown(services.mediator_end(actor=self.actor, mediator_id=pk, **body).pk)


class AbsenceViewSet(DomainViewSet):
    policy = access.REGISTER
    serializer_class = bodies.AbsenceSerializer

    def rows(self) -> QuerySet[Mediator]:
        return access.mediators_visible_to(self.actor)

    @extend_schema(request=bodies.AbsenceBodySerializer, responses={201: bodies.AbsenceSerializer})
    @action(detail=True, methods=["post"])
    def absences(self, request: Request, pk: UUID) -> Response:
        body = self.body(bodies.AbsenceBodySerializer)
        made, headers = asked_of_service(services.absence_record, actor=self.actor, mediator_id=pk, **body)
        return Response(self.get_serializer(made).data, status=201, headers=headers)

    @extend_schema(request=bodies.AbsenceEndSerializer, responses=bodies.AbsenceSerializer)
    @action(detail=True, methods=["post"], url_path="absences/end")
    def absence_end(self, request: Request, pk: UUID) -> Response:
        body = self.body(bodies.AbsenceEndSerializer)
        return Response(
            self.get_serializer(services.absence_end(actor=self.actor, mediator_id=pk, **body)).data
        )


class RelationViewSet(ListModelMixin, DomainViewSet):
    policy = access.RELATIONS
    serializer_class = bodies.RelationSerializer

    def rows(self) -> QuerySet[MediatorRelation]:
        return access.relations_visible_to(self.actor)

    @extend_schema(request=bodies.RelationBodySerializer, responses={201: bodies.RelationSerializer})
    def create(self, request: Request) -> Response:
        body = self.body(bodies.RelationBodySerializer)
        made, headers = asked_of_service(services.relation_declare, actor=self.actor, **body)
        return Response(self.get_serializer(made).data, status=201, headers=headers)

    @extend_schema(request=NothingSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: UUID) -> Response:
        self.body(NothingSerializer)
        services.relation_end(actor=self.actor, relation_id=pk)
        return Response(status=204)
