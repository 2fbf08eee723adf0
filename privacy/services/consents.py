"""Consents and their withdrawal: use stops with the word; what rested on the consent alone is erased when a
person orders it, what has another ground in law is kept and named."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from audit.services import record
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from privacy import access
from privacy.codes import ConsentPurpose
from privacy.consenting import Held, held_for, use_of
from privacy.models import Consent, ConsentErasure


@dataclass(frozen=True, slots=True)
class Found:
    """Of one kind of thing, how many are kept now."""

    held: Held
    count: int


@law("PI-13/14", "PI-29/30")
@transaction.atomic
def consent_give(
    *,
    actor: Actor,
    subject_kind: str,
    subject_id: UUID,
    purpose: ConsentPurpose,
    given_on: date,
    paper_no: str,
) -> Consent:
    """A consent for one purpose, as the paper has it. Problems `consent_not_asked` for what rests on no such
    consent or is asked elsewhere, `not_found`, `consent_in_force`."""
    use = use_of(purpose, subject_kind)
    if use is None or not use.at_desk:
        raise Problem("consent_not_asked")
    if not use.seen_by(actor, subject_id):
        raise Problem("not_found")
    if consented(subject_kind, subject_id, purpose):
        raise Problem("consent_in_force")
    return consent_said(
        actor=actor, subject_kind=subject_kind, subject_id=subject_id, purpose=purpose, given_on=given_on,
        paper_no=paper_no,
    )  # fmt: skip


@law("PI-13/14")
@transaction.atomic
def consent_said(
    *,
    actor: Actor,
    subject_kind: str,
    subject_id: UUID,
    purpose: ConsentPurpose,
    given_on: date,
    paper_no: str,
) -> Consent:
    """For packages that have taken a consent by their own rules. Twice is no fault."""
    known = _in_force(subject_kind, subject_id, [purpose]).first()
    if known is not None:
        return known
    if actor.organisation_id is None:
        raise Problem("role_not_allowed")
    row = Consent.objects.create(
        subject_kind=subject_kind, subject_id=subject_id, purpose=purpose, given_on=given_on,
        paper_no=paper_no, organisation_id=actor.organisation_id, entered_by=actor.person,
        entered_at=clock.now(),
    )  # fmt: skip
    _told(actor, row, "given")
    return row


@law("PI-13/14")
@transaction.atomic
def consent_withdraw(*, actor: Actor, consent_id: UUID) -> Consent:
    """撤回: use for this purpose stops with this call; the fact `consent.withdrawn` gives the desk the task
    to order the erasure. Problem `consent_withdrawn`."""
    row = _locked(actor, consent_id)
    if row.withdrawn_at is not None:
        raise Problem("consent_withdrawn")
    _withdraw(actor, row)
    use = use_of(row.purpose, row.subject_kind)
    if use is not None:
        use.stop(actor, row.subject_id)
    return row


@law("PI-13/14")
@transaction.atomic
def consent_unsaid(
    *, actor: Actor, subject_kind: str, subject_id: UUID, purposes: Collection[ConsentPurpose]
) -> int:
    """For packages that have heard a withdrawal and stopped: how many consents are over by it."""
    rows = list(_in_force(subject_kind, subject_id, purposes).select_for_update())
    for row in rows:
        _withdraw(actor, row)
    return len(rows)


@law("PI-13/14")
def consented(subject_kind: str, subject_id: UUID, *purposes: ConsentPurpose) -> bool:
    """Whether a consent for exactly this (one of these) is in force: asked before each use."""
    return _in_force(subject_kind, subject_id, purposes).exists()


@law("PI-13/14")
def require_consent(subject_kind: str, subject_id: UUID, *purposes: ConsentPurpose) -> None:
    """Problem `no_consent` where nothing is in force, never given or withdrawn."""
    if not consented(subject_kind, subject_id, *purposes):
        raise Problem("no_consent", purpose=purposes[0].value)


@law("PI-13/14")
def consent_given_again(consent_id: UUID) -> bool:
    """Whether the same purpose of the same record is agreed to anew; the row stays locked until the caller
    commits."""
    row = Consent.objects.select_for_update().get(pk=consent_id)
    return consented(row.subject_kind, row.subject_id, ConsentPurpose(row.purpose))


@law("PI-13/14")
def consents_before(consent_id: UUID) -> list[UUID]:
    """Ids of what was withdrawn before of the same purpose and record, while this one holds; the rows stay
    locked until the caller commits."""
    row = Consent.objects.get(pk=consent_id)
    if row.withdrawn_at is not None:
        return []
    rows = Consent.objects.select_for_update().filter(
        subject_kind=row.subject_kind, subject_id=row.subject_id, purpose=row.purpose,
        withdrawn_at__isnull=False,
    )  # fmt: skip
    return list(rows.order_by("id").values_list("pk", flat=True))


@law("PI-29/30")
def location_withdrawn(user_id: UUID) -> bool:
    """Whether a worker took back the consent to the own location, and has not given it again. A position in a
    task rests on the duty of that task (GR-3, CCM-26b); after such a word none is taken all the same, since
    each of these records may say why it has none."""
    rows = Consent.objects.filter(
        subject_kind="user", subject_id=user_id, purpose=ConsentPurpose.OWN_LOCATION
    )
    latest = rows.order_by("-entered_at", "-id").values_list("withdrawn_at", flat=True).first()
    return latest is not None


@law("PI-13/14")
def consent_held(*, actor: Actor, consent_id: UUID) -> list[Found]:
    """What is kept for this purpose: what an order would erase, and what stays by which duty."""
    row = existing(access.consents_visible_to(actor).filter(pk=consent_id))
    return _found(row)


@law("PI-13/14", "PI-19/47")
@transaction.atomic
def consent_erase(*, actor: Actor, consent_id: UUID, codes: Collection[str]) -> Consent:
    """清除: a person orders the erasure of what rested on a withdrawn consent alone, by the codes that
    `consent_held` names. All of it and nothing else: problems `kept_by_duty` (with the row of the law),
    `consent_erasure_incomplete`, `consent_not_withdrawn`, `consent_in_force` where it was given again."""
    row = _locked(actor, consent_id)
    if row.withdrawn_at is None:
        raise Problem("consent_not_withdrawn")
    if consented(row.subject_kind, row.subject_id, ConsentPurpose(row.purpose)):
        raise Problem("consent_in_force")
    found = _found(row)
    _check_named(found, set(codes))
    rows = [_settled(actor, row, one) for one in found if one.count]
    if row.erased_at is None or any(not done.duty for done in rows):
        ConsentErasure.objects.bulk_create(rows)
        row.erased_at, row.erased_by = clock.now(), actor.person
        row.save(update_fields=["erased_at", "erased_by"])
        detail: dict[str, object] = {done.code: {"count": done.count, "duty": done.duty} for done in rows}
        _told(actor, row, "erased", detail)
    return row


def _check_named(found: list[Found], named: set[str]) -> None:
    if unknown := named - {one.held.code for one in found}:
        raise Problem("invalid", fields={"codes": [f"unknown: {', '.join(sorted(unknown))}"]})
    kept = {one.held.code: one.held.duty for one in found if one.held.code in named and one.held.duty}
    if kept:
        raise Problem("kept_by_duty", kept=kept)
    left = [one.held.code for one in found if one.count and not one.held.duty and one.held.code not in named]
    if left:
        raise Problem("consent_erasure_incomplete", left=left)


def _settled(actor: Actor, row: Consent, one: Found) -> ConsentErasure:
    count = one.held.erase(actor, row.subject_id) if one.held.erase else one.count
    return ConsentErasure(
        consent=row, code=one.held.code, count=count, duty=one.held.duty, by=actor.person, at=clock.now()
    )


def _found(row: Consent) -> list[Found]:
    return [Found(held, held.count(row.subject_id)) for held in held_for(row.purpose, row.subject_kind)]


def _in_force(subject_kind: str, subject_id: UUID, purposes: Collection[ConsentPurpose]) -> QuerySet[Consent]:
    rows = Consent.objects.filter(subject_kind=subject_kind, subject_id=subject_id, purpose__in=purposes)
    return rows.filter(withdrawn_at__isnull=True)


def _locked(actor: Actor, consent_id: UUID) -> Consent:
    row = existing(access.consents_visible_to(actor).select_for_update().filter(pk=consent_id))
    return row


def _withdraw(actor: Actor, row: Consent) -> None:
    row.withdrawn_at, row.withdrawn_by = clock.now(), actor.person
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _told(actor, row, "withdrawn")


def _told(actor: Actor, row: Consent, what: str, detail: dict[str, object] | None = None) -> None:
    record(
        actor=actor, event=f"consent.{what}", subject_kind="consent", subject_id=row.pk, detail=detail
    )  # fmt: skip
