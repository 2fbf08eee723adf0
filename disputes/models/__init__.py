"""Screenings (append-only), the disputes they belong to, and what was done in them."""

from disputes.models.acts import Attempt, DisputeMove, DisputeTransition, ExplainedWay, SafeChannel
from disputes.models.cases import (
    Dispute,
    DisputeChange,
    DisputeCounter,
    DisputeParty,
    DisputeScreening,
    NamedClerk,
)
from disputes.models.screenings import DangerSign, Screening, ScreeningParty

__all__ = [
    "Attempt",
    "DangerSign",
    "Dispute",
    "DisputeChange",
    "DisputeCounter",
    "DisputeMove",
    "DisputeParty",
    "DisputeScreening",
    "DisputeTransition",
    "ExplainedWay",
    "NamedClerk",
    "SafeChannel",
    "Screening",
    "ScreeningParty",
]
