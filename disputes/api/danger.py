"""`/screenings/{id}/call-ups`: who was called up for a danger that nobody had opened."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from disputes import access
from disputes.models import DangerCallUp
from disputes.serializers.danger import CallUpSerializer
from edge.rows import existing
from edge.views import DomainView


class CallUpsView(DomainView):
    """Who was called up for a danger that nobody had opened, and when that was due."""

    policy = access.CALL_UPS

    @extend_schema(responses=CallUpSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        screening = existing(access.screenings_visible_to(self.actor).filter(pk=pk))
        found: QuerySet[DangerCallUp] = DangerCallUp.objects.filter(screening=screening)
        return Response(CallUpSerializer(found, many=True).data)
