"""Leave 外出: asked for, decided at its level, used, closed; each act one function."""

from corrections.services.leave.asking import (
    LeaveAsked,
    leave_ask,
    leave_return_papers,
    leave_submit,
    leave_verify,
    leave_withdraw,
)
from corrections.services.leave.city import CityPaper, city_confirm, city_record
from corrections.services.leave.course import (
    leave_close,
    leave_close_late,
    leave_extend,
    leave_not_used,
    leave_order_back,
)
from corrections.services.leave.deciding import (
    leave_approve,
    leave_emergency,
    leave_forward,
    leave_object,
    leave_refuse,
    objection_decide,
)
from corrections.services.leave.notices import notice_done
from corrections.services.leave.permits import (
    PermitAsked,
    delegation_create,
    delegation_end,
    permit_approve,
    permit_ask,
    permit_end,
    permit_refuse,
    permit_withdraw,
)
from corrections.services.leave.reading import leave_read, permit_read

__all__ = [
    "CityPaper",
    "LeaveAsked",
    "PermitAsked",
    "city_confirm",
    "city_record",
    "delegation_create",
    "delegation_end",
    "leave_approve",
    "leave_ask",
    "leave_close",
    "leave_close_late",
    "leave_emergency",
    "leave_extend",
    "leave_forward",
    "leave_not_used",
    "leave_object",
    "leave_order_back",
    "leave_read",
    "leave_refuse",
    "leave_return_papers",
    "leave_submit",
    "leave_verify",
    "leave_withdraw",
    "notice_done",
    "objection_decide",
    "permit_approve",
    "permit_ask",
    "permit_end",
    "permit_read",
    "permit_refuse",
    "permit_withdraw",
]
