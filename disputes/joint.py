"""联合会办 joint handling (GR-10) as a table: a question to a department, what it answers, and by when.

A question is not the file: it says where, what about, what is asked and by when. "Not ours" twice, and the
head of the street decides who; what that head has decided cannot be "not ours" again.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kernel.clock import day_end
from kernel.codes import CodeTable
from kernel.codes.roles import Role
from kernel.deadlines import deadline
from kernel.law import law
from kernel.transitions import StateTable, Transition

DIRECTOR = frozenset({Role.CENTRE_DIRECTOR})
CENTRE = DIRECTOR | {Role.CENTRE_CLERK}
NOT_OURS_MOST = 2
"""So many departments say that it is not theirs before the head of the street decides."""


class JointState(CodeTable, table="joint_state"):
    ASKED = "asked", "已发出，待答复", "asked"
    WILL_DO = "will_do", "承诺限期办理", "will do by a date"
    NEEDS = "needs", "需补充", "needs something"
    DONE = "done", "已办结", "done"
    NOT_OURS = "not_ours", "不属本单位职责", "not ours"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class JointAnswerKind(CodeTable, table="joint_answer"):
    """What a department may say."""

    DONE = "done", "已办结", "done"
    WILL_DO = "will_do", "限期办理", "will do by a date"
    NOT_OURS = "not_ours", "不属本单位职责", "not ours, on what basis"
    NEEDS = "needs", "需补充材料或信息", "needs something first"


class JointEnclosure(CodeTable, table="joint_enclosure"):
    """What may go along on paper. No statement, note, offer or record of a party is on the list."""

    SITE_PHOTO = "site_photo", "现场照片", "photo of the place"
    SITE_PLAN = "site_plan", "位置示意图", "sketch of the place"
    MEASUREMENT = "measurement", "测量记录", "measurement"
    PUBLIC_NOTICE = "public_notice", "公告文书", "public notice"


def _decided(facts: Mapping[str, Any]) -> str | None:
    return "joint_decided" if facts.get("ordered") else None


_GUARDS = {JointAnswerKind.NOT_OURS: _decided}

JOINT = StateTable(
    "joint_question",
    initial=JointState.ASKED,
    transitions=[
        *(
            Transition(state, event, event, CENTRE, _GUARDS.get(event), "GR-10")
            for state, events in (
                (JointState.ASKED, tuple(JointAnswerKind)),
                (JointState.WILL_DO, (JointAnswerKind.DONE, JointAnswerKind.WILL_DO, JointAnswerKind.NEEDS)),
                (JointState.NEEDS, (JointAnswerKind.DONE, JointAnswerKind.WILL_DO, JointAnswerKind.NOT_OURS)),
            )
            for event in events
        ),
        Transition(JointState.NEEDS, "supply", JointState.ASKED, DIRECTOR),
        *(
            Transition(state, "withdraw", JointState.WITHDRAWN, DIRECTOR)
            for state in (JointState.ASKED, JointState.WILL_DO, JointState.NEEDS)
        ),
    ],
    terminal=[JointState.DONE, JointState.NOT_OURS, JointState.WITHDRAWN],
)  # fmt: skip
OPEN = tuple(sorted(JOINT.states - JOINT.terminal))


@deadline(
    "joint_silence", zh="会办答复期限", en="a department is silent", counted="calendar days",
    since="the day that was asked for, or that the department named", effect="shown to the street",
    law=("GR-10",),
)  # fmt: skip
def silent_from(answer_on: date) -> datetime:
    """The first instant after the last day for an answer."""
    return day_end(answer_on)


@law("GR-10")
def answer_refusal(
    answer: str, *, said_on: date, today: date, by_date: date | None, basis: str, words: str
) -> str | None:
    """The problem code that speaks against an answer as it stands, or None."""
    if said_on > today:
        return "joint_said_in_future"
    if (answer == JointAnswerKind.WILL_DO) != (by_date is not None):
        return "joint_date_needed"
    if by_date is not None and by_date < said_on:
        return "joint_date_needed"
    if answer == JointAnswerKind.NOT_OURS and not basis.strip():
        return "joint_basis_needed"
    if answer == JointAnswerKind.NEEDS and not words.strip():
        return "joint_words_needed"
    return None
