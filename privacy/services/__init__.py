"""Writes of privacy."""

from privacy.services.assessments import assessment_enter, assessment_withdraw
from privacy.services.keys import subject_key_destroy, subject_keys_create, subject_keys_rewrap
from privacy.services.logs import Given, read_logged, share_logged

__all__ = [
    "Given",
    "assessment_enter",
    "assessment_withdraw",
    "read_logged",
    "share_logged",
    "subject_key_destroy",
    "subject_keys_create",
    "subject_keys_rewrap",
]
