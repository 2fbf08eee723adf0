"""Screenings (append-only), the disputes they belong to, and what was done in them."""

from disputes.models.acts import (
    Application,
    Attempt,
    DisputeMove,
    DisputeNote,
    DisputeTransition,
    ExplainedWay,
    SafeChannel,
    Settlement,
    Wish,
)
from disputes.models.cases import (
    Dispute,
    DisputeChange,
    DisputeCounter,
    DisputeParty,
    DisputeScreening,
    NamedClerk,
)
from disputes.models.danger import DangerCallUp
from disputes.models.joint import JointAnswer, JointHandling, JointQuestion
from disputes.models.rounds import RoundVisit, ScreeningRound
from disputes.models.screenings import DangerSign, Screening, ScreeningParty

__all__ = [
    "Application",
    "Attempt",
    "DangerCallUp",
    "DangerSign",
    "Dispute",
    "DisputeChange",
    "DisputeCounter",
    "DisputeMove",
    "DisputeNote",
    "DisputeParty",
    "DisputeScreening",
    "DisputeTransition",
    "ExplainedWay",
    "JointAnswer",
    "JointHandling",
    "JointQuestion",
    "NamedClerk",
    "RoundVisit",
    "SafeChannel",
    "Screening",
    "ScreeningParty",
    "ScreeningRound",
    "Settlement",
    "Wish",
]
