"""From a worker's answers to level, reasons, restriction, protected track, urgency and a suggested colour.

Every rule stands alone and names itself; nothing is weighed or added up (law.md §11). Scale is a count of
people and no threat mark, petitions and illness are not asked: neither appears here.
"""

from datetime import date, datetime, timedelta

import msgspec

from disputes.codes import LevelReason, Outcome, ProtectReason, RestrictReason, Urgency
from disputes.deadlines import is_old_sign, watch_last_day
from kernel.codes.law import Colour, DangerSignCode, HandlingLevel
from kernel.law import law

LIFE_OR_LIMB = frozenset(
    {
        DangerSignCode.THREAT,
        DangerSignCode.WEAPON,
        DangerSignCode.VIOLENCE,
        DangerSignCode.SELF_HARM_WORDS,
        DangerSignCode.ARSON_WORDS,
    }
)
PROTECTING = {
    DangerSignCode.DOMESTIC_VIOLENCE: ProtectReason.DOMESTIC_VIOLENCE,
    DangerSignCode.CHILD_AT_RISK: ProtectReason.CHILD_AT_RISK,
    DangerSignCode.STALKING: ProtectReason.STALKING,
}
RESTRICTING = {
    DangerSignCode.DOMESTIC_VIOLENCE: RestrictReason.DOMESTIC_VIOLENCE,
    DangerSignCode.CHILD_AT_RISK: RestrictReason.CHILD_AT_RISK,
    DangerSignCode.SELF_HARM_WORDS: RestrictReason.SELF_HARM_WORDS,
}
_MANY_PARTIES = 3
_TWO = 2
_STREET_REASONS = frozenset(
    {
        LevelReason.LIFE_OR_LIMB,
        LevelReason.PROTECTED,
        LevelReason.RESTRICTED,
        LevelReason.THREE_PARTIES,
        LevelReason.TWO_COMMUNITIES,
        LevelReason.PARTY_ASKS,
    }
)


class Answers(msgspec.Struct, frozen=True):
    """What the rules look at. `parties` counts sides, not witnesses; times are aware."""

    signs: frozenset[str]
    danger_now: bool
    worker_protects: bool
    occurred_at: datetime
    received_at: datetime
    outcome: str
    parties: int = 0
    communities: int = 0
    minor_party: bool = False
    wants_mediation: bool = False


class Assessment(msgspec.Struct, frozen=True):
    """What the answers mean, each part with its reasons."""

    level: HandlingLevel
    reasons: tuple[LevelReason, ...]
    restricted: tuple[RestrictReason, ...]
    protected: tuple[ProtectReason, ...]
    urgency: Urgency
    colour: Colour | None
    colour_signs: tuple[str, ...]


@law("EF-9", "PM-25")
def assess(answers: Answers, *, old_after: timedelta) -> Assessment:
    """Apply every rule. `old_after`: a sign older than this on arrival is an old one (24 h by default)."""
    restricted, protected = restrictions(answers), protections(answers)
    reasons = level_reasons(answers, restricted=bool(restricted), protected=bool(protected))
    urgency = urgency_of(answers, old_after=old_after)
    colour, signs = suggested_colour(answers, urgency)
    return Assessment(level_of(reasons), reasons, restricted, protected, urgency, colour, signs)


def restrictions(answers: Answers) -> tuple[RestrictReason, ...]:
    """Why only author, named clerk and director may know of it; empty when anybody in the grid may."""
    found = [reason for sign, reason in RESTRICTING.items() if sign in answers.signs]
    if answers.minor_party:
        found.append(RestrictReason.MINOR_PARTY)
    return tuple(found)


@law("DV-23")
def protections(answers: Answers) -> tuple[ProtectReason, ...]:
    """Why the protected track is set at once; empty when it is not."""
    found = [reason for sign, reason in PROTECTING.items() if sign in answers.signs]
    if answers.worker_protects:
        found.append(ProtectReason.WORKER)
    return tuple(found)


def level_reasons(answers: Answers, *, restricted: bool, protected: bool) -> tuple[LevelReason, ...]:
    """Every rule that holds, in the order in which they are read out."""
    rules = (
        (bool(answers.signs & LIFE_OR_LIMB) or answers.danger_now, LevelReason.LIFE_OR_LIMB),
        (protected, LevelReason.PROTECTED),
        (restricted, LevelReason.RESTRICTED),
        (answers.wants_mediation, LevelReason.PARTY_ASKS),
        (answers.parties >= _MANY_PARTIES, LevelReason.THREE_PARTIES),
        (answers.communities >= _TWO, LevelReason.TWO_COMMUNITIES),
        (answers.outcome == Outcome.REPORT_UP, LevelReason.REPORTED_UP),
    )
    return tuple(reason for holds, reason in rules if holds) or (LevelReason.ORDINARY,)


def level_of(reasons: tuple[LevelReason, ...]) -> HandlingLevel:
    """The highest level that any single reason asks for. No rule asks for the district: a person does."""
    if any(reason in _STREET_REASONS for reason in reasons):
        return HandlingLevel.STREET
    return HandlingLevel.COMMUNITY if LevelReason.REPORTED_UP in reasons else HandlingLevel.GRID


@law("PS-6")
def urgency_of(answers: Answers, *, old_after: timedelta) -> Urgency:
    """From *occurred at*, not from arrival: a phone that was offline for days alarms nobody "at once"."""
    if not (answers.danger_now or answers.signs & LIFE_OR_LIMB):
        return Urgency.NONE
    old = is_old_sign(answers.occurred_at, answers.received_at, old_after)
    return Urgency.OLD_SIGN if old else Urgency.AT_ONCE


@law("C-13")
def suggested_colour(answers: Answers, urgency: Urgency) -> tuple[Colour | None, tuple[str, ...]]:
    """A colour for the dispute with the signs that speak for it. It is in force only when a person sets
    it."""
    grave = answers.signs & (LIFE_OR_LIMB | PROTECTING.keys())
    if answers.danger_now and urgency == Urgency.AT_ONCE:
        return Colour.RED, tuple(sorted(grave))
    if grave or answers.danger_now:
        return Colour.ORANGE, tuple(sorted(grave))
    if DangerSignCode.REPEATED_POLICE_CALLS in answers.signs:
        return Colour.YELLOW, (str(DangerSignCode.REPEATED_POLICE_CALLS),)
    return (Colour.WATCH if answers.outcome == Outcome.WATCHING else None), ()


def review_allowed(review_on: date, made_on: date, *, most_days: int) -> bool:
    """Whether a `watching` record's review date lies within its term, counted from the day it was made."""
    return made_on <= review_on <= watch_last_day(made_on, most_days)
