"""Reads about files: whose they are, and what a record still waits for."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Q, QuerySet

from kernel import clock
from kernel.actor import Actor
from sync.files.models import File
from sync.models import Intake

_CURRENT = Q(superseded=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the current versions of a record's files."""

    verified: int = 0
    waiting: int = 0
    refused: int = 0

    @property
    def complete(self) -> bool:
        return not self.waiting and not self.refused

    @classmethod
    def of(cls, states: Sequence[str]) -> "Counts":
        return cls(states.count("verified"), states.count("waiting"), states.count("refused"))


def current_states(kind: str, record: Any) -> ArraySubquery:
    """To annotate records of a kind with the states of the files of `record`, for `Counts.of`."""
    rows = File.objects.filter(_CURRENT, kind=kind, record=record)
    return ArraySubquery(rows.values_list("state", flat=True))


def own(actor: Actor) -> QuerySet[File]:
    """What this person, in this role, has declared: nobody else may send it."""
    return File.objects.filter(author_id=actor.user_id, role=str(actor.role))


def counts(kind: str, records: Collection[UUID]) -> dict[UUID, Counts]:
    """By record; records without files are not in it."""
    rows = File.objects.filter(kind=kind, record__in=records).values("record")
    found = rows.annotate(
        verified=Count("id", filter=_CURRENT & Q(state="verified")),
        waiting=Count("id", filter=_CURRENT & Q(state="waiting")),
        refused=Count("id", filter=_CURRENT & Q(state="refused")),
    )
    return {row["record"]: Counts(row["verified"], row["waiting"], row["refused"]) for row in found}


def waiting_by_item(items: Iterable[UUID]) -> dict[UUID, int]:
    """How many files of these push items the server still waits for; items without files are not in it."""
    rows = File.objects.filter(item__in=list(items)).values("item")
    found = rows.annotate(waiting=Count("id", filter=_CURRENT & Q(state="waiting")))
    return {row["item"]: row["waiting"] for row in found}


def bytes_today(actor: Actor) -> int:
    """File bytes that the device has sent on this local day."""
    row = Intake.objects.filter(device_id=actor.device_id, day=clock.today())
    return row.values_list("file_bytes", flat=True).first() or 0
