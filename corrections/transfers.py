"""Change of the place of execution 执行地变更 (CCM-30, CCM-31): asked, decided, moved, received, reported."""

from datetime import date, datetime, timedelta

from corrections.machine import AGENCY
from corrections.term import add_months
from kernel import clock
from kernel.deadlines import deadline
from kernel.law import law
from kernel.transitions import StateTable, Transition

ASKED, NO_ANSWER, ACCEPTED, REFUSED = "asked", "no_answer", "accepted", "refused"
MOVED, FILE_SENT, RECEIPT = "moved", "file_sent", "receipt"
REPORTED, NOT_ARRIVED, WITHDRAWN = "reported", "not_arrived", "withdrawn"
UNDER_WAY = (ASKED, NO_ANSWER, ACCEPTED, MOVED, FILE_SENT, RECEIPT, NOT_ARRIVED)

TRANSFER = StateTable(
    "place_transfer",
    initial=ASKED,
    transitions=[
        Transition(ASKED, "flag", NO_ANSWER, law="CCM-30"),
        *(Transition(state, "accept", ACCEPTED, roles=AGENCY, law="CCM-30") for state in (ASKED, NO_ANSWER)),
        *(Transition(state, "refuse", REFUSED, roles=AGENCY, law="CCL-27a") for state in (ASKED, NO_ANSWER)),
        Transition(REFUSED, "tell", REFUSED, roles=AGENCY, law="CCM-30"),
        Transition(ACCEPTED, "move", MOVED, roles=AGENCY, law="CCM-31"),
        Transition(MOVED, "send_file", FILE_SENT, roles=AGENCY, law="CCM-31"),
        Transition(FILE_SENT, "receive", RECEIPT, roles=AGENCY, law="CCM-31"),
        Transition(RECEIPT, "report", REPORTED, roles=AGENCY, law="CCM-31"),
        Transition(RECEIPT, "not_arrive", NOT_ARRIVED, roles=AGENCY, law="CCM-31"),
        Transition(NOT_ARRIVED, "report", REPORTED, roles=AGENCY, law="CCM-31"),
        *(
            Transition(state, "withdraw", WITHDRAWN, roles=AGENCY)
            for state in (ASKED, NO_ANSWER, ACCEPTED)
        ),
    ],
    terminal=[REPORTED, WITHDRAWN],
)  # fmt: skip


@deadline(
    "transfer_apply_ahead", zh="变更执行地提前申请", en="a transfer is applied for ahead",
    counted="calendar months", since="the day from which it is wanted, backwards",
    effect="a soft warning, never a reason to refuse", law=("CCM-30",), settings=("TRANSFER_AHEAD_MONTHS",),
)  # fmt: skip
@law("CCM-30")
def applied_late(applied_on: date, wanted_from: date | None, months: int) -> bool:
    """Whether an application came later than it generally should; not where it says no day."""
    return wanted_from is not None and wanted_from < add_months(applied_on, months)


@deadline(
    "transfer_step", zh="执行地变更各步期限", en="a step of a transfer", counted="calendar days",
    since="the step before: asked, file moved, file sent", effect="a flag, never against the person",
    law=("CCM-30", "CCM-31"), settings=("TRANSFER_STEP_DAYS",),
)  # fmt: skip
def step_due(since: date, days: int) -> datetime:
    return clock.day_end(since + timedelta(days=days))


@deadline(
    "transfer_report", zh="向新执行地报到", en="the person reports at the new place", counted="calendar days",
    since="the day the person received the decision", effect="the old agency looks for the person",
    law=("CCM-31",), settings=("TRANSFER_REPORT_DAYS",),
)  # fmt: skip
def report_due(received_on: date, days: int) -> datetime:
    return clock.day_end(received_on + timedelta(days=days))
