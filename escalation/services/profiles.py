"""Profiles of level clocks: edited by people, every version kept; where nobody has edited, the settings
stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from audit import services as audit
from edge.conf import setting
from edge.locks import advisory
from escalation.clocks import Profile, ProfileError, read_profile
from escalation.models import ProfileVersion
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem

LOCK = "escalation.profile"
MOST_DAYS = 90


@dataclass(frozen=True, slots=True)
class InForce:
    """A profile with its days by level; `row` None where the settings say it."""

    profile: Profile
    days: Mapping[str, int]
    row: ProfileVersion | None = None


def profile_in_force() -> InForce:
    """What a clock that begins now has."""
    last = ProfileVersion.objects.order_by("-number").first()
    return begun_under(last, str(setting("CLOCK_PROFILE")))


def begun_under(row: ProfileVersion | None, profile: str) -> InForce:
    """The profile of a version; of the settings where there is none."""
    if row is not None:
        return InForce(Profile(row.profile), row.days, row)
    kind = Profile(profile)
    return InForce(kind, read_profile(setting(f"CLOCK_{kind.name}")))


@law("EF-4", "EF-5")
@transaction.atomic
def profile_set(*, actor: Actor, profile: str, days: str, reason: str) -> tuple[ProfileVersion, bool]:
    """A new version of what clocks that begin from now on have (`days`: `grid=1 community=2`); clocks that
    run keep theirs. The second value: these words are in force already."""
    advisory(LOCK, [LOCK])
    try:
        kind, read = Profile(profile), read_profile(days)
    except (ProfileError, ValueError) as error:
        raise Problem("profile_invalid", str(error)) from error
    if not read or max(read.values()) > MOST_DAYS:
        raise Problem("profile_invalid", f"at least one level, at most {MOST_DAYS} days")
    last = ProfileVersion.objects.order_by("-number").first()
    if last is not None and (last.profile, last.days) == (kind, read):
        return last, True
    number = 1 + (ProfileVersion.objects.aggregate(last=Max("number"))["last"] or 0)
    made = ProfileVersion.objects.create(
        number=number, profile=kind, days=read, reason=reason, made_at=clock.now(), made_by_id=actor.person
    )
    audit.record(
        actor=actor, event="escalation.profile_set", subject_kind="clock_profile", subject_id=made.pk,
        fields=["profile", "days"], reason=reason, detail={"number": number, "profile": kind.value},
    )  # fmt: skip
    return made, False
