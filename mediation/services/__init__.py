"""Every write of mediation: intake items, asking and accepting, the people at the table and their words, and
what ends it."""

from mediation.services.acceptance import case_accept, case_decline
from mediation.services.agreements import (
    AgreementSaid,
    agreement_amend,
    agreement_drop,
    agreement_reach,
    agreement_set_aside,
    agreement_write,
)
from mediation.services.asking import mediation_offer
from mediation.services.blocks import number_void, numbers_reserve
from mediation.services.briefs import case_brief, case_brief_set
from mediation.services.confirming import (
    confirmation_decide,
    confirmation_file,
    confirmation_offer,
    confirmation_precheck,
    confirmation_withdraw,
    confirmation_word,
)
from mediation.services.consents import consent_record
from mediation.services.ending import party_refuse, ways_tell
from mediation.services.following import follow_up_do, follow_up_wish
from mediation.services.intake import (
    intake_close,
    intake_hand_back,
    intake_open,
    intake_protect,
    intake_read,
    intake_to_department,
)
from mediation.services.marks import correction_decide, date_correct, mark_record, marks_review, marks_scan
from mediation.services.mediators import (
    conflict_declare,
    mediator_replace,
    mediator_told,
    mediators_name,
    namesake_decide,
)
from mediation.services.obligations import (
    ObligationSaid,
    agreement_performed,
    obligation_breach,
    obligation_perform,
    obligations_add,
)
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
from mediation.services.words_read import agreement_words, follow_up_note

__all__ = [
    "AgreementSaid",
    "Newcomer",
    "ObligationSaid",
    "absence_end",
    "absence_record",
    "agreement_amend",
    "agreement_drop",
    "agreement_performed",
    "agreement_reach",
    "agreement_set_aside",
    "agreement_words",
    "agreement_write",
    "case_accept",
    "case_ask_again",
    "case_brief",
    "case_brief_set",
    "case_cannot_reach",
    "case_decline",
    "case_extend",
    "case_fail",
    "case_names",
    "case_resume",
    "case_suspend",
    "case_wish",
    "confirmation_decide",
    "confirmation_file",
    "confirmation_offer",
    "confirmation_precheck",
    "confirmation_withdraw",
    "confirmation_word",
    "conflict_declare",
    "consent_record",
    "correction_decide",
    "date_correct",
    "extension_ask",
    "follow_up_do",
    "follow_up_note",
    "follow_up_wish",
    "intake_close",
    "intake_hand_back",
    "intake_open",
    "intake_protect",
    "intake_read",
    "intake_to_department",
    "mark_record",
    "marks_review",
    "marks_scan",
    "mediation_offer",
    "mediator_change",
    "mediator_end",
    "mediator_register",
    "mediator_replace",
    "mediator_told",
    "mediators_name",
    "namesake_decide",
    "number_void",
    "numbers_reserve",
    "obligation_breach",
    "obligation_perform",
    "obligations_add",
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
