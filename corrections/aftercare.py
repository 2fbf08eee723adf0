"""安置帮教衔接, help after release (CCM-53): told, asked, handed over with the person; voluntary throughout.

A "no" ends it, and nobody asks again; the person may come back to it.
"""

from collections.abc import Mapping
from typing import Any

from corrections.machine import STAFF
from kernel.codes import CodeTable
from kernel.law import law
from kernel.transitions import StateTable, Transition


class AftercareField(CodeTable):
    """What may be handed over; nothing about the offence, the term or the correction."""

    NAME = "name", "姓名", "name"
    PHONE = "phone", "联系电话", "telephone"
    ADDRESS = "address", "住址", "address"


class AftercareNeed(CodeTable):
    """What the person wants help with."""

    WORK = "work", "就业", "work"
    TRAINING = "training", "技能培训", "training"
    STUDY = "study", "就学", "study"
    SOCIAL_ASSISTANCE = "social_assistance", "社会救助", "social assistance"
    HOUSING = "housing", "住房", "housing"
    COUNSELLING = "counselling", "心理辅导", "counselling"
    LEGAL_AID = "legal_aid", "法律援助", "legal aid"


INFORMED, ACCEPTED, DECLINED = "informed", "accepted", "declined"
HANDED_OVER, RECEIVED, WITHDRAWN = "handed_over", "received", "withdrawn"
OPEN = (INFORMED, ACCEPTED, HANDED_OVER)


@law("CCM-53")
def _took_part(facts: Mapping[str, Any]) -> str | None:
    """The person knows what goes to whom, and was there."""
    return None if facts["took_part"] else "aftercare_needs_person"


AFTERCARE = StateTable(
    "aftercare",
    initial=INFORMED,
    transitions=[
        *(Transition(state, "accept", ACCEPTED, roles=STAFF, law="CCM-53") for state in (INFORMED, DECLINED)),
        Transition(INFORMED, "decline", DECLINED, roles=STAFF, law="CCM-53"),
        Transition(ACCEPTED, "hand_over", HANDED_OVER, roles=STAFF, guard=_took_part, law="CCM-53"),
        Transition(HANDED_OVER, "receive", RECEIVED, roles=STAFF),
        *(
            Transition(state, "withdraw", WITHDRAWN, roles=STAFF, law="CCM-53")
            for state in (ACCEPTED, HANDED_OVER, RECEIVED)
        ),
    ],
    terminal=[WITHDRAWN],
)  # fmt: skip
