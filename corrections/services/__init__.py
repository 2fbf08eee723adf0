"""Every write of corrections. Officers decide; phones report; the machine reminds."""

from corrections.services.amending import visits_amend
from corrections.services.complaints import (
    Told,
    complaint_answer,
    complaint_assign,
    complaint_link,
    complaint_pass_on,
    complaint_read,
    complaint_receive,
    complaint_tell_procurator,
    complaint_withdraw,
)
from corrections.services.contacts import contact_add, contact_excuse, naming_end, worker_name
from corrections.services.decisions import (
    Draft,
    Outcome,
    decision_copy,
    decision_decide,
    decision_draft,
    decision_drop,
    decision_hear,
    decision_read,
    decision_result,
    decision_serve,
    objection_answer,
    objection_make,
    objection_read,
    objection_take_further,
)
from corrections.services.flags import flag_look_at, visit_judge
from corrections.services.groups import NewMember, group_activate, group_create, member_add, member_end
from corrections.services.guarding import second_decision_answer, second_decision_ask, second_decision_read
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
    "Draft",
    "NewMember",
    "NewPlan",
    "Outcome",
    "Person",
    "Told",
    "complaint_answer",
    "complaint_assign",
    "complaint_link",
    "complaint_pass_on",
    "complaint_read",
    "complaint_receive",
    "complaint_tell_procurator",
    "complaint_withdraw",
    "contact_add",
    "contact_excuse",
    "decision_copy",
    "decision_decide",
    "decision_draft",
    "decision_drop",
    "decision_hear",
    "decision_read",
    "decision_result",
    "decision_serve",
    "flag_look_at",
    "group_activate",
    "group_create",
    "member_add",
    "member_end",
    "naming_end",
    "objection_answer",
    "objection_make",
    "objection_read",
    "objection_take_further",
    "order_add",
    "plan_create",
    "quiet_default",
    "second_decision_answer",
    "second_decision_ask",
    "second_decision_read",
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
