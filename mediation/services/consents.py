from collections.abc import Iterable
from datetime import date
from typing import Unpack
from uuid import UUID

from django.db import transaction

from audit import services as audit
from edge.repeats import ids_from, made_before
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from mediation.guardians import refused_word
from mediation.machine import CaseState, ConsentAnswer, ConsentStep
from mediation.models import Case, CaseParty, Consent, Participant
from mediation.services.ending import party_refuse
from mediation.services.grounds import table_ground
from mediation.services.moves import locked_case, require_may_call
from mediation.services.words import (
    Spoken,
    check_form,
    seal_witness,
    speaker_of,
    stated_day,
    word_columns,
)
from mediation.sitting import needs_guardian

BEFORE_AN_END = (
    CaseState.ASKING,
    CaseState.UNREACHABLE,
    CaseState.ACCEPTED,
    CaseState.SUSPENDED,
    CaseState.AGREED,
)


@law("PM-17", "PM-20", "PM-23", "DV-23")
@transaction.atomic
def consent_record(
    *,
    actor: Actor,
    case_id: UUID,
    party_id: UUID,
    steps: Iterable[str],
    answer: str,
    participant_id: UUID | None = None,
    child_heard_on: date | None = None,
    id: UUID | None = None,
    **spoken: Unpack[Spoken],
) -> Case:
    """What a party (or who speaks for it) said about one or more steps. A "no" to mediation ends it at once,
    whoever writes it down and in whatever form it was said, and so does one to the handling of data once the
    case is accepted; a "no" to somebody at the table sends that person away. `id`: of the first of them."""
    case, named = locked_case(actor, case_id), sorted(set(steps))
    party = party_of(case, party_id)
    same = {"party_id": party.pk, "step": named[0], "answer": answer, "participant_id": participant_id}
    if made_before(Consent, id, recorded_by_id=actor.person, **same):
        return case
    _check_open(case)
    about = _about(case, named, participant_id)
    speaker = speaker_of(party, spoken)
    if answer == ConsentAnswer.GIVEN:
        require_may_call(case, [party])
        check_form(party, spoken)
        _check_speaker(party, named, speaker, spoken, child_heard_on)
    said = word_columns(actor, spoken)
    more = {"participant": about, "answer": answer, "child_heard_on": child_heard_on} | said
    words = zip(ids_from(id, len(named)), named, strict=True)
    rows = [Consent(id=pk, party=party, step=step, **more) for pk, step in words]
    seal_witness(rows, spoken)
    Consent.objects.bulk_create(rows)
    _recorded(actor, case, named, answer)
    table_ground(actor, case, party, steps=named, answer=answer)
    if answer != ConsentAnswer.GIVEN and about is not None:
        _send_away(about, said["said_on"])
    if answer != ConsentAnswer.GIVEN and _ends(case, named):
        return party_refuse(actor=actor, case_id=case.pk, party_id=party.pk, said_on=said["said_on"])
    return case


def _check_open(case: Case) -> None:
    if case.state not in BEFORE_AN_END:
        raise Problem("transition_not_allowed", current=case.state, event="consent")


@law("PM-17", "PI-13/14")
def _ends(case: Case, steps: list[str]) -> bool:
    """A "no" to mediation at any time; one to the handling of data once the table has begun, since nothing at
    it goes on without. While the parties are still being asked, that only keeps it from beginning."""
    begun = case.state not in (CaseState.ASKING, CaseState.UNREACHABLE)
    return ConsentStep.MEDIATION in steps or (begun and ConsentStep.PERSONAL_INFORMATION in steps)


def _send_away(somebody: Participant, day: date) -> None:
    Participant.objects.filter(pk=somebody.pk).update(ended_on=day, end_reason="当事人不同意")


def party_of(case: Case, party_id: UUID) -> CaseParty:
    """A party of this case. Problem `party_not_of_case`."""
    rows = CaseParty.objects.select_related("dispute_party__source")
    party = rows.filter(pk=party_id, case=case).first()
    if party is None:
        raise Problem("party_not_of_case")
    return party


def _about(case: Case, steps: list[str], participant_id: UUID | None) -> Participant | None:
    alone = steps == [ConsentStep.PARTICIPANT]
    if alone != (participant_id is not None) or (not alone and ConsentStep.PARTICIPANT in steps):
        raise Problem("invalid", fields={"participant_id": ["with the step participant alone"]})
    if participant_id is None:
        return None
    found = Participant.objects.filter(pk=participant_id, case=case, ended_on=None).first()
    if found is None:
        raise Problem("participant_not_of_case")
    return found


@law("PI-31")
def _check_speaker(
    party: CaseParty, steps: list[str], speaker: Participant | None, spoken: Spoken, heard_on: date | None
) -> None:
    if not needs_guardian(party):
        return
    day, band = stated_day(spoken.get("said_on")), party.dispute_party.source.birth_band
    kind, minor = (speaker.kind if speaker else None), party.dispute_party.minor
    heard = heard_on is not None and heard_on <= clock.today()
    for step in steps:
        code = refused_word(step, kind, minor=minor, band=band, day=day, heard=heard)
        if code:
            raise Problem(code, step=step)


def _recorded(actor: Actor, case: Case, steps: list[str], answer: str) -> None:
    audit.record(
        actor=actor,
        event="mediation.consent_recorded",
        subject_kind="mediation_case",
        subject_id=case.pk,
        fields=["consents"],
        detail={"dispute": str(case.dispute_id), "steps": steps, "answer": answer},
    )
