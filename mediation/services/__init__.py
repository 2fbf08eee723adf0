"""Every write of mediation: intake items, asking and accepting, and the word that ends it."""

from mediation.services.acceptance import case_accept, case_decline, mediators_name
from mediation.services.asking import case_ask_again, case_cannot_reach, consent_record, mediation_offer
from mediation.services.ending import party_refuse, ways_tell
from mediation.services.intake import (
    intake_close,
    intake_hand_back,
    intake_open,
    intake_protect,
    intake_read,
    intake_to_department,
)
from mediation.services.reading import case_names, case_wish
from mediation.services.timing import case_extend, case_fail

__all__ = [
    "case_accept",
    "case_ask_again",
    "case_cannot_reach",
    "case_decline",
    "case_extend",
    "case_fail",
    "case_names",
    "case_wish",
    "consent_record",
    "intake_close",
    "intake_hand_back",
    "intake_open",
    "intake_protect",
    "intake_read",
    "intake_to_department",
    "mediation_offer",
    "mediators_name",
    "party_refuse",
    "ways_tell",
]
