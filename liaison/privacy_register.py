"""Personal fields of reports: one name, for who has to act."""

from liaison.machine import AUTHORS, LIAISON, SECOND
from privacy.register import Kept, Sensitivity, Whose, enter

enter(
    "liaison.Report", ["person"], whose=Whose.NAMED,
    purpose="有危险或查找的人 who is at risk or sought", basis=["PS-1", "PS-3", "PS-4", "PS-5", "PS-6"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=AUTHORS | SECOND | LIAISON, kept=Kept.CASE,
)  # fmt: skip
enter(
    "liaison.ReportTransition", ["reason"], whose=Whose.NAMED,
    purpose="退回、追问、更正的理由 why it came back, what was asked", basis=["PS-1"],
    sensitivity=Sensitivity.ORDINARY, seen_by=AUTHORS | SECOND | LIAISON, kept=Kept.CASE,
)  # fmt: skip
