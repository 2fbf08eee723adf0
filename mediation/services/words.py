"""Somebody's word as columns: who said it, in which form, before which witness."""

from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from accounts.selectors import memberships_in_force
from edge.encryption import seal_value
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from mediation.codes import PartyNeed, PersonKind, WordForm
from mediation.models import CaseParty, Participant
from mediation.models.cases import Word
from mediation.sitting import holds_on
from privacy.services import subject_keys_create

SPEAKERS = (PersonKind.AGENT, PersonKind.GUARDIAN)


class Spoken(TypedDict, total=False):
    """How a word was said. `said_on`: the paper's date. `said_by_id`: agent or guardian, none for the party.
    `witness`: the name of whoever was there when it was read aloud or the fingerprint was made."""

    form: str
    said_on: date | None
    said_by_id: UUID | None
    read_aloud_by_id: UUID | None
    witness: str


def stated_day(stated: date | None, default: date | None = None) -> date:
    """The paper's date, else today. Problem `date_in_future`."""
    if stated is not None and stated > clock.today():
        raise Problem("date_in_future")
    return stated or default or clock.today()


def speaker_of(party: CaseParty, spoken: Spoken) -> Participant | None:
    """Who spoke for the party, if not the party itself. Problem `mandate_missing`: nobody with a mandate (or
    guardianship) of this party on that day."""
    said_by = spoken.get("said_by_id")
    if said_by is None:
        return None
    who = Participant.objects.filter(pk=said_by, party=party, kind__in=SPEAKERS).first()
    if who is None or not holds_on(who, stated_day(spoken.get("said_on"))):
        raise Problem("mandate_missing")
    return who


def check_form(party: CaseParty, spoken: Spoken) -> None:
    """What binds a party who cannot read has been read aloud before a witness; a fingerprint has a witness.
    Not asked of a "no"."""
    form, witness = spoken.get("form", WordForm.ORAL), spoken.get("witness", "").strip()
    if form == WordForm.FINGERPRINT and not witness:
        raise Problem("witness_required")
    cannot_read = PartyNeed.READ_ALOUD in party.needs and form != WordForm.ORAL
    if cannot_read and not (witness and spoken.get("read_aloud_by_id")):
        raise Problem("read_aloud_required")


def require_works_here(user_id: UUID, field: str) -> None:
    """Problem `invalid` of this field for somebody who holds no role."""
    if not memberships_in_force().filter(user_id=user_id).exists():
        raise Problem("invalid", fields={field: ["not somebody who works here"]})


def word_columns(actor: Actor, spoken: Spoken) -> dict[str, Any]:
    """The columns that every word has, but for the witness (`sealed_witness`)."""
    reader = spoken.get("read_aloud_by_id")
    if reader is not None:
        require_works_here(reader, "read_aloud_by_id")
    return {
        "form": spoken.get("form", WordForm.ORAL),
        "said_on": stated_day(spoken.get("said_on")),
        "said_by_id": spoken.get("said_by_id"),
        "read_aloud_by_id": reader,
        "recorded_at": clock.now(),
        "recorded_by_id": actor.person,
    }


def seal_witness(rows: list[Any], spoken: Spoken) -> None:
    """The witness's name, sealed for each of these rows under one key of the witness's own."""
    witness = spoken.get("witness", "").strip()
    if not witness or not rows:
        return
    key_id = subject_keys_create(1)[0]
    for row in rows:
        if not isinstance(row, Word):
            raise AssertionError("only words have a witness")
        row.witness_key_id = key_id
        row.witness = seal_value(type(row), "witness", row.pk, witness, key_id)
