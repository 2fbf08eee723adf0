"""Who mediates a case: chosen by the parties or named by the committee, declared free of conflict, replaced
when a party asks or somebody is not there."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from audit import services as audit
from edge.repeats import made_before
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from kernel.signing import Signing
from mediation import dispute_side
from mediation.codes import Declaration, Heard, ReplaceReason
from mediation.machine import DESK
from mediation.models import (
    Case,
    CaseMediator,
    ConflictDeclaration,
    Mediator,
    MediatorHeard,
    NamesakeCheck,
)
from mediation.services.consents import party_of
from mediation.services.moves import locked_case, require_may_call, require_open
from mediation.services.words import stated_day
from mediation.sitting import free_for, namesakes_undecided

BY_THE_DESK = frozenset({ReplaceReason.PARTY, ReplaceReason.CONFLICT})
"""What the clerk may enter as well: it is somebody else's word. All other reasons are the director's."""


@law("PM-19", "PM-AV")
@transaction.atomic
def mediators_name(*, actor: Actor, case_id: UUID, user_ids: Iterable[UUID], chosen_by: str) -> Case:
    """确定调解员: mediators of the case, chosen by the parties or named by the committee, out of its
    register.

    Problems `mediator_unknown` (not in the register) and `mediator_not_available` (absent, lapsed, in
    conflict, replaced before: which, is said to nobody)."""
    case = locked_case(actor, case_id)
    wanted = set(user_ids)
    known = set(CaseMediator.objects.filter(case=case, replaced_at=None).values_list("user_id", flat=True))
    place = _open_place(case) if chosen_by == "committee" else None
    rows = [_named(case, user, chosen_by, place) for user in sorted(wanted - known)]
    if rows:
        require_open(case, "mediators_name")
        _check_free(case, [row.user_id for row in rows])
        if chosen_by == "committee":
            actor.sign(Signing.CENTRE)
        CaseMediator.objects.bulk_create(rows)
        _tell_dispute(actor, case)
        _recorded(actor, case, "mediation.mediators_named", {"count": len(rows)})
    return case


def _named(case: Case, user: UUID, chosen_by: str, replaces: CaseMediator | None = None) -> CaseMediator:
    return CaseMediator(case=case, user_id=user, chosen_by=chosen_by, named_at=clock.now(), replaces=replaces)


def _open_place(case: Case) -> CaseMediator | None:
    """Whoever left without somebody in the place: of the next one the parties are told."""
    filled = CaseMediator.objects.filter(case=case, replaces__isnull=False).values("replaces_id")
    return CaseMediator.objects.filter(case=case, replaced_at__isnull=False).exclude(pk__in=filled).last()


def _check_free(case: Case, users: list[UUID]) -> None:
    register = Mediator.objects.filter(committee=case.committee_id, user_id__in=users)
    if set(users) != set(register.values_list("user_id", flat=True)):
        raise Problem("mediator_unknown")
    if not set(users) <= free_for(case, clock.today()):
        raise Problem("mediator_not_available")


@law("PM-AV")
@transaction.atomic
def conflict_declare(
    *,
    actor: Actor,
    case_id: UUID,
    answer: str,
    user_id: UUID | None = None,
    signed_on: date | None = None,
    id: UUID | None = None,
) -> Case:
    """回避声明: each mediator signs before sitting. A declared conflict ends the naming at once, and
    nobody is asked which it is. The desk may enter another one's paper (`user_id`)."""
    case = locked_case(actor, case_id)
    if user_id not in (None, actor.user_id) and actor.role not in DESK:
        raise Problem("role_not_allowed")
    if made_before(ConflictDeclaration, id, recorded_by_id=actor.person, answer=answer):
        return case
    row = _sitting(case, user_id or actor.person)
    ConflictDeclaration.objects.create(
        id=id or uuid7(), mediator=row, answer=answer, signed_on=stated_day(signed_on),
        recorded_at=clock.now(), recorded_by_id=actor.person,
    )  # fmt: skip
    _recorded(actor, case, "mediation.conflict_declared", {"mediator": str(row.user_id)})
    if answer == Declaration.CONFLICT:
        _replace(actor, case, row, ReplaceReason.CONFLICT, None)
    return case


