"""Reviews and searches on an officer's worklist."""

from collections.abc import Iterable
from datetime import datetime

from corrections import access
from corrections.machine import STAFF
from corrections.search_codes import SearchState, SearchWhy
from kernel.actor import Actor
from tasks.worklist import Section, SectionKind, WorklistItem


def reviews(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = access.searches_visible_to(actor).filter(state=SearchState.REVIEW)
    named = [(row, SearchWhy(row.why)) for row in rows]
    return [WorklistItem("search", row.id, why.zh, why.en, since=row.opened_at) for row, why in named]


def lost(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """With what has not been told yet; due until both have been."""
    rows = access.searches_visible_to(actor).filter(state=SearchState.LOST)
    found = []
    for row in rows:
        marks = [name for name in ("police", "procuratorate") if getattr(row, f"{name}_on") is None]
        due_at = row.tell_by if marks else None
        found.append(
            WorklistItem(
                "search", row.id, "失联查找中", "somebody is searched", due_at=due_at, since=row.lost_at,
                marks=tuple(marks),
            )
        )  # fmt: skip
    return found


SECTIONS = (
    Section(
        "reviews_open", SectionKind.TO_DO, "未联系待核查", "missed contacts to be reviewed", STAFF, reviews
    ),
    Section("searches_open", SectionKind.TO_DO, "失联查找中", "people who are searched", STAFF, lost),
)
