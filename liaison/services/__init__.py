"""Writes of liaison. A machine may propose a report; whether and when anything is sent, people decide."""

from liaison.services.deciding import (
    report_accept,
    report_appeal,
    report_approve,
    report_decline,
    report_overrule,
    report_return,
    report_uphold,
)
from liaison.services.following import (
    report_acknowledge,
    report_answer,
    report_call_log,
    report_close,
    report_confirm,
    report_correct,
    report_no_basis,
    report_question,
    report_receive,
    report_reply,
    report_told,
)
from liaison.services.proposing import (
    Observed,
    Source,
    report_adopt,
    report_draft,
    report_propose,
    report_put_forward,
)
from liaison.services.sending import (
    report_forward,
    report_send,
    report_send_at_once,
    report_send_pending,
)

__all__ = [
    "Observed",
    "Source",
    "report_accept",
    "report_acknowledge",
    "report_adopt",
    "report_answer",
    "report_appeal",
    "report_approve",
    "report_call_log",
    "report_close",
    "report_confirm",
    "report_correct",
    "report_decline",
    "report_draft",
    "report_forward",
    "report_no_basis",
    "report_overrule",
    "report_propose",
    "report_put_forward",
    "report_question",
    "report_receive",
    "report_reply",
    "report_return",
    "report_send",
    "report_send_at_once",
    "report_send_pending",
    "report_told",
    "report_uphold",
]
