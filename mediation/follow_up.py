"""Follow-up 回访: how a party wants it, what came of it, and when one is owed at all (PM-FU)."""

from kernel.codes import CodeTable
from kernel.law import law
from kernel.transitions import StateTable, Transition
from mediation.machine import ANYONE_THERE


class FollowUpChoice(CodeTable, table="follow_up_choice"):
    PHONE = "phone", "电话", "by phone"
    VISIT = "visit", "上门", "by a visit"
    DECLINED = "declined", "不需要回访", "declined"


class FollowUpState(CodeTable, table="follow_up_state"):
    OWED = "owed", "待回访", "owed"
    DONE = "done", "已回访", "done"
    DECLINED = "declined", "当事人谢绝", "declined by the party"
    CANCELLED = "cancelled", "不再需要", "no longer owed"


class FollowUpResult(CodeTable, table="follow_up_result"):
    PERFORMED = "performed", "已履行", "performed"
    PARTLY = "partly", "部分履行", "partly performed"
    NOT_PERFORMED = "not_performed", "未履行", "not performed"
    NOT_REACHED = "not_reached", "未联系上", "not reached"


FOLLOW_UP = StateTable(
    "mediation_follow_up",
    initial="owed",
    transitions=(
        Transition("owed", "do", "done", ANYONE_THERE, law="PM-FU"),
        Transition("owed", "decline", "declined", ANYONE_THERE, law="PM-FU"),
        Transition("owed", "cancel", "cancelled"),
    ),
    terminal=("done", "declined", "cancelled"),
)


@law("PM-FU")
def contact_refused(choice: str | None, form: str) -> str | None:
    """A party is followed up in the way it chose and in no other; before it has chosen, in none."""
    if choice is None:
        return "follow_up_not_chosen"
    if choice == FollowUpChoice.DECLINED:
        return "follow_up_declined"
    return None if choice == form else "follow_up_other_way"
