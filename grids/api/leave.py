"""`/leave-areas`: where the persons in correction of the own unit may be without leave (CCM-26b)."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from audit.replays import Replays
from edge.views import DomainViewSet
from grids import access, selectors, services
from grids.models import LeaveArea
from grids.serializers import leave as forms
from kernel.problems import Problem


class LeaveAreaViewSet(Replays, ListModelMixin, DomainViewSet):
    """Computed from the division tree and the shapes, confirmed by the agency with a date, never chosen."""

    policy = access.LEAVE_AREAS
    serializer_class = forms.LeaveAreaSerializer

    def rows(self) -> QuerySet[LeaveArea]:
        rows = access.leave_areas_visible_to(self.actor).select_related("unit")
        return selectors.with_members(rows).order_by("-valid_from")

    @extend_schema(responses=forms.LeaveAreaDetailSerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(forms.LeaveAreaDetailSerializer(self.get_object()).data)

    @extend_schema(request=forms.LeaveAreaRequest, responses={201: forms.LeaveAreaDetailSerializer})
    def create(self, request: Request) -> Response:
        """The agency's head confirms the area of the own unit; with `dry_run` only looks at it (200)."""
        body = self.body(forms.LeaveAreaRequest)
        unit, day = access.leave_unit_of(self.actor), body["day"]
        if unit is None:
            raise Problem("not_found")
        if body["dry_run"]:
            shown = services.leave_area_preview(actor=self.actor, unit_id=unit, day=day)
            return Response(forms.LeaveAreaDetailSerializer(shown).data)
        made = services.leave_area_confirm(actor=self.actor, unit_id=unit, day=day)
        shown = forms.LeaveAreaDetailSerializer(self.rows().get(id=made.id)).data
        return Response(shown, status=201, headers=self.replayed())
