"""`GET /metrics` for Prometheus, behind a static token; without one there is no such page."""

import hmac
import os
from collections.abc import Iterator
from typing import Any

import prometheus_client
from django.db import connection
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from prometheus_client import CollectorRegistry, multiprocess
from prometheus_client.metrics_core import GaugeMetricFamily
from rest_framework.request import Request

from edge import sqlfile
from edge.conf import setting
from edge.policy import PUBLIC
from edge.views import DomainView
from kernel import clock
from kernel.problems import Problem

GAUGES = {
    "gridgov_oldest_write_transaction_seconds": "Age of the oldest open transaction that has written",
    "gridgov_outbox_waiting": "Reactions that wait to be run",
    "gridgov_outbox_lag_seconds": "How long the oldest of them has been due",
    "gridgov_sync_open_items": "Items of phones that wait for a person or for their parent",
    "gridgov_sync_cursors": "Cursors in force",
}


class MetricsView(DomainView):
    """Latencies, rows, outcomes of all web processes; what the database says of waiting work."""

    policy = PUBLIC
    authentication_classes = []

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        return self.get_renderers()[0], "application/json"  # of a problem; a scraper asks for text

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        _check_token(request.headers.get("Authorization", ""))
        registry = CollectorRegistry()
        if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # because it has none
        else:
            registry = prometheus_client.REGISTRY
        body = prometheus_client.generate_latest(registry) + prometheus_client.generate_latest(_gauges())
        return HttpResponse(body, content_type=prometheus_client.CONTENT_TYPE_LATEST)


def _check_token(header: str) -> None:
    token = setting("METRICS_TOKEN")
    if not token:
        raise Problem("not_found")
    if not hmac.compare_digest(header.encode(), f"Bearer {token}".encode()):
        raise Problem("not_authenticated")


class _Gauges:
    def collect(self) -> Iterator[GaugeMetricFamily]:
        with connection.cursor() as cursor:
            cursor.execute(sqlfile.load("backend", "gauges"), {"now": clock.now()})
            values = cursor.fetchone()
        for (name, text), value in zip(GAUGES.items(), values, strict=True):
            yield GaugeMetricFamily(name, text, value=float(value))


def _gauges() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Gauges())
    return registry
