"""How a correction ends (C-9), what is looked at before, and what a detention suspends.

Everything that burdens the person stops at 24:00 of the last day without anybody's act (CCL-44).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from corrections.machine import AGENCY, STAFF
from kernel.codes import CodeTable
from kernel.deadlines import deadline
from kernel.law import law
from kernel.transitions import StateTable, Transition

STAGES = (60, 30, 7, 1)


@law("C-9")
class EndReason(CodeTable):
    """C-9. A change of the place of execution is no end."""

    TERM_OVER = "term_over", "期满解除", "the term is over"
    PARDON = "pardon", "赦免解除", "pardoned"
    SUSPENSION_REVOKED = "suspension_revoked", "撤销缓刑终止", "the suspension was revoked"
    PAROLE_REVOKED = "parole_revoked", "撤销假释终止", "parole was revoked"
    IMPRISONED = "imprisoned", "收监执行终止", "imprisoned"
    DEATH = "death", "死亡终止", "death"


RELEASES = frozenset({EndReason.TERM_OVER, EndReason.PARDON})
BURDENING = frozenset({EndReason.SUSPENSION_REVOKED, EndReason.PAROLE_REVOKED, EndReason.IMPRISONED})


class NoticeTo(CodeTable):
    """The three that are told of every end (CCL-44, CCL-51)."""

    ORGAN = "organ", "决定机关", "the organ that decided"
    PROCURATORATE = "procuratorate", "人民检察院", "the procuratorate"
    POLICE = "police", "公安机关", "the police"


class CertificateWay(CodeTable):
    """How the certificate 解除社区矫正证明书 reached the person."""

    IN_PERSON = "in_person", "当面", "by hand"
    POST = "post", "邮寄", "by post"
    NOT_COLLECTED = "not_collected", "未领取，存档备取", "not collected, kept for the person"


class EndPaper(CodeTable):
    """What is written before the end (CCM-53)."""

    SUMMARY = "summary", "个人总结", "the person's own summary"
    APPRAISAL = "appraisal", "机构鉴定", "the agency's appraisal"


ENDING, CERTIFIED, RELEASED, TERMINATED, CLOSED = "ending", "certified", "released", "terminated", "closed"


def _certifies(facts: Mapping[str, Any]) -> str | None:
    return None if facts["release"] and not facts["outside_prison"] else "ending_other_paper"


def _releases(facts: Mapping[str, Any]) -> str | None:
    return None if facts["release"] and facts["outside_prison"] else "ending_other_paper"


def _terminates(facts: Mapping[str, Any]) -> str | None:
    return "ending_other_paper" if facts["release"] else None


def _all_told(facts: Mapping[str, Any]) -> str | None:
    """The three are told, and who wants help afterwards was handed over to it."""
    if facts["aftercare_waits"]:
        return "aftercare_open"
    return None if facts["told"] else "notices_missing"


ENDINGS = StateTable(
    "correction_ending",
    initial=ENDING,
    transitions=[
        Transition(ENDING, "certify", CERTIFIED, roles=AGENCY, guard=_certifies, law="CCL-44"),
        # Category 04: the prison or the detention house releases; the burdens stop on the day all the same.
        Transition(ENDING, "released_by", RELEASED, roles=AGENCY, guard=_releases, law="CCL-44"),
        Transition(ENDING, "terminate", TERMINATED, roles=AGENCY, guard=_terminates, law="CCL-45"),
        *(
            Transition(state, "close", CLOSED, roles=AGENCY, guard=_all_told, law="CCL-44")
            for state in (CERTIFIED, RELEASED, TERMINATED)
        ),
    ],
    terminal=[CLOSED],
)

DETAINED, RESUMED = "detained", "resumed"
DETENTION = StateTable(
    "detention",
    initial=DETAINED,
    transitions=[
        Transition(DETAINED, "resume", RESUMED, roles=STAFF, law="CCM-41"),
        Transition(DETAINED, "terminate", TERMINATED, roles=AGENCY, law="CCL-45"),
    ],
    terminal=[RESUMED, TERMINATED],
)


@deadline(
    "detention_told", zh="羁押通知社区矫正机构", en="the organ that detains tells the agency",
    counted="calendar days", since="the day of the detention", effect="shown as the organ's lateness",
    law=("CCM-41",), settings=("DETENTION_TELL_DAYS",),
)  # fmt: skip
@law("CCM-41")
def detention_told_due(since: date, days: int) -> date:
    """The last day on which the organ tells us; what comes later is the organ's, never the person's."""
    return since + timedelta(days=days)


@deadline(
    "before_end", zh="解除前准备", en="what is done before the end", length="60, 30, 7 and 1 days before",
    counted="calendar days", since="back from the last day", effect="a task for the officer",
    law=("CCM-53",),
)  # fmt: skip
def stage_day(ends_on: date, days: int) -> date:
    """The day on which a stage before the end begins."""
    return ends_on - timedelta(days=days)


@law("CCM-53")
def stages_begun(ends_on: date, today: date) -> list[int]:
    """The stages that have begun by `today`, in order; none after the last day."""
    if today > ends_on:
        return []
    return [days for days in STAGES if stage_day(ends_on, days) <= today]


CATEGORY_OF: Mapping[EndReason, str] = MappingProxyType(
    {
        EndReason.SUSPENSION_REVOKED: "02",
        EndReason.PAROLE_REVOKED: "03",
        EndReason.IMPRISONED: "04",
    }
)


@law("CCL-45")
def reason_gap(reason: EndReason, categories: set[str]) -> str | None:
    """A suspension is revoked of 02, parole of 03, imprisonment of 04; a term is over by itself."""
    if reason == EndReason.TERM_OVER:
        return "end_comes_by_itself"
    wanted = CATEGORY_OF.get(reason)
    return "kind_not_of_category" if wanted is not None and wanted not in categories else None
