"""Under which key a text of a case is sealed: the party's own, or the case's for what concerns several."""

from uuid import UUID

from mediation.models import Case, CaseParty
from privacy.services import subject_keys_create


def key_for(case: Case, party: CaseParty | None = None) -> UUID:
    """The key of the party; of the case where no party is named, or one who is only described. The case is
    locked: its key is made when it is first needed."""
    if party is not None and party.dispute_party.key_id is not None:
        return party.dispute_party.key_id
    if case.key_id is None:
        case.key_id = subject_keys_create(1)[0]
        case.save(update_fields=["key_id"])
    return case.key_id
