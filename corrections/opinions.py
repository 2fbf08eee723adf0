"""Opinions 检察意见 and suggestions 检察建议 of the procuratorate, and the written reply to each (CCL-8)."""

from datetime import date, datetime, timedelta

from corrections.machine import AGENCY
from kernel import clock
from kernel.codes import CodeTable
from kernel.deadlines import deadline
from kernel.transitions import StateTable, Transition


class OpinionKind(CodeTable):
    OPINION = "opinion", "检察意见", "an opinion"
    SUGGESTION = "suggestion", "检察建议", "a suggestion"
    CORRECTION = "correction", "纠正违法通知", "a notice to correct"


class Followed(CodeTable):
    """What the reply says. Not followed, or in part only: with the reason."""

    FULLY = "fully", "采纳", "followed"
    PARTLY = "partly", "部分采纳", "followed in part"
    NOT = "not", "不采纳", "not followed"


OPINION = StateTable(
    "procuratorial_opinion",
    initial="issued",
    transitions=[Transition("issued", "reply", "replied", roles=AGENCY, law="CCL-8")],
    terminal=["replied"],
)


@deadline(
    "opinion_reply", zh="对检察意见书面回复", en="reply to the procuratorate", counted="calendar days",
    since="the day it was received", effect="stands as overdue with the agency and the procurator",
    law=("CCL-8",), settings=("OPINION_REPLY_DAYS",),
)  # fmt: skip
def reply_due(received_on: date, days: int) -> datetime:
    return clock.day_end(received_on + timedelta(days=days))
