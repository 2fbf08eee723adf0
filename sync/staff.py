"""How the phones stand, for the console."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import access
from accounts.models import Device
from edge.policy import Policy
from edge.views import DomainListView, DomainView
from kernel.codes.roles import Role
from sync import serializers, status


class StatusView(DomainView):
    """The district's phones as numbers: devices, cursors, open items, what is known to be unsent."""

    policy = Policy({"get": {Role.DISTRICT_ADMIN, Role.AUDITOR}})

    @extend_schema(operation_id="sync_status", responses=serializers.SyncTotals)
    def get(self, request: Request) -> Response:
        return Response(serializers.SyncTotals(status.totals()).data)


class DevicesView(DomainListView):
    """Each phone: its lag, its open items, what it said it had not sent; those seen longest ago first."""

    policy = Policy({"get": {Role.DISTRICT_ADMIN}})
    serializer_class = serializers.SyncDevice
    filter_backends: list[Any] = []

    def rows(self) -> QuerySet[Device]:
        rows = access.devices_visible_to(self.actor).exclude(state__in=("pending", "retired", "wiped"))
        return rows.order_by("seen_on", "id")

    @extend_schema(operation_id="sync_devices", responses=serializers.SyncDevice(many=True))
    def get(self, request: Request) -> Response:
        page: Any = self.paginate_queryset(self.get_queryset().values_list("id", flat=True))
        by_id = {line.device: line for line in status.devices(page)}
        return self.get_paginated_response(
            serializers.SyncDevice([by_id[id_] for id_ in page], many=True).data
        )
