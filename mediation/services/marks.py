"""Marks of an agreement: entered one by one, reviewed by a second person, their days put right by two."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from kernel.problems import Problem
from mediation.agreement import MARKERS, MarkManner, MarkRole, SignedBy, manner_fits
from mediation.models import Agreement, AgreementMark, CaseMediator, CaseParty, DateCorrection, Document
from mediation.services.after import locked_agreement, sealed, tell
from mediation.services.effect import effect_settle
from mediation.services.mandates import mandate_check
from mediation.visibility import DocumentKind


@law("PM-29")
@transaction.atomic
def mark_record(
    *,
    actor: Actor,
    agreement_id: UUID,
    role: str,
    made_on: date,
    manner: str,
    party_id: UUID | None = None,
    mediator_id: UUID | None = None,
    signed_by: str = SignedBy.SELF,
    mandate_id: UUID | None = None,
    witness: str = "",
) -> tuple[Agreement, bool]:
    """One needed mark as the paper shows it, with the day it was made. The same again answers the same;
    another for the same person is `mark_exists` (a wrong day is corrected by two)."""
    agreement = locked_agreement(actor, agreement_id)
    whose = {"role": role, "party_id": party_id, "mediator_id": mediator_id}
    said = {"made_on": made_on, "manner": manner, "signed_by": signed_by, "mandate_id": mandate_id}
    known = AgreementMark.objects.filter(agreement=agreement, **whose).first()
    if known is not None:
        if any(getattr(known, name) != value for name, value in said.items()):
            raise Problem("mark_exists")
        return agreement, True
    mark = AgreementMark(agreement=agreement, recorded_by_id=actor.person, **whose, **said)
    mark.recorded_at = clock.now()
    _check(actor, mark, witness)
    mark.witness = sealed(AgreementMark, "witness", mark.pk, witness, agreement.key_id)
    mark.save(force_insert=True)
    tell(actor, "mark_entered", agreement, mark, ["role", "made_on"], role=role)
    return agreement, False


def _check(actor: Actor, mark: AgreementMark, witness: str) -> None:
    agreement = mark.agreement
    case = agreement.case
    if agreement.dropped_at or agreement.set_aside_on or agreement.written_at is None:
        raise Problem("agreement_not_open")
    if agreement.written_on is not None:
        raise Problem("marks_complete")
    if actor.role not in _markers(mark):
        raise Problem("mark_not_yours")
    if not manner_fits(mark.role, mark.manner):
        raise Problem("manner_not_fitting")
    if mark.manner == MarkManner.FINGERPRINT and not witness.strip():
        raise Problem("witness_required")
    if mark.made_on > clock.today():
        raise Problem("date_in_future")
    if case.accepted_on is not None and mark.made_on < case.accepted_on:
        raise Problem("mark_before_agreement")
    _check_whose(mark)


def _markers(mark: AgreementMark) -> frozenset[Role]:
    """The seal of what the keeper may not know of is entered by the director."""
    dispute = mark.agreement.case.dispute
    hidden = mark.agreement.case.protected or dispute.protected or dispute.restricted
    if mark.role == MarkRole.SEAL and hidden:
        return frozenset({Role.CENTRE_DIRECTOR})
    return MARKERS[mark.role]


def _check_whose(mark: AgreementMark) -> None:
    case_id = mark.agreement.case_id
    named: tuple[Any, ...] = (mark.party_id, mark.mediator_id)
    if mark.role == MarkRole.PARTY:
        rows = CaseParty.objects.filter(case=case_id).select_related("dispute_party")
        party = rows.filter(pk=mark.party_id).first() if mark.party_id else None
        if party is None:
            raise Problem("party_not_of_case")
        mandate_check(mark, party)
        return
    if mark.signed_by != SignedBy.SELF or mark.mandate_id is not None:
        raise Problem("proxy_without_mandate")
    if mark.role == MarkRole.MEDIATOR:
        own = CaseMediator.objects.filter(case=case_id, user=mark.mediator_id, replaced_at=None)
        if mark.mediator_id is None or not own.exists():
            raise Problem("not_a_mediator_of_case")
    elif named != (None, None):
        raise Problem("invalid", fields={"party_id": ["not_for_a_seal"]})


@law("PM-29")
@transaction.atomic
def marks_review(*, actor: Actor, agreement_id: UUID) -> tuple[Agreement, bool]:
    """A second person has compared the stated days with the paper: every mark that somebody else has entered.
    With the last one the agreement is in effect from the latest of these days."""
    agreement = locked_agreement(actor, agreement_id)
    waiting = AgreementMark.objects.filter(agreement=agreement, reviewed_at=None)
    if not waiting.exists():
        if agreement.written_on is None:
            raise Problem("marks_missing")
        return agreement, True
    others = waiting.exclude(recorded_by=actor.person)
    if not others.update(reviewed_by=actor.person, reviewed_at=clock.now()):
        raise Problem("second_person_needed")
    tell(actor, "marks_reviewed", agreement, agreement, ["marks"])
    effect_settle(agreement)
    return agreement, False


@law("PM-27")
@transaction.atomic
def marks_scan(
    *, actor: Actor, agreement_id: UUID, document_id: UUID, mark_ids: Sequence[UUID]
) -> tuple[Agreement, bool]:
    """The picture of the paper on which these marks stand. It completes the file and moves no day."""
    agreement = locked_agreement(actor, agreement_id)
    marks = AgreementMark.objects.filter(agreement=agreement, pk__in=list(mark_ids))
    if marks.count() != len(set(mark_ids)):
        raise Problem("not_found")
    papers = Document.objects.filter(case=agreement.case_id, kind=DocumentKind.AGREEMENT)
    if not papers.filter(pk=document_id, uploaded_at__isnull=False).exists():
        raise Problem("scan_not_fitting")
    waiting = marks.exclude(scan=document_id)
    if not waiting.update(scan=document_id, scanned_at=clock.now()):
        return agreement, True
    tell(actor, "marks_scanned", agreement, agreement, ["scan", "scanned_at"])
    return agreement, False


@law("PM-29")
@transaction.atomic
def date_correct(
    *, actor: Actor, agreement_id: UUID, becomes: date, reason: str, mark_id: UUID | None = None
) -> tuple[Agreement, bool]:
    """Ask to put a stated day right: of a mark, or without one the day an oral agreement was reached. Nothing
    moves before a second person agrees."""
    agreement = locked_agreement(actor, agreement_id)
    mark = AgreementMark.objects.filter(agreement=agreement, pk=mark_id).first() if mark_id else None
    if mark_id is not None and mark is None:
        raise Problem("not_found")
    was = mark.made_on if mark else agreement.oral_on
    if was is None or agreement.dropped_at or agreement.set_aside_on:
        raise Problem("agreement_not_open")
    if becomes > clock.today():
        raise Problem("date_in_future")
    if agreement.case.accepted_on is not None and becomes < agreement.case.accepted_on:
        raise Problem("mark_before_agreement")
    open_one = DateCorrection.objects.filter(agreement=agreement, mark=mark, decided_at=None).first()
    if open_one is not None:
        if (open_one.becomes, open_one.asked_by_id) != (becomes, actor.person):
            raise Problem("correction_open")
        return agreement, True
    row = DateCorrection.objects.create(
        agreement=agreement, mark=mark, was=was, becomes=becomes, reason=reason,
        asked_by_id=actor.person, asked_at=clock.now(),
    )  # fmt: skip
    tell(actor, "date_correction_asked", agreement, row, ["becomes"])
    return agreement, False


@law("PM-29")
@transaction.atomic
def correction_decide(
    *, actor: Actor, agreement_id: UUID, correction_id: UUID, agree: bool
) -> tuple[Agreement, bool]:
    """The second person's word. Agreed, the day is put right and every clock moves with it."""
    agreement = locked_agreement(actor, agreement_id)
    row = existing(DateCorrection.objects.filter(agreement=agreement, pk=correction_id))
    if row.decided_at is not None:
        if row.agreed != agree:
            raise Problem("conflict")
        return agreement, True
    if row.asked_by_id == actor.person:
        raise Problem("second_person_needed")
    row.agreed, row.decided_by_id, row.decided_at = agree, actor.user_id, clock.now()
    row.save(update_fields=["agreed", "decided_by", "decided_at"])
    tell(actor, "date_correction_decided", agreement, row, ["agreed"], agreed=agree)
    if agree:
        _put_right(agreement, row)
    return agreement, False


def _put_right(agreement: Agreement, row: DateCorrection) -> None:
    if row.mark_id is None:
        agreement.oral_on = row.becomes
        agreement.save(update_fields=["oral_on"])
    else:
        AgreementMark.objects.filter(pk=row.mark_id).update(made_on=row.becomes)
    effect_settle(agreement)
