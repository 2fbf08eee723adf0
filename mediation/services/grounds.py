"""What of the table rests on a party's consent alone (PI-13/14): handling what the party says, and calling it
afterwards. The words are taken by mediation's own rules; here they become the ground that each use asks for.

A withdrawal of either is heard at the table or at the desk, stops the use with the word, and leaves the file
that the law orders to keep (PM-27).
"""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from mediation.guardians import data_by_guardian
from mediation.machine import REQUIRED_FOR_ACCEPTANCE, ConsentAnswer
from mediation.models import Case, CaseParty, CaucusNote, FollowUp, FollowUpWish
from mediation.selectors import missing_consents
from privacy.codes import ConsentPurpose
from privacy.services import consent_said, consent_unsaid, require_consent

PARTY = "case_party"
AT_TABLE = (ConsentPurpose.MEDIATION, ConsentPurpose.CHILD)


@law("PI-13/14", "PI-31")
def table_ground(actor: Actor, case: Case, party: CaseParty, *, steps: list[str], answer: str) -> None:
    """After a word of a party: its consent is in force while every step that acceptance needs has a yes;
    under 14 it is the guardian's."""
    if not set(steps) & set(REQUIRED_FOR_ACCEPTANCE):
        return
    if answer != ConsentAnswer.GIVEN:
        consent_unsaid(actor=actor, subject_kind=PARTY, subject_id=party.pk, purposes=AT_TABLE)
    elif party.pk not in {who for who, _ in missing_consents([case.pk]).get(case.pk, [])}:
        _said(actor, case, party.pk, _purpose(party), clock.today())


def _purpose(party: CaseParty) -> ConsentPurpose:
    who = party.dispute_party
    child = who.minor and data_by_guardian(who.source.birth_band, clock.today())
    return ConsentPurpose.CHILD if child else ConsentPurpose.MEDIATION


@law("PI-13/14")
def table_left(actor: Actor, party_id: UUID) -> None:
    """The party no longer takes part."""
    consent_unsaid(actor=actor, subject_kind=PARTY, subject_id=party_id, purposes=AT_TABLE)


@law("PI-13/14")
def call_ground(actor: Actor, case: Case, party_id: UUID, *, wanted: bool, day: date) -> None:
    """How a party wants to be followed up is the consent to be called; a decline takes it back."""
    if wanted:
        _said(actor, case, party_id, ConsentPurpose.FOLLOW_UP, day)
    else:
        purposes = [ConsentPurpose.FOLLOW_UP]
        consent_unsaid(actor=actor, subject_kind=PARTY, subject_id=party_id, purposes=purposes)


def _said(actor: Actor, case: Case, party_id: UUID, purpose: ConsentPurpose, day: date) -> None:
    consent_said(
        actor=actor, subject_kind=PARTY, subject_id=party_id, purpose=purpose, given_on=day,
        paper_no=case.number or case.dispute.code,
    )  # fmt: skip


def require_table(party: CaseParty) -> None:
    """Problem `no_consent` before a party has agreed to have what it says handled, and after it took it
    back."""
    require_consent(PARTY, party.pk, *AT_TABLE)


def require_call(party_id: UUID) -> None:
    """Problem `no_consent` where the party may not be called afterwards."""
    require_consent(PARTY, party_id, ConsentPurpose.FOLLOW_UP)


# What is kept of a party, for who orders an erasure


def needs_kept(party_id: UUID) -> int:
    return _with_needs(party_id).count()


@law("PI-13/14")
def needs_erase(_actor: Actor, party_id: UUID) -> int:
    return _with_needs(party_id).update(needs=[])


def _with_needs(party_id: UUID) -> QuerySet[CaseParty]:
    return CaseParty.objects.filter(pk=party_id).exclude(needs=[])


def talks_kept(party_id: UUID) -> int:
    return _talks(party_id).count()


@law("PI-13/14", "PM-15")
def talks_erase(_actor: Actor, party_id: UUID) -> int:
    """What the party said to its mediator alone stands in no file: nothing but its consent keeps it."""
    return _talks(party_id).update(text=None, answer=None, destroyed_at=clock.now())


def _talks(party_id: UUID) -> QuerySet[CaucusNote]:
    return CaucusNote.objects.filter(party=party_id, destroyed_at=None)


def files_kept(party_id: UUID) -> int:
    return CaseParty.objects.filter(pk=party_id).count()


def calls_kept(party_id: UUID) -> int:
    wishes = FollowUpWish.objects.filter(party=party_id)
    return FollowUp.objects.filter(party=party_id).count() + wishes.count()
