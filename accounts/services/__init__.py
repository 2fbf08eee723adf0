"""Writes of accounts: one function an act, keyword-only, each with its audit row."""

from accounts.services.devices import (
    device_enrol,
    device_transition,
    device_wiped,
    enrolment_code_create,
    enrolment_codes_create,
)
from accounts.services.memberships import (
    Deputy,
    membership_confirm,
    membership_end,
    membership_propose,
    scopes_changed,
)
from accounts.services.passwords import password_link_create, password_set
from accounts.services.people import user_create, user_transition
from accounts.services.places import (
    area_create,
    organisation_amend,
    organisation_create,
    organisation_head_set,
)
from accounts.services.refreshing import refresh
from accounts.services.sessions import (
    Session,
    login,
    logout,
    role_switch,
    session_open,
    sessions_revoke,
)
from accounts.services.vendors import vendor_confirm, vendor_end, vendor_propose

__all__ = [
    "Deputy",
    "Session",
    "area_create",
    "device_enrol",
    "device_transition",
    "device_wiped",
    "enrolment_code_create",
    "enrolment_codes_create",
    "login",
    "logout",
    "membership_confirm",
    "membership_end",
    "membership_propose",
    "organisation_amend",
    "organisation_create",
    "organisation_head_set",
    "password_link_create",
    "password_set",
    "refresh",
    "role_switch",
    "scopes_changed",
    "session_open",
    "sessions_revoke",
    "user_create",
    "user_transition",
    "vendor_confirm",
    "vendor_end",
    "vendor_propose",
]
