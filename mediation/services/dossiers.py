"""Copies of a file: made for one named recipient, each in the share log, and what the file lacks."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from audit import services as audit
from edge.conf import setting
from edge.documents.answers import WRITERS
from edge.documents.forms import form_of, paper, part_of
from edge.documents.model import Document
from edge.repeats import made_before
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation import access
from mediation.agreed import asks_the_court
from mediation.channels import TABLE, Channel
from mediation.models import Case, CaseParty, DossierCopy
from mediation.papers import checklist
from mediation.papers.assembly import dossier
from mediation.papers.kinds import Contents, contents
from mediation.papers.reading import case_source
from mediation.papers.register import PACKAGE
from mediation.papers.scanned import scans_of
from mediation.papers.source import CaseFile
from mediation.papers.unsealed import present
from mediation.services.blocks import open_numbers
from mediation.services.moves import require_may_call
from mediation.services.numbering import number_text
from mediation.services.sending import Sending, sending_of
from mediation.visibility import CopyKind
from privacy.codes import RecipientKind
from privacy.services import Given, read_logged, share_logged

SUBJECT = "mediation_case"
FIELDS = {
    "names": ("mediation.CaseParty.name",),
    "identity": ("disputes.ScreeningParty.id_number", "disputes.ScreeningParty.phone"),
    "notes": ("mediation.Note.text",),
    "papers": ("mediation.Document.title",),
    "scans": ("mediation.Document.blob",),
    "agreement": ("mediation.Agreement.facts", "mediation.Agreement.terms", "mediation.Obligation.what"),
    "follow_up": ("mediation.FollowUp.note",),
}
BASIS = {CopyKind.COMMITTEE: "PM-27", CopyKind.PARTY: "PM-29", CopyKind.COURT: "PM-33d"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which copy: its kind, the party whose copy it is, who gets it; of a transfer set the referral, which
    says whose matter it is and where it goes."""

    kind: str
    party_id: UUID | None = None
    recipient: str = ""
    referral_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made: `asked` with what the referral says, what the copy holds, and the referral."""

    asked: Asked
    held: Contents
    sending: Sending | None = None

    @property
    def columns(self) -> dict[str, Any]:
        sent, asked = self.sending, self.asked
        return {
            "kind": asked.kind, "party_id": asked.party_id, "referral_id": asked.referral_id,
            "channel": sent.row.channel if sent else "", "agreed_on": sent.word.said_on if sent else None,
        }  # fmt: skip

    @property
    def to(self) -> tuple[RecipientKind, str]:
        """What the share log calls the recipient, and on what ground."""
        if self.sending is not None:
            row = TABLE[Channel(self.sending.row.channel)]
            return RecipientKind(row.to), row.law
        kind = CopyKind(self.asked.kind)
        known = {CopyKind.PARTY: RecipientKind.PERSON, CopyKind.COURT: RecipientKind.COURT}
        return known.get(kind, RecipientKind.EXPORT), BASIS[kind]


@dataclass(frozen=True, slots=True)
class Made:
    """A copy with its document, as it was set and hashed; `replay`: the same request had made it before."""

    row: DossierCopy
    document: Document
    content: bytes
    replay: bool = False


@law("PM-27", "PM-F1", "PM-33d")
@transaction.atomic
def dossier_make(
    *,
    actor: Actor,
    case_id: UUID,
    asked: Asked,
    form: str,
    purpose: str,
    reason: str,
    id: UUID | None = None,
) -> Made:
    """One copy of the file. It names its recipient on each page, and leaves a row in the read log, in the
    share log and in the list of copies. What is missing is told and stops nothing. On the protected track
    none goes to the other side, nor anywhere in its name, without the wish of the person at risk.

    The same request again gets the same bytes: it is one copy and one share, read once more. Where the file
    has changed since, it is no longer that copy: problem `conflict`."""
    case = _case(actor, case_id)
    plan = _plan(actor, case, asked)
    known = _made_before(actor, case, plan, id, form)
    _read(actor, case, plan.held, purpose, reason)
    file = case_source(case, plan.held, referred=plan.sending.shown if plan.sending else None)
    lacks = checklist.missing(file) if asked.kind == CopyKind.COMMITTEE else []
    printed, logged = _recipient(plan.asked, file, case)
    document = dossier(
        file, plan.held, asked.kind, missing=lacks, recipient=printed,
        made_at=known.made_at if known else clock.now(),
        scans=scans_of(file, most=setting("DOSSIER_SHEETS_MAX")),
    )  # fmt: skip
    content = WRITERS[form][0](document)
    if known is not None:
        return _again(known, document, content, logged)
    row = _kept(
        actor, case, plan, content, id=id or uuid7(), form=form, missing=lacks, recipient=logged,
        made_at=document.made_at,
    )  # fmt: skip
    _shared(actor, row, plan, file, purpose)
    return Made(row, document, content)


def _plan(actor: Actor, case: Case, asked: Asked) -> Plan:
    """What the copy holds, for whom, and whether that may reach them."""
    if asked.kind == CopyKind.TRANSFER:
        if asked.referral_id is None:
            raise Problem("invalid", fields={"referral_id": ["with which referral it goes"]})
        sent = sending_of(actor, case, asked.referral_id)
        require_may_call(case, [sent.party])
        asked = Asked(asked.kind, sent.party.pk, sent.row.recipient, asked.referral_id)
        return Plan(asked, contents(asked.kind, party=sent.party.pk, parts=sent.parts), sent)
    _check(case, asked)
    return Plan(asked, contents(asked.kind, party=asked.party_id, joint=_joint(case, asked)))


def _check(case: Case, asked: Asked) -> None:
    if asked.referral_id is not None:
        raise Problem("invalid", fields={"referral_id": ["only of a transfer set"]})
    if asked.kind == CopyKind.COURT and not asked.recipient.strip():
        raise Problem("invalid", fields={"recipient": ["who gets it"]})
    if asked.kind == CopyKind.PARTY and asked.party_id is None:
        raise Problem("invalid", fields={"party_id": ["whose copy it is"]})
    if asked.party_id is None:
        return
    party = CaseParty.objects.filter(case=case, pk=asked.party_id).first()
    if party is None:
        raise Problem("party_not_of_case")
    if asked.kind == CopyKind.PARTY:
        require_may_call(case, [party])


def _made_before(actor: Actor, case: Case, plan: Plan, id: UUID | None, form: str) -> DossierCopy | None:
    """The copy that the same request has made: by the same person, of the same kind."""
    said = {"case_id": case.pk, "form": form, "made_by_id": actor.person, **plan.columns}
    return made_before(DossierCopy, id, **said)


def _again(known: DossierCopy, document: Document, content: bytes, recipient: str) -> Made:
    if (known.recipient, bytes(known.sha256)) != (recipient, hashlib.sha256(content).digest()):
        raise Problem("conflict")
    return Made(known, document, content, replay=True)


def _joint(case: Case, asked: Asked) -> dict[UUID, list[UUID]]:
    """Who asks the court, each with the papers that go there by its word."""
    if asked.kind != CopyKind.COURT:
        return {}
    words = asks_the_court(case.pk)
    return {party: [paper.pk for paper in word.papers.all()] for party, word in words.items()}


def _recipient(asked: Asked, file: CaseFile, case: Case) -> tuple[str, str]:
    """As it is printed on the pages, and as the logs keep it: they hold no names of parties."""
    if asked.kind == CopyKind.COMMITTEE:
        return case.committee.name, case.committee.name
    if asked.kind == CopyKind.PARTY:
        own = next(person for person in file.parties if person.key == str(asked.party_id))
        return own.name or own.role, "当事人本人"
    return asked.recipient.strip(), asked.recipient.strip()


def _kept(actor: Actor, case: Case, plan: Plan, content: bytes, **told: Any) -> DossierCopy:
    row = DossierCopy.objects.create(
        case=case, recipient_kind=plan.to[0], sha256=hashlib.sha256(content).digest(),
        made_by_id=actor.person, role=str(actor.role), **plan.columns, **told,
    )  # fmt: skip
    audit.record(
        actor=actor, event="mediation.dossier_made", subject_kind=SUBJECT, subject_id=case.pk,
        detail={"copy": str(row.pk), "kind": row.kind, "form": row.form, "missing": len(row.missing)},
    )  # fmt: skip
    return row


def _shared(actor: Actor, row: DossierCopy, plan: Plan, file: CaseFile, purpose: str) -> None:
    fields = [*_fields(file), *(plan.sending.fields if plan.sending else ())]
    share_logged(
        actor=actor,
        given=Given(
            subject_kind=SUBJECT, subject_id=row.case_id, basis=plan.to[1], purpose=purpose,
            recipient_kind=RecipientKind(row.recipient_kind), recipient=row.recipient, fields=fields,
            records=len(file.parties), document_id=row.pk,
        ),
    )  # fmt: skip


def _fields(file: CaseFile) -> list[str]:
    there = {
        "names": True,
        "identity": any(person.id_number or person.phone for person in file.parties),
        "notes": any(sitting.minutes for sitting in file.sittings) or bool(file.records),
        "papers": bool(file.attached),
        "scans": any(paper.bound for paper in file.attached),
        "agreement": bool(file.agreements),
        "follow_up": bool(file.follow_ups),
    }
    return [field for key, fields in FIELDS.items() if there[key] for field in fields]


@law("PM-27")
@transaction.atomic
def paper_make(*, actor: Actor, case_id: UUID, key: str, purpose: str, reason: str) -> Document:
    """One form of the case, filled from the file, to be signed or read out at the centre."""
    form = form_of(PACKAGE, key)
    case, held = _case(actor, case_id), contents(CopyKind.COMMITTEE)
    _read(actor, case, held, purpose, reason)
    file = case_source(case, held)
    return paper(form, file, made_at=clock.now(), header=case.committee.name)


@law("PM-F2")
def blank_paper(*, actor: Actor, key: str, block_id: UUID | None = None) -> Document:
    """A form without a case. With a block: one copy for each of its numbers that is still open. Problem
    `form_not_numbered`."""
    form = form_of(PACKAGE, key)
    if block_id is None:
        return paper(form, None, made_at=clock.now())
    block = existing(access.visible_blocks(actor).select_related("register__committee").filter(pk=block_id))
    if not form.numbered:
        raise Problem("form_not_numbered")
    committee = block.register.committee.name
    sheets = [
        CaseFile(committee=committee, number=number_text(block.year, block.register.code, serial))
        for serial in open_numbers(block)
    ]
    parts = tuple(part_of(form, sheet, f"n{number}") for number, sheet in enumerate(sheets))
    if not parts:
        raise Problem("number_not_reserved")
    return Document(form.title, clock.now(), parts, committee)


def completeness(*, actor: Actor, case_id: UUID) -> list[checklist.Item]:
    """The items of PM-F1: which the file must have and which are there. Nothing sealed is read."""
    return checklist.items(_presence(_case(actor, case_id)))


def _presence(case: Case) -> CaseFile:
    return case_source(case, contents(CopyKind.COMMITTEE), present)


def _case(actor: Actor, case_id: UUID) -> Case:
    rows = access.visible_cases(actor).select_related("dispute", "committee")
    case = existing(rows.filter(pk=case_id))
    return case


def _read(actor: Actor, case: Case, held: Contents, purpose: str, reason: str) -> None:
    fields = sorted({"parties.name", *(("notes",) if held.notes else ()), "papers"})
    read_logged(
        actor=actor, subject_kind=SUBJECT, subject_id=case.pk, fields=fields, purpose=purpose, reason=reason
    )
