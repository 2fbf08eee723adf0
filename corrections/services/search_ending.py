"""What follows from how a search came out: a death ends the correction, a detention suspends what is due."""

from uuid import UUID

from django.db import transaction

from corrections.ends import DETAINED, EndReason
from corrections.models import Detention, Search
from corrections.services.detention import detention_record
from corrections.services.searches import Ending, search_end
from corrections.services.terminating import subject_terminate
from kernel import clock
from kernel.actor import Actor
from kernel.law import law

BY_DOCUMENT = "见文书"


@law("CCL-51", "CCM-41")
@transaction.atomic
def search_close(*, actor: Actor, search_id: UUID, ending: Ending) -> Search:
    """End a search with all that its document says: nobody calls at the door of somebody who died, and
    nothing is missed by somebody who is held."""
    search = search_end(actor=actor, search_id=search_id, ending=ending)
    day = ending.since_on or clock.today()
    if ending.event == "die" and search.subject.state == "in_correction":
        subject_terminate(
            actor=actor, subject_id=search.subject_id, reason=EndReason.DEATH,
            document_no=ending.document_no, on=day,
        )  # fmt: skip
    held = Detention.objects.filter(subject=search.subject_id, state=DETAINED)
    if ending.event == "detained" and not held.exists():
        detention_record(
            actor=actor, subject_id=search.subject_id, organ=ending.place or BY_DOCUMENT,
            document_no=ending.document_no, since=day, told_on=clock.today(),
        )  # fmt: skip
    return search
