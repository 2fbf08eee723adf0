"""The referral 转介 as a table. A *share* leaves the dispute with its owner; with a *transfer* the owner
changes when the channel accepts, not when it is sent."""

from collections.abc import Mapping
from typing import Any

from kernel.codes import CodeTable
from kernel.law import law
from kernel.transitions import StateTable, Transition
from mediation.machine import DESK


class ReferralKind(CodeTable, table="referral_kind"):
    SHARE = "share", "共享（由本处继续办理）", "share: the owner stays"
    TRANSFER = "transfer", "移送（对方受理后由对方办理）", "transfer: the owner changes at acceptance"


class ReferralState(CodeTable, table="referral_state"):
    DRAFT = "draft", "拟转介", "draft"
    AGREED = "agreed", "当事人同意", "agreed by the party"
    SENT = "sent", "已送出", "sent"
    RECEIVED = "received", "已收到", "received"
    NEEDS_MORE = "needs_more", "需补正", "needs more"
    ACCEPTED = "accepted", "已受理", "accepted"
    DECLINED = "declined", "不予受理", "declined"
    REPORTED_BACK = "reported_back", "已反馈结果", "reported back"
    CLOSED = "closed", "办结", "closed"
    RECALLED = "recalled", "已撤回", "recalled"
    WENT_ALONE = "went_alone", "当事人自行前往", "the party went alone"


class ReferralOutcome(CodeTable, table="referral_outcome"):
    SETTLED = "settled", "已解决", "settled"
    NOT_SETTLED = "not_settled", "未解决", "not settled"
    DECIDED = "decided", "已作出决定或裁判", "decided"


class StopForm(CodeTable, table="referral_stop_form"):
    """How the channel was told to stop using what had gone there."""

    LETTER = "letter", "书面函件", "by letter"
    BY_HAND = "by_hand", "当面告知", "in person"
    PHONE = "phone", "电话告知", "by telephone"


WITH_THE_CHANNEL = (ReferralState.SENT, ReferralState.RECEIVED, ReferralState.NEEDS_MORE)
"""The channel has it and has not yet said whether it takes it."""
MAY_GO = (ReferralState.AGREED, *WITH_THE_CHANNEL, ReferralState.ACCEPTED)
"""What the party lets go may go to the channel."""
BEFORE_ACCEPTANCE = (ReferralState.DRAFT, ReferralState.AGREED, *WITH_THE_CHANNEL)


@law("PM-3")
def _by_the_party(facts: Mapping[str, Any]) -> str | None:
    """Only the party whose matter it is says yes."""
    return None if facts.get("said_on") else "consents_missing"


def _with_reason(facts: Mapping[str, Any]) -> str | None:
    return None if facts.get("reason") else "reason_required"


def _reported(facts: Mapping[str, Any]) -> str | None:
    return None if facts.get("outcome") in ReferralOutcome.values() else "reason_required"


REFERRAL = StateTable(
    "mediation_referral",
    initial="draft",
    transitions=(
        Transition("draft", "agree", "agreed", DESK, _by_the_party, "PM-3"),
        Transition("agreed", "send", "sent", DESK, law="CCL-5"),
        Transition("sent", "receive", "received", DESK),
        Transition("needs_more", "supply", "received", DESK),
        Transition("accepted", "report_back", "reported_back", DESK, _reported),
        Transition("reported_back", "close", "closed", DESK),
        Transition("declined", "close", "closed", DESK),
        *[Transition(source, "accept", "accepted", DESK) for source in WITH_THE_CHANNEL],
        *[Transition(source, "decline", "declined", DESK, _with_reason) for source in WITH_THE_CHANNEL],
        *[
            Transition(source, "ask_more", "needs_more", DESK, _with_reason)
            for source in ("sent", "received")
        ],
        *[Transition(source, "recall", "recalled", DESK) for source in BEFORE_ACCEPTANCE],
        *[
            Transition(source, "take_back", "recalled", DESK, law="PM-3")
            for source in (ReferralState.AGREED, *WITH_THE_CHANNEL)
        ],
        *[Transition(source, "go_alone", "went_alone", DESK, law="PM-3") for source in BEFORE_ACCEPTANCE],
    ),
    terminal=("closed", "recalled", "went_alone"),
)
