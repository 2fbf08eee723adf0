"""Who speaks for a child: under 8 the guardian acts, from 8 to 17 the guardian acts and the child is heard,
and under 14 it is the guardian who consents to the handling of data (PI-31). Of a child only a band of birth
years is known; where the band leaves it open, the child counts as both.
"""

from datetime import date

from kernel.law import law
from mediation.codes import PersonKind
from mediation.machine import ConsentStep

HEARD_FROM = 8
DATA_BY_GUARDIAN_UNDER = 14
MAJORITY = 18


def ages(band: str, day: date) -> tuple[int, int]:
    """The lowest and the highest age on the day that a band like `2010-2014` allows; no band: any child."""
    if not band:
        return 0, MAJORITY - 1
    first, last = (int(year) for year in band.split("-"))
    return max(0, day.year - last - 1), min(MAJORITY - 1, day.year - first)


def to_be_heard(band: str, day: date) -> bool:
    return ages(band, day)[1] >= HEARD_FROM


@law("PI-31")
def data_by_guardian(band: str, day: date) -> bool:
    return ages(band, day)[0] < DATA_BY_GUARDIAN_UNDER


@law("PI-31")
def refused_word(
    step: str, speaker: str | None, *, minor: bool, band: str, day: date, heard: bool
) -> str | None:
    """The code of the problem when a "yes" of somebody who needs a guardian was said by the wrong person or,
    of a child old enough, without hearing the child; None when it counts. `speaker`: the kind of participant
    who said it, None for the party itself."""
    if speaker not in (PersonKind.GUARDIAN, PersonKind.AGENT):
        return "guardian_missing"
    data = step == ConsentStep.PERSONAL_INFORMATION
    if minor and data and speaker != PersonKind.GUARDIAN and data_by_guardian(band, day):
        return "guardian_missing"
    if minor and step == ConsentStep.MEDIATION and to_be_heard(band, day) and not heard:
        return "child_not_heard"
    return None
