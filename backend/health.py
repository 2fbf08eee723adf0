"""`GET /api/v1/health`: is the process alive, can it work, and how long does the calendar of holidays
last."""

from datetime import date
from typing import Any

from django.db import Error, connection
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from edge.conf import setting
from edge.policy import PUBLIC
from edge.views import DomainView
from kernel import calendar, clock


class HealthSerializer(serializers.Serializer[Any]):
    live = serializers.BooleanField()
    ready = serializers.BooleanField(help_text="The database answers and its tables are there")
    calendar_ends = serializers.DateField(allow_null=True, help_text="Last day whose holidays are known")
    warnings = serializers.ListField(child=serializers.CharField())


def calendar_warning(last_day: date | None, today: date) -> str | None:
    """`calendar_ends_soon` from 60 days (setting) before the known holidays end, `calendar_ended` after."""
    if last_day is None or today > last_day:
        return "calendar_ended"
    return "calendar_ends_soon" if (last_day - today).days < setting("CALENDAR_WARN_DAYS") else None


class HealthView(DomainView):
    """Live, ready and warnings. 503 while the database does not answer."""

    policy = PUBLIC
    authentication_classes = []

    @extend_schema(responses={200: HealthSerializer, 503: HealthSerializer})
    def get(self, request: Request) -> Response:
        try:
            with connection.cursor() as cursor:
                cursor.execute("select 1 from edge_clock_offset limit 1")
            last_day = calendar.current().last_day
        except Error:
            down = {"live": True, "ready": False, "calendar_ends": None, "warnings": ["database_unreachable"]}
            return Response(down, status=503)
        warning = calendar_warning(last_day, clock.today())
        body = {
            "live": True,
            "ready": True,
            "calendar_ends": last_day,
            "warnings": [warning] if warning else [],
        }
        return Response(body)
