"""Paper first 纸质先行: what was entered from paper says so, and a second person compares."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from audit.services import record
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from tasks import access
from tasks.models import PaperEntry


@dataclass(frozen=True, slots=True)
class Paper:
    """The date that the paper bears, and where the original is kept."""

    paper_on: date
    original_at: str


def paper_entered(
    *, actor: Actor, subject_kind: str, subject_id: UUID, paper: Paper | None, restricted: bool = False
) -> PaperEntry | None:
    """Leave the row of a record that was entered from paper; None for one that was not. Call it in the
    transaction of the record's own service.

    Problem `paper_in_future`.
    """
    if paper is None:
        return None
    if paper.paper_on > clock.today():
        raise Problem("paper_in_future")
    entry, made = PaperEntry.objects.get_or_create(
        subject_kind=subject_kind, subject_id=subject_id,
        defaults={
            "organisation_id": actor.organisation_id, "restricted": restricted, "paper_on": paper.paper_on,
            "original_at": paper.original_at, "entered_by_id": actor.person, "entered_at": clock.now(),
        },
    )  # fmt: skip
    if made:
        record(
            actor=actor, event="paper.entered", subject_kind=subject_kind, subject_id=subject_id,
            detail={"paper_on": paper.paper_on.isoformat()},
        )  # fmt: skip
    return entry


@transaction.atomic
def paper_compare(*, actor: Actor, entry_id: UUID) -> tuple[PaperEntry, bool]:
    """A second person of the same organisation has compared record and paper. The second value: it was
    compared before.

    Problems: not_found, own_comparison.
    """
    entry = existing(access.papers_visible_to(actor).select_for_update(of=("self",)).filter(id=entry_id))
    if entry.compared_at is not None:
        return entry, True
    if entry.entered_by_id == actor.person:
        raise Problem("own_comparison")
    entry.compared_by_id, entry.compared_at = actor.person, clock.now()
    entry.save(update_fields=["compared_by", "compared_at"])
    record(
        actor=actor, event="paper.compared", subject_kind=entry.subject_kind, subject_id=entry.subject_id,
        fields=["compared_by"],
    )  # fmt: skip
    return entry, False
