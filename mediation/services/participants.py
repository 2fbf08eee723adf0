from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack
from uuid import UUID

from django.db import transaction

from audit import services as audit
from disputes.joining import Side, maybe_same, surely_same
from disputes.models import DisputeParty
from edge.encryption import Subject, blind
from edge.repeats import made_before
from kernel import clock, text
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation.codes import OF_A_PARTY, GuardianBasis, PartyNeed, PersonKind
from mediation.models import Case, CaseParty, Participant, RightsNotice
from mediation.services.consents import party_of
from mediation.services.moves import locked_case, require_may_call, require_open
from mediation.services.words import Spoken, check_form, seal_witness, speaker_of, word_columns
from mediation.sitting import needs_guardian, side_of
from privacy.services import subject_keys_create


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who comes to the table, as the paper has it. `not_suspected`, `no_own_interest`: what was checked of a
    guardian before naming one; `not_other_side`: a person has looked at a namesake, and it is another one."""

    kind: str
    name: str
    valid_from: date
    valid_to: date | None = None
    party_id: UUID | None = None
    basis: str = ""
    may_settle: bool | None = None
    document: str = ""
    language: str = ""
    phone: str = ""
    id_number: str = ""
    not_suspected: bool = False
    no_own_interest: bool = False
    not_other_side: bool = False

    def side(self) -> Side:
        """What finds the same person again, without the person."""
        phone, number = text.digits(self.phone), text.digits(self.id_number)
        return Side(
            blind("party.name", text.fold(self.name)),
            blind("party.phone", phone) if phone else None,
            blind("party.id_number", number) if number else None,
        )


@law("PM-20", "PI-31")
@transaction.atomic
def participant_add(*, actor: Actor, case_id: UUID, who: Newcomer, id: UUID | None = None) -> Participant:
    """Name somebody else at the table. An agent needs a mandate, a guardian a party who needs one and nothing
    that speaks against the person; nobody of the other side stands beside a party. Whoever is there for
    everybody takes part once every party has said yes."""
    case = locked_case(actor, case_id)
    if known := made_before(
        Participant,
        id,
        {"name": who.name},
        case_id=case.pk,
        added_by_id=actor.person,
        kind=who.kind,
        party_id=who.party_id,
    ):
        return known
    require_open(case, "participant_add")
    party = party_of(case, who.party_id) if who.party_id else None
    if (who.kind in OF_A_PARTY) != (party is not None):
        raise Problem("invalid", fields={"party_id": ["for who stands beside one party, and only there"]})
    _check_kind(who, party)
    if party is not None:
        _check_side(case, party, who)
    row = _row(actor, case, party, who, id or uuid7())
    _recorded(actor, case, "mediation.participant_added", who.kind)
    return row


def _check_side(case: Case, party: CaseParty, who: Newcomer) -> None:
    """Nobody of the other side. The same name alone does not say it: a person looks, and says so."""
    side, there = who.side(), [side_of(row) for row in _opponents(case, party)]
    if any(surely_same(side, other) for other in there):
        raise Problem("participant_of_other_side")
    if not who.not_other_side and any(maybe_same(side, other) for other in there):
        raise Problem("participant_maybe_other_side")


def _check_kind(who: Newcomer, party: CaseParty | None) -> None:
    if who.valid_to is not None and who.valid_to < who.valid_from:
        raise Problem("invalid", fields={"valid_to": ["before valid_from"]})
    if who.kind == PersonKind.AGENT and (not who.document.strip() or who.may_settle is None):
        raise Problem("mandate_missing")
    if who.kind == PersonKind.GUARDIAN:
        _check_guardian(who, party)
    if who.kind == PersonKind.HELPER and PartyNeed.HELPER not in (party.needs if party else ()):
        raise Problem("helper_not_needed")


def _check_guardian(who: Newcomer, party: CaseParty | None) -> None:
    """Not for an adult without a document; nobody suspected of harm or with an interest of the own. Then it
    is another guardian, the committee of the place, or civil affairs."""
    if party is None or not needs_guardian(party):
        raise Problem("guardian_not_needed")
    if who.basis not in GuardianBasis.values():
        raise Problem("invalid", fields={"basis": ["required"]})
    if not (who.not_suspected and who.no_own_interest):
        raise Problem("guardian_unfit")


def _opponents(case: Case, party: CaseParty) -> list[Any]:
    """The other parties, and who stands beside them."""
    others = CaseParty.objects.filter(case=case).exclude(pk=party.pk)
    theirs = Participant.objects.filter(case=case, party__in=others, ended_on=None)
    return [*DisputeParty.objects.filter(pk__in=others.values("dispute_party")), *theirs]


def _row(actor: Actor, case: Case, party: CaseParty | None, who: Newcomer, pk: UUID) -> Participant:
    side, (key_id,) = who.side(), subject_keys_create(1)
    subject = Subject(key_id)
    sealed = {
        name: subject.seal(Participant, name, pk, value)
        for name in ("name", "phone", "id_number")
        if (value := getattr(who, name).strip())
    }
    plain = ("kind", "basis", "may_settle", "document", "language")
    return Participant.objects.create(
        id=pk, case=case, party=party, key_id=key_id, **sealed, name_index=side.name, phone_index=side.phone,
        id_index=side.id_number, valid_from=who.valid_from, valid_to=who.valid_to,
        **{name: getattr(who, name) for name in plain}, added_at=clock.now(), added_by_id=actor.person,
    )  # fmt: skip


@transaction.atomic
def participant_end(
    *, actor: Actor, case_id: UUID, participant_id: UUID, reason: str, ended_on: date | None = None
) -> Participant:
    """Somebody's part ends (a mandate is taken back, a helper is not needed any more). The day may lie
    ahead. Twice is no fault."""
    case = locked_case(actor, case_id)
    row = Participant.objects.select_for_update().filter(pk=participant_id, case=case).first()
    if row is None:
        raise Problem("participant_not_of_case")
    if row.ended_on is None:
        row.ended_on, row.end_reason = ended_on or clock.today(), reason
        row.save(update_fields=["ended_on", "end_reason"])
        _recorded(actor, case, "mediation.participant_ended", row.kind)
    return row


@transaction.atomic
def party_needs_set(*, actor: Actor, case_id: UUID, party_id: UUID, needs: list[str]) -> Case:
    """What a party says it needs at the table: papers read aloud, an interpreter, sign language, a helper."""
    case = locked_case(actor, case_id)
    require_open(case, "party_needs")
    party = party_of(case, party_id)
    wanted = sorted(set(needs))
    if wanted != sorted(party.needs):
        party.needs = wanted
        party.save(update_fields=["needs"])
        _recorded(actor, case, "mediation.needs_set", "party")
    return case


@law("PM-30b", "PM-23", "DV-23")
@transaction.atomic
def rights_tell(
    *,
    actor: Actor,
    case_id: UUID,
    party_id: UUID,
    way: str,
    id: UUID | None = None,
    **spoken: Unpack[Spoken],
) -> RightsNotice:
    """告知权利义务: nature, principles, effect, rights and duties, told to one party before the first
    session."""
    case = locked_case(actor, case_id)
    party = party_of(case, party_id)
    if known := made_before(RightsNotice, id, party_id=party.pk, recorded_by_id=actor.person, way=way):
        return known
    require_open(case, "rights_tell")
    require_may_call(case, [party])
    speaker_of(party, spoken)
    check_form(party, spoken)
    notice = RightsNotice(id=id or uuid7(), party=party, way=way, **word_columns(actor, spoken))
    seal_witness([notice], spoken)
    notice.save(force_insert=True)
    _recorded(actor, case, "mediation.rights_told", way)
    return notice


def _recorded(actor: Actor, case: Case, event: str, what: str) -> None:
    audit.record(
        actor=actor,
        event=event,
        subject_kind="mediation_case",
        subject_id=case.pk,
        detail={"dispute": str(case.dispute_id), "what": what},
    )
