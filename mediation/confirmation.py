"""Judicial confirmation 司法确认 as a table (C-14), its pre-check (PM-33e), when somebody may be reminded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kernel.calendar import WorkCalendar
from kernel.clock import day_start, local_day
from kernel.codes import CodeTable
from kernel.codes.law import DisputeCategory
from kernel.law import law
from kernel.transitions import StateTable, Transition
from mediation.hours import Hours, not_before
from mediation.machine import ANYONE_THERE


@law("C-14")
class ConfirmationState(CodeTable, table="confirmation_state"):
    """C-14, `CONF_*`."""

    NONE = "none", "未申请", "nothing yet"
    OFFERED = "offered", "已告知", "told to both parties"
    FILED = "filed", "已共同申请", "both have filed"
    VALID = "valid", "裁定有效", "confirmed"
    REJECTED = "rejected", "裁定驳回", "rejected"
    NOT_ACCEPTED = "not_accepted", "不予受理", "not accepted by the court"
    WITHDRAWN = "withdrawn", "撤回申请", "the filing was withdrawn"
    EXPIRED = "expired", "已过三十日", "thirty days are over"


class CourtBasis(CodeTable, table="court_basis"):
    """PM-33b: why it is this court's."""

    INVITING = "inviting", "邀请调解的法院", "the court that invited"
    RESIDENCE = "residence", "当事人住所地", "residence of a party"
    OBJECT = "object", "标的物所在地", "where the object lies"
    ORGANISATION = "organisation", "调解组织所在地", "seat of the committee"


class CourtDoubt(CodeTable, table="court_doubt"):
    """PM-33e: why a court does not accept (first five) or rejects (last five)."""

    OUTSIDE_COURTS = "outside_courts", "不属于法院受理范围或管辖", "outside the court's scope or jurisdiction"
    STATUS = "status", "涉及婚姻、亲子、收养等身份关系", "marriage, parent-child or adoption status"
    SPECIAL_PROCEDURE = "special_procedure", "适用其他特别程序等审理", "another special procedure"
    BANKRUPTCY = "bankruptcy", "涉及破产程序", "a bankruptcy procedure"
    OWNERSHIP = "ownership", "涉及物权、知识产权确权", "decides ownership of property or IP"
    MANDATORY_LAW = "mandatory_law", "违反法律强制性规定", "breaks mandatory law"
    THIRD_PARTY = "third_party", "损害国家、社会公共利益或他人权益", "harms state, public or a third party"
    GOOD_MORALS = "good_morals", "违背公序良俗", "against public order and good morals"
    NOT_VOLUNTARY = "not_voluntary", "违反自愿原则", "not voluntary"
    UNCLEAR = "unclear", "内容不明确", "content not clear"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning of the pre-check. `sure` is False where only the kind of the dispute suggests it."""

    code: str
    zh: str
    en: str
    sure: bool


_SUGGESTED: Mapping[str, CourtDoubt] = {
    DisputeCategory.FAMILY: CourtDoubt.STATUS,
    DisputeCategory.HOUSE: CourtDoubt.OWNERSHIP,
    DisputeCategory.FOREST_LAND: CourtDoubt.OWNERSHIP,
    DisputeCategory.EXPROPRIATION: CourtDoubt.OUTSIDE_COURTS,
}


@law("PM-33e")
def precheck(category: str, seen: Iterable[str], *, written: bool, dated: bool) -> list[Doubt]:
    """Why a court may say no: what a person has ticked, and what the kind of dispute suggests. Warnings: the
    court decides, and nobody is kept from it."""
    ticked = set(seen)
    if not (written and dated):
        ticked.add(CourtDoubt.UNCLEAR)
    doubts = [Doubt(code.value, code.zh, code.en, True) for code in CourtDoubt if code.value in ticked]
    hint = _SUGGESTED.get(category)
    if hint is not None and hint.value not in ticked:
        doubts.append(Doubt(hint.value, hint.zh, hint.en, False))
    return doubts


@law("PM-33")
def _filing(facts: Mapping[str, Any]) -> str | None:
    """Both together, and in time by the paper's date."""
    if facts.get("not_joint"):
        return "confirmation_not_joint"
    return "confirmation_too_late" if facts.get("too_late") else None


def _ruled(facts: Mapping[str, Any]) -> str | None:
    return None if facts.get("document_no") else "document_required"


def _table() -> list[Transition]:
    rows = [
        Transition("none", "offer", "offered", ANYONE_THERE, law="PM-33"),
        Transition("filed", "confirm", "valid", ANYONE_THERE, _ruled, "PM-33b"),
        Transition("filed", "reject", "rejected", ANYONE_THERE, _ruled, "PM-33b"),
        Transition("filed", "not_accept", "not_accepted", ANYONE_THERE, _ruled, "PM-33e"),
        Transition("filed", "withdraw", "withdrawn", ANYONE_THERE),
        Transition("none", "expire", "expired", law="PM-33"),
        Transition("offered", "expire", "expired", law="PM-33"),
        Transition("withdrawn", "expire", "expired", law="PM-33"),
        Transition("expired", "reopen", "offered", law="PM-33"),
    ]
    # What was filed in time may be entered late: the paper's date counts.
    rows += [
        Transition(source, "file", "filed", ANYONE_THERE, _filing, "PM-33")
        for source in ("none", "offered", "withdrawn", "expired")
    ]
    return rows


CONFIRMATION = StateTable(
    "mediation_confirmation",
    initial="none",
    transitions=_table(),
    terminal=("valid", "rejected", "not_accepted"),
)
RUNNING = (ConfirmationState.NONE, ConfirmationState.OFFERED, ConfirmationState.WITHDRAWN)
"""While the thirty days count down."""


def reminder_from(at: datetime, hours: Hours, calendar: WorkCalendar) -> datetime:
    """The first allowed instant from `at` on, on a working day."""
    moved = not_before(at, hours)
    day = calendar.next_working_day(local_day(moved)).day
    return moved if day == local_day(moved) else not_before(day_start(day), hours)


def asked_to_remind(wishes: Iterable[bool | None]) -> bool:
    """Parties are reminded only if every one of them has said that they want it."""
    said = list(wishes)
    return bool(said) and all(said)
