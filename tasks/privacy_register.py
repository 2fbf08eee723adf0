"""Personal fields of the duty list."""

from edge.policy import EVERYONE
from kernel.codes.roles import Role
from privacy.register import Kept, Sensitivity, Whose, enter

enter(
    "tasks.DutyShift", ["note"], whose=Whose.WORKER,
    purpose="交接班 handing a shift over; names no party", basis=["PI-33/34/37"],
    sensitivity=Sensitivity.ORDINARY,
    seen_by=[
        Role.CENTRE_DIRECTOR, Role.CENTRE_CLERK, Role.MEDIATOR, Role.DUTY_OFFICER, Role.STATION_OFFICER,
    ],
    kept=Kept.EMPLOYED,
)  # fmt: skip
enter(
    "tasks.HandOver", ["note"], whose=Whose.WORKER,
    purpose="交接 what the colleague must know; names no party", basis=["PI-33/34/37"],
    sensitivity=Sensitivity.ORDINARY, seen_by=EVERYONE, kept=Kept.EMPLOYED,
)  # fmt: skip
enter(
    "tasks.HandOverLine", ["words"], whose=Whose.WORKER,
    purpose="交接清单说明 one line for each open item; names no party", basis=["PI-33/34/37"],
    sensitivity=Sensitivity.ORDINARY, seen_by=EVERYONE, kept=Kept.EMPLOYED,
)  # fmt: skip
