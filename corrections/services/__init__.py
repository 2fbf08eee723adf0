"""Every write of corrections. Officers decide; phones report; the machine reminds."""

from corrections.services.amending import visits_amend
from corrections.services.contacts import contact_add, contact_excuse, naming_end, worker_name
from corrections.services.flags import flag_look_at, visit_judge
from corrections.services.groups import NewMember, group_activate, group_create, member_add, member_end
from corrections.services.plans import NewPlan, plan_create, quiet_default
from corrections.services.reading import subject_read, visit_read
from corrections.services.reception import (
    Document,
    Person,
    order_add,
    subject_register,
    term_change,
    term_confirm,
)
from corrections.services.visits import visit_record, visits_submit

__all__ = [
    "Document",
    "NewMember",
    "NewPlan",
    "Person",
    "contact_add",
    "contact_excuse",
    "flag_look_at",
    "group_activate",
    "group_create",
    "member_add",
    "member_end",
    "naming_end",
    "order_add",
    "plan_create",
    "quiet_default",
    "subject_read",
    "subject_register",
    "term_change",
    "term_confirm",
    "visit_judge",
    "visit_read",
    "visit_record",
    "visits_amend",
    "visits_submit",
    "worker_name",
]
