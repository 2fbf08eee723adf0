"""Personal fields of the people who work with the system."""

from edge.policy import EVERYONE
from kernel.codes.roles import Role
from privacy.register import Kept, Sensitivity, Whose, enter

enter(
    "accounts.User", ["username", "name"], whose=Whose.WORKER,
    purpose="登录、署名、公示网格员 sign-in, signature, and the worker whom GR-8 publishes", basis=["GR-8"],
    sensitivity=Sensitivity.ORDINARY, seen_by=EVERYONE, kept=Kept.EMPLOYED,
)  # fmt: skip
enter(
    "accounts.Device", ["seen_on"], whose=Whose.WORKER,
    purpose="同步游标到期 when a cursor ends; a day, never a moment", basis=["CS-23"],
    sensitivity=Sensitivity.ORDINARY, seen_by=[Role.DISTRICT_ADMIN], kept=Kept.EMPLOYED,
)  # fmt: skip
