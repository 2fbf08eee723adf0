"""What goes to a channel with a referral, as the party's word allows: its paper, and the set of the file."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from disputes.codes import PartyRole
from edge.documents.forms import form_of, paper
from edge.documents.model import Document
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.law import DisputeCategory
from kernel.law import law
from kernel.problems import Problem
from mediation import access
from mediation.channels import TABLE, Channel, Part, shown
from mediation.models import Case, CaseParty, Referral, ReferralWord
from mediation.papers.register import PACKAGE
from mediation.papers.source import WITHHELD, CaseFile, Person, Referred
from mediation.papers.unsealed import opened
from mediation.referral import MAY_GO, ReferralKind
from mediation.services.referral_moves import details_of, last_word
from privacy.services import read_logged


@dataclass(frozen=True, slots=True)
class Sending:
    """A referral with the word that allows it, and its party at the table of the case."""

    row: Referral
    word: ReferralWord
    party: CaseParty

    @property
    def parts(self) -> frozenset[Part]:
        return frozenset(map(Part, self.word.papers))

    @property
    def fields(self) -> list[str]:
        """As the share log names them."""
        return ["mediation.Referral.details", *(f"{self.row.channel}.{code}" for code in self.word.fields)]

    @property
    def shown(self) -> Referred:
        return referred(self.row, self.word, str(self.party.pk))


@law("PM-3", "PI-13/14")
def sending_of(actor: Actor, case: Case, referral_id: UUID) -> Sending:
    """What may go with this referral out of the file of this case. Problems `not_found`, `party_not_of_case`,
    `transfer_not_agreed`."""
    row = existing(access.visible_referrals(actor).filter(pk=referral_id, dispute=case.dispute_id))
    party = CaseParty.objects.filter(case=case, dispute_party=row.party_id).first()
    if party is None:
        raise Problem("party_not_of_case")
    return Sending(row, _allowed(row), party)


def _allowed(row: Referral) -> ReferralWord:
    word = last_word(row)
    if row.state not in MAY_GO or word is None or not word.fields:
        raise Problem("transfer_not_agreed")
    return word


def referred(row: Referral, word: ReferralWord, party_key: str) -> Referred:
    """The referral as its paper shows it."""
    channel, details = Channel(row.channel), details_of(row)
    fields = tuple(
        (one.zh, shown(one, details[one.code]))
        for one in TABLE[channel].asks
        if one.code in word.fields and one.code in details
    )
    return Referred(
        channel=channel.zh, kind=ReferralKind(row.kind).zh, recipient=row.recipient, party=party_key,
        agreed_on=word.said_on, fields=fields, papers=tuple(Part(part).zh for part in word.papers),
    )  # fmt: skip


@law("PM-3", "CCL-5", "DV-23")
@transaction.atomic
def referral_paper(*, actor: Actor, referral_id: UUID, purpose: str, reason: str) -> Document:
    """转介表: the paper that goes with a referral, also of a dispute that was never at the table. Before the
    party's yes there is none (`transfer_not_agreed`)."""
    row = access.visible_referrals(actor).select_related("dispute", "party__source").filter(pk=referral_id)
    found = existing(row)
    word = _allowed(found)
    read_logged(
        actor=actor, subject_kind="mediation_referral", subject_id=found.pk,
        fields=["details", "party.name", *(f"party.{part}" for part in word.papers if part in _IDENTIFIES)],
        purpose=purpose, reason=reason,
    )  # fmt: skip
    dispute = found.dispute
    file = CaseFile(
        dispute_code=dispute.code, category=DisputeCategory(dispute.category).zh,
        parties=(_person(found, word),), referred=referred(found, word, str(found.party_id)),
    )  # fmt: skip
    return paper(form_of(PACKAGE, "referral"), file, made_at=clock.now())


_IDENTIFIES = (Part.IDENTITY, Part.CONTACT)


def _person(row: Referral, word: ReferralWord) -> Person:
    """The party, with as much of what identifies it as it lets go; on the protected track no telephone."""
    known, phone = row.party.source, WITHHELD if row.dispute.protected else ""
    if Part.CONTACT in word.papers and not row.dispute.protected:
        phone = opened(known, "phone")
    return Person(
        key=str(row.party_id), role=PartyRole(row.party.role).zh, name=opened(known, "name"),
        id_number=opened(known, "id_number") if Part.IDENTITY in word.papers else "", phone=phone,
    )  # fmt: skip
