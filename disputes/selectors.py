"""Reads about screenings and disputes that more than one service asks for."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from disputes.codes import SIDES
from disputes.joining import Side
from disputes.models import DangerSign, DisputeScreening, Screening


def sides_of(parties: Sequence[Any]) -> list[Side]:
    """Blind indexes of the sides, of `ScreeningParty` or `DisputeParty` rows."""
    sides = [
        Side(_bytes(party.name_index), _bytes(party.phone_index), _bytes(party.id_index))
        for party in parties
        if party.role in SIDES
    ]
    return [side for side in sides if side.known]


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)


def latest_signs(dispute_id: UUID) -> list[str]:
    """Codes of all danger signs of a dispute, sorted; corrected records do not count."""
    linked = DisputeScreening.objects.filter(dispute_id=dispute_id).values("screening_id")
    corrected = Screening.objects.filter(supersedes__isnull=False, supersedes_id__in=linked).values(
        "supersedes_id"
    )
    rows = DangerSign.objects.filter(screening_id__in=linked).exclude(screening_id__in=corrected)
    return sorted(set(rows.values_list("code", flat=True)))
