"""Writes of privacy."""

from privacy.services.assessments import assessment_enter, assessment_withdraw
from privacy.services.closings import (
    closing_mark,
    closing_unmark,
    closings_note,
    record_restrict,
    record_seal,
    seal_lift,
)
from privacy.services.consents import (
    consent_erase,
    consent_give,
    consent_given_again,
    consent_held,
    consent_said,
    consent_unsaid,
    consent_withdraw,
    consented,
    consents_before,
    location_withdrawn,
    require_consent,
)
from privacy.services.destruction import (
    destruction_cancel,
    destruction_countersign,
    destruction_sign,
    lists_draft,
)
from privacy.services.incidents import (
    glass_break,
    glass_opened,
    glass_review,
    incident_close,
    incident_contain,
    incident_open,
    incident_told,
)
from privacy.services.keys import subject_key_destroy, subject_keys_create, subject_keys_rewrap
from privacy.services.logs import Given, read_logged, share_logged
from privacy.services.people import (
    notice_enter,
    notice_show,
    request_answer,
    request_enter,
    request_identify,
    request_refuse,
)
from privacy.services.queries import (
    queries_reseal,
    query_answer,
    query_approve,
    query_enter,
    query_open,
    query_read,
    query_refuse,
)
from privacy.services.reapplying import closings_reapply
from privacy.services.sealkeys import Halves, seal_key_make
from privacy.services.tombstones import tombstones_write

__all__ = [
    "Given",
    "Halves",
    "assessment_enter",
    "assessment_withdraw",
    "closing_mark",
    "closing_unmark",
    "closings_note",
    "closings_reapply",
    "consent_erase",
    "consent_give",
    "consent_given_again",
    "consent_held",
    "consent_said",
    "consent_unsaid",
    "consent_withdraw",
    "consented",
    "consents_before",
    "destruction_cancel",
    "destruction_countersign",
    "destruction_sign",
    "glass_break",
    "glass_opened",
    "glass_review",
    "incident_close",
    "incident_contain",
    "incident_open",
    "incident_told",
    "lists_draft",
    "location_withdrawn",
    "notice_enter",
    "notice_show",
    "queries_reseal",
    "query_answer",
    "query_approve",
    "query_enter",
    "query_open",
    "query_read",
    "query_refuse",
    "read_logged",
    "record_restrict",
    "record_seal",
    "request_answer",
    "request_enter",
    "request_identify",
    "request_refuse",
    "require_consent",
    "seal_key_make",
    "seal_lift",
    "share_logged",
    "subject_key_destroy",
    "subject_keys_create",
    "subject_keys_rewrap",
    "tombstones_write",
]
