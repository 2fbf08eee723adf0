"""纠纷简要情况: what a case is about, worded at the centre for those who see the case."""

from uuid import UUID

from django.db import transaction

from edge.encryption import reveal, seal_value
from kernel.actor import Actor
from kernel.law import law
from mediation.models import Case
from mediation.services.keys import key_for
from mediation.services.moves import locked_case, require_open
from mediation.services.reading import case_read
from mediation.services.steps import tell


@law("PM-F3")
@transaction.atomic
def case_brief_set(*, actor: Actor, case_id: UUID, brief: str) -> Case:
    """The words of the acceptance form. Also of a case whose dispute may not be worded for the grid: they are
    under the case's key and go no further than the case."""
    case = locked_case(actor, case_id)
    require_open(case, "brief")
    brief_write(actor, case, brief)
    return case


def brief_write(actor: Actor, case: Case, brief: str) -> None:
    """On a locked case. The same words again are no change."""
    if brief == reveal(case, "brief"):
        return
    case.brief = seal_value(Case, "brief", case.pk, brief, key_for(case))
    case.save(update_fields=["brief"])
    tell(actor, "brief_set", case, "brief")


@transaction.atomic
def case_brief(*, actor: Actor, case_id: UUID, purpose: str, reason: str) -> str | None:
    """The words, against one row in the read log."""
    return reveal(case_read(actor, case_id, "brief", purpose, reason), "brief")
