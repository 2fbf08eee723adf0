"""Every write of mediation: intake items, asking and accepting, the people at the table and their words, and
what ends it."""

from mediation.services.acceptance import case_accept, case_decline
from mediation.services.asking import mediation_offer
from mediation.services.blocks import number_void, numbers_reserve
from mediation.services.consents import consent_record
from mediation.services.ending import party_refuse, ways_tell
from mediation.services.intake import (
    intake_close,
    intake_hand_back,
    intake_open,
    intake_protect,
    intake_read,
    intake_to_department,
)
from mediation.services.mediators import conflict_declare, mediator_replace, mediator_told, mediators_name
from mediation.services.participants import (
    Newcomer,
    participant_add,
    participant_end,
    party_needs_set,
    rights_tell,
)
from mediation.services.reaching import (
    case_ask_again,
    case_cannot_reach,
    case_resume,
    case_suspend,
    reach_attempt,
    review_put_off,
)
from mediation.services.reading import case_names, case_wish, participant_names
from mediation.services.register import (
    absence_end,
    absence_record,
    mediator_change,
    mediator_end,
    mediator_register,
    relation_declare,
    relation_end,
)
from mediation.services.timing import case_extend, case_fail, extension_ask

__all__ = [
    "Newcomer",
    "absence_end",
    "absence_record",
    "case_accept",
    "case_ask_again",
    "case_cannot_reach",
    "case_decline",
    "case_extend",
    "case_fail",
    "case_names",
    "case_resume",
    "case_suspend",
    "case_wish",
    "conflict_declare",
    "consent_record",
    "extension_ask",
    "intake_close",
    "intake_hand_back",
    "intake_open",
    "intake_protect",
    "intake_read",
    "intake_to_department",
    "mediation_offer",
    "mediator_change",
    "mediator_end",
    "mediator_register",
    "mediator_replace",
    "mediator_told",
    "mediators_name",
    "number_void",
    "numbers_reserve",
    "participant_add",
    "participant_end",
    "participant_names",
    "party_needs_set",
    "party_refuse",
    "reach_attempt",
    "relation_declare",
    "relation_end",
    "review_put_off",
    "rights_tell",
    "ways_tell",
]