@law("PM-AV")
@transaction.atomic
def namesake_decide(*, actor: Actor, case_id: UUID, user_id: UUID, person_id: UUID, same: bool) -> Case:
    """同名核对: whether somebody of the case is the one whom the mediator has named, or only has the same
    name. The one ends the naming as a conflict does; nobody sits down before it is said. Said again, the
    first word stands."""
    case = locked_case(actor, case_id)
    row = CaseMediator.objects.filter(case=case, user_id=user_id).order_by("-named_at", "-id").first()
    if row is None:
        raise Problem("not_a_mediator_of_case")
    if NamesakeCheck.objects.filter(mediator=row, person=person_id).exists():
        return case
    require_open(case, "namesake_decide")
    if row.replaced_at is not None or person_id not in namesakes_undecided(case, [row]).get(row.pk, []):
        raise Problem("namesake_unknown")
    NamesakeCheck.objects.create(
        mediator=row, person=person_id, same=same, decided_by_id=actor.person, decided_at=clock.now()
    )
    _recorded(actor, case, "mediation.namesake_decided", {"mediator": str(row.user_id)})
    if same:
        _replace(actor, case, row, ReplaceReason.CONFLICT, None)
    return case


@law("PM-19", "PM-23", "PM-AV")
@transaction.atomic
def mediator_replace(
    *, actor: Actor, case_id: UUID, user_id: UUID, reason: str, new_user_id: UUID | None = None
) -> Case:
    """更换调解员: another mediator in somebody's place, or nobody yet. A party's request is enough and needs
    no reason; absence, the register and other changes are the director's to enter. The parties are told of
    the new one and may object. What the old one wrote down alone with a party is locked from here on."""
    case = locked_case(actor, case_id)
    if actor.role != Role.CENTRE_DIRECTOR and reason not in BY_THE_DESK:
        raise Problem("role_not_allowed")
    if not _replaced_before(case, user_id, reason, new_user_id):
        if new_user_id is not None or reason not in BY_THE_DESK:
            actor.sign(Signing.CENTRE)
        _replace(actor, case, _sitting(case, user_id), reason, new_user_id)
    return case


def _replaced_before(case: Case, user_id: UUID, reason: str, new: UUID | None) -> bool:
    """Whether the same was said before: this one has left for this reason, and the new one sits there."""
    left = CaseMediator.objects.filter(case=case, user_id=user_id).order_by("-named_at", "-id").first()
    if left is None or left.replace_reason != reason:
        return False
    there = CaseMediator.objects.filter(replaces=left, replaced_at=None).values_list("user_id", flat=True)
    return list(there) == ([new] if new else [])


@law("PM-19", "PM-23")
@transaction.atomic
def mediator_told(
    *,
    actor: Actor,
    case_id: UUID,
    user_id: UUID,
    party_id: UUID,
    answer: str,
    said_on: date | None = None,
    id: UUID | None = None,
) -> Case:
    """告知调解员人选: a party was told of a mediator and said what it thinks. An objection takes effect at
    the word."""
    case = locked_case(actor, case_id)
    if made_before(MediatorHeard, id, party_id=party_id, recorded_by_id=actor.person, answer=answer):
        return case
    row, party = _sitting(case, user_id), party_of(case, party_id)
    if answer != Heard.OBJECTED:
        require_may_call(case, [party])
    MediatorHeard.objects.create(
        id=id or uuid7(), mediator=row, party=party, answer=answer, said_on=stated_day(said_on),
        recorded_at=clock.now(), recorded_by_id=actor.person,
    )  # fmt: skip
    _recorded(actor, case, "mediation.mediator_told", {"answer": answer})
    if answer == Heard.OBJECTED:
        _replace(actor, case, row, ReplaceReason.PARTY, None)
    return case


def _sitting(case: Case, user_id: UUID) -> CaseMediator:
    require_open(case, "mediator")
    row = CaseMediator.objects.filter(case=case, user_id=user_id, replaced_at=None).first()
    if row is None:
        raise Problem("not_a_mediator_of_case")
    return row


def _replace(actor: Actor, case: Case, row: CaseMediator, reason: str, new: UUID | None) -> None:
    row.replaced_at, row.replace_reason = clock.now(), reason
    row.save(update_fields=["replaced_at", "replace_reason"])
    if new is not None:
        _check_free(case, [new])
        _named(case, new, "committee", row).save(force_insert=True)
    _tell_dispute(actor, case)
    _recorded(actor, case, "mediation.mediator_replaced", {"mediator": str(row.user_id), "why": reason})


def _recorded(actor: Actor, case: Case, event: str, what: dict[str, object]) -> None:
    audit.record(
        actor=actor,
        event=event,
        subject_kind="mediation_case",
        subject_id=case.pk,
        fields=["mediators"],
        detail={"dispute": str(case.dispute_id), **what},
    )


def _tell_dispute(actor: Actor, case: Case) -> None:
    """Every mediator who sits knows the dispute; whoever has left does not."""
    sitting = CaseMediator.objects.filter(case=case, replaced_at=None).values_list("user_id", flat=True)
    dispute_side.mediators_named(actor, case.dispute_id, sitting)
