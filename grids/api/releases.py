"""`/boundary-releases`: drafts, their report, what they would change, and the acts on them."""

from typing import Any
from uuid import UUID

import django_filters
import shapely
from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from audit.replays import Replays
from edge.locks import in_time
from grids import access, services
from grids.api.findings import OUTLINES, WithFindings
from grids.importing.pieces import release_outlines
from grids.machine import ReleaseState
from grids.models import BoundaryRelease, Finding
from grids.release_impact import release_changes, release_impact
from grids.restamping import restamped
from grids.serializers import releases as forms


class ReleaseFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=ReleaseState.choices())


class Releases(ListModelMixin, RetrieveModelMixin, WithFindings):
    """What can be read of a release."""

    policy = access.MAP_MAKERS
    serializer_class = forms.ReleaseSerializer
    filterset_class = ReleaseFilter

    def rows(self) -> QuerySet[BoundaryRelease]:
        return access.releases_visible_to(self.actor).order_by("-imported_at", "id")

    def found(self, row: Any) -> QuerySet[Finding]:
        return Finding.objects.filter(release=row)

    def outlines(self, row: Any) -> list[shapely.Geometry]:
        return release_outlines(row.id, OUTLINES)

    @extend_schema(responses=forms.ChangeSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def changes(self, request: Request, pk: UUID) -> Response:
        """The difference to what is in force, or was on the day before."""
        return Response(forms.ChangeSerializer(release_changes(self.get_object()), many=True).data)

    @extend_schema(responses=forms.ReleaseImpactSerializer)
    @action(detail=True, methods=["get"])
    def impact(self, request: Request, pk: UUID) -> Response:
        """What publishing it today would move: told before it is done; nothing is kept. Within the database's
        time, or not at all."""
        with in_time("impact_too_long"), transaction.atomic():
            impact = release_impact(self.actor, self.get_object())
        return Response(forms.ReleaseImpactSerializer(impact).data)

    @extend_schema(responses=forms.FlowSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def restamps(self, request: Request, pk: UUID) -> Response:
        """How many open records it has moved from which grid to which."""
        return Response(forms.FlowSerializer(restamped(self.get_object().id), many=True).data)


class Undoing(Replays, Releases):
    """Acts that take boundaries back, or bring them back."""

    @extend_schema(request=forms.DayRequest, responses={201: forms.ReleaseSerializer})
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: UUID) -> Response:
        """Bring an older release back, as a release of its own."""
        body = self.body(forms.DayRequest)
        return self._answer(services.release_restore(actor=self.actor, release_id=pk, **body), 201)

    @extend_schema(request=forms.RollBackRequest, responses={201: forms.ReleaseSerializer})
    @action(detail=True, methods=["post"], url_path="roll-back")
    def roll_back(self, request: Request, pk: UUID) -> Response:
        """Undo it: what stood before comes into force again, as a release of its own."""
        body = self.body(forms.RollBackRequest)
        return self._answer(services.release_roll_back(actor=self.actor, release_id=pk, **body), 201)

    @extend_schema(request=forms.WithdrawRequest, responses=forms.ReleaseSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> Response:
        """Take it back before its day: what it was to replace goes on."""
        body = self.body(forms.WithdrawRequest)
        return self._answer(services.release_withdraw(actor=self.actor, release_id=pk, **body))

    def _answer(self, row: BoundaryRelease, status: int = 200) -> Response:
        row.refresh_from_db()
        return Response(forms.ReleaseSerializer(row).data, status=status, headers=self.replayed())


class ReleaseViewSet(Undoing):
    """Boundary releases 边界版本 of the own area."""

    without_body = frozenset({"validate"})

    @extend_schema(request=None, responses=forms.ReleaseSerializer)
    @action(detail=True, methods=["post"])
    def validate(self, request: Request, pk: UUID) -> Response:
        """Check it against what is in force now; without errors it becomes validated."""
        return self._answer(services.release_validate(actor=self.actor, release_id=pk))

    @extend_schema(request=forms.DayRequest, responses=forms.ReleaseSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: UUID) -> Response:
        """Put it into force from a day, all or nothing."""
        body = self.body(forms.DayRequest)
        return self._answer(services.release_publish(actor=self.actor, release_id=pk, **body))
