"""By whom the person was met (C-10): a named worker, at the office, or an enrolled terminal."""

from corrections.codes import VisitOutcome, Witness
from kernel.codes.law import ContactForm

UNSEEN = frozenset({ContactForm.WRITTEN_REPORT})
"""Forms in which nobody meets the person: a paper came."""


def witness_of(outcome: VisitOutcome, form: ContactForm, *, terminal: bool) -> Witness | None:
    """What stands on the record of a contact; None for an attempt, and for what only came on paper."""
    if outcome != VisitOutcome.MET or form in UNSEEN:
        return None
    if terminal:
        return Witness.TERMINAL
    return Witness.OFFICE if form == ContactForm.OFFICE_REPORT else Witness.WORKER
