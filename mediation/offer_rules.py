"""An offer 调解方案 as a table (plain Python). It is open until its hour; then the job ends it once, with the
true time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kernel.codes import CodeTable
from kernel.deadlines import deadline
from kernel.transitions import StateTable, Transition
from mediation.machine import ANYONE_THERE, TABLE, CaseState


class OfferState(CodeTable, table="mediation_offer_state"):
    OPEN = "open", "待答复", "open"
    ACCEPTED = "accepted", "已接受", "accepted"
    DECLINED = "declined", "未接受", "declined"
    COUNTERED = "countered", "已提出反方案", "countered"
    EXPIRED = "expired", "已过期", "expired"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


def answer_refusal(facts: Mapping[str, Any]) -> str | None:
    """Only what was passed on can be answered, by one to whom it was made, and in time."""
    if refusal := _still_open(facts):
        return refusal
    if not facts.get("addressed"):
        return "offer_not_addressed"
    return None if facts.get("passed_on") else "offer_not_passed_on"


def _still_open(facts: Mapping[str, Any]) -> str | None:
    if facts.get("case_state") != CaseState.ACCEPTED:
        return "case_not_at_table"
    return "offer_expired" if facts.get("over") else None


def _all_accept(facts: Mapping[str, Any]) -> str | None:
    return answer_refusal(facts) or ("offer_answers_missing" if facts.get("waiting") else None)


OFFER = StateTable(
    "mediation_offer",
    initial="open",
    transitions=(
        Transition("open", "pass_on", "open", TABLE, _still_open),
        Transition("open", "accept", "accepted", ANYONE_THERE, _all_accept),
        Transition("open", "decline", "declined", ANYONE_THERE, answer_refusal),
        Transition("open", "counter", "countered", ANYONE_THERE, answer_refusal),
        Transition("open", "withdraw", "withdrawn", ANYONE_THERE),
        Transition("open", "expire", "expired"),
    ),
    terminal=("accepted", "declined", "countered", "expired", "withdrawn"),
)


@deadline(
    "offer", zh="调解方案有效期", en="an offer ends", counted="to the minute",
    since="what the offering party said", effect="expired, once, with the true time; nobody is reminded",
)  # fmt: skip
def offer_over_at(expires_at: datetime) -> datetime:
    """The first instant at which an offer can no longer be accepted: what the offering party said."""
    return expires_at
