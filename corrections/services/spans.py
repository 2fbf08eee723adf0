"""Stretches in which a positioning order was in force."""

from datetime import datetime

from corrections.models import PositioningOrder, PositioningSpan


def span_open(order: PositioningOrder, at: datetime) -> None:
    PositioningSpan.objects.create(order=order, since=at)


def span_close(order: PositioningOrder, at: datetime) -> None:
    """End the open stretch at `at`; none that is closed is touched."""
    PositioningSpan.objects.filter(order=order, until=None).update(until=at)
