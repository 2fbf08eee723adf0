"""The protected track 保护处理: set by anybody who works on it, lifted by the director alone, explained and
recorded."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.selectors import memberships_in_force
from audit.services import record
from disputes.codes import SIDES, PartyRole, ProtectReason, WayExplained, WishKind
from disputes.models import Dispute, DisputeParty, ExplainedWay, NamedClerk, SafeChannel, Wish
from disputes.services.moving import locked
from disputes.services.opening import raised_to_street
from disputes.services.telling import dispute_stored, readers_changed
from edge.encryption import seal_value
from edge.locks import advisory
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from kernel.signing import Signing
from privacy.services import subject_keys_create


@law("DV-23")
@transaction.atomic
def protection_set(
    *, actor: Actor, dispute_id: UUID, reason: str, party_id: UUID | None = None, at_risk: bool = True
) -> tuple[Dispute, bool]:
    """Put a dispute on the protected track; `party_id` says who is at risk, where that is known (`at_risk`
    false: who is not, against an earlier word). On the track already, and against a word, only the director
    and the named mediator say so, for whoever is not at risk is the other side. The second value: it stood so
    before."""
    dispute = locked(dispute_id)
    if dispute.protected and party_id is None:
        return dispute, True
    if not reason.strip():
        raise Problem("reason_required")
    named = party_id is not None and _at_risk_say(
        actor, dispute, party_id, PartyRole.PERSON_AT_RISK if at_risk else PartyRole.PARTY, reason
    )
    if dispute.protected:
        return dispute, not named
    now = clock.now()
    dispute.protected, dispute.protected_at, dispute.lifted_at = True, now, None
    dispute.protect_reasons = sorted({*dispute.protect_reasons, ProtectReason.WORKER})
    dispute_stored(dispute, raised_to_street(dispute, "protected", actor))
    readers_changed([dispute.id])
    record(
        actor=actor,
        event="dispute.protected_set",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["protected"],
        reason=reason,
    )
    return dispute, False


def _at_risk_say(actor: Actor, dispute: Dispute, party_id: UUID, role: PartyRole, reason: str) -> bool:
    """A side of the quarrel is the person at risk, or is not; False when that stood so before."""
    against = dispute.protected or role != PartyRole.PERSON_AT_RISK
    if against and not _hears_alone(actor, dispute):
        raise Problem("role_not_allowed")
    sides = DisputeParty.objects.select_for_update().filter(dispute=dispute, role__in=SIDES)
    party = existing(sides.filter(id=party_id))
    at_risk = PartyRole.PERSON_AT_RISK
    if (party.role == at_risk) == (role == at_risk):
        return False
    was, party.role = party.role, role
    party.save(update_fields=["role"])
    record(
        actor=actor, event="dispute.person_at_risk_named", subject_kind="dispute", subject_id=dispute.id,
        fields=["parties.role"], reason=reason, detail={"party": str(party_id), "was": was, "is": role},
    )  # fmt: skip
    return True


def _hears_alone(actor: Actor, dispute: Dispute) -> bool:
    """The director and the named mediator: who speaks with the person at risk alone."""
    return actor.role == Role.CENTRE_DIRECTOR or actor.user_id in dispute.named_mediators


@law("DV-23")
@transaction.atomic
def protection_lift(
    *, actor: Actor, dispute_id: UUID, reason: str, heard_alone_on: date | None = None
) -> tuple[Dispute, bool]:
    """Lift it: the director, with a reason, after the person at risk was heard alone. A restricted matter
    stays so. The second value: it was lifted before."""
    dispute = locked(dispute_id)
    if actor.role != Role.CENTRE_DIRECTOR:
        raise Problem("role_not_allowed")
    actor.sign(Signing.CENTRE)
    if not dispute.protected and dispute.lifted_at is not None:
        return dispute, True
    if not dispute.protected:
        raise Problem("not_protected")
    if not reason.strip():
        raise Problem("reason_required")
    if heard_alone_on is None or heard_alone_on > clock.today():
        raise Problem("heard_alone_required")
    dispute.protected, dispute.lifted_at = False, clock.now()
    dispute_stored(dispute)
    readers_changed([dispute.id])
    record(
        actor=actor,
        event="dispute.protected_lifted",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["protected"],
        reason=reason,
        detail={"heard_alone_on": heard_alone_on.isoformat()},
    )
    return dispute, False


@law("DV-23", "LA-31")
@transaction.atomic
def ways_explain(*, actor: Actor, dispute_id: UUID, ways: Iterable[str]) -> tuple[list[str], bool]:
    """Record which ways out were explained to the person at risk; what is still to be told is returned. The
    second value: all of these had been."""
    dispute = locked(dispute_id)
    if not dispute.protected:
        raise Problem("not_protected")
    told = [WayExplained(way) for way in ways]
    left = ways_to_explain(dispute.id)
    if not set(told) & set(left):
        return left, True
    ExplainedWay.objects.bulk_create(
        [ExplainedWay(dispute=dispute, way=way, actor_id=actor.person, at=clock.now()) for way in told],
        ignore_conflicts=True,
    )
    record(
        actor=actor,
        event="dispute.ways_explained",
        subject_kind="dispute",
        subject_id=dispute.id,
        detail={"ways": sorted(told)},
    )
    return ways_to_explain(dispute.id), False


def ways_to_explain(dispute_id: UUID) -> list[str]:
    told = set(ExplainedWay.objects.filter(dispute_id=dispute_id).values_list("way", flat=True))
    return [way.value for way in WayExplained if way not in told]


@transaction.atomic
def safe_channel_set(
    *, actor: Actor, dispute_id: UUID, number: str, hours: str, leave_no_message: bool
) -> None:
    """How the person at risk said to be reached; known to director and named mediator, and used alone."""
    dispute = locked(dispute_id)
    if not dispute.protected:
        raise Problem("not_protected")
    if not _hears_alone(actor, dispute):
        raise Problem("role_not_allowed")
    before = SafeChannel.objects.filter(dispute=dispute).first()
    pk, key_id = (before.id, before.key_id) if before else (uuid7(), subject_keys_create(1)[0])
    SafeChannel.objects.update_or_create(
        dispute=dispute,
        defaults={
            "number": seal_value(SafeChannel, "number", pk, number, key_id),
            "hours": seal_value(SafeChannel, "hours", pk, hours, key_id) if hours else None,
            "leave_no_message": leave_no_message, "set_by_id": actor.person, "set_at": clock.now(),
        },
        create_defaults={
            "id": pk, "key_id": key_id,
            "number": seal_value(SafeChannel, "number", pk, number, key_id),
            "hours": seal_value(SafeChannel, "hours", pk, hours, key_id) if hours else None,
            "leave_no_message": leave_no_message, "set_by_id": actor.person, "set_at": clock.now(),
        },
    )  # fmt: skip
    record(
        actor=actor,
        event="dispute.safe_channel_set",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["safe_channel"],
    )


@law("DV-23")
@transaction.atomic
def wish_record(
    *,
    actor: Actor,
    dispute_id: UUID,
    kind: str,
    wanted: bool,
    said_alone_on: date,
    words: str = "",
    reason: str = "",
) -> tuple[Wish, bool]:
    """What the person at risk wished, said alone, heard by the director or the named mediator. A wish for a
    joint session is taken by the director alone, with a reason. The second value: the same was said that
    day."""
    dispute = locked(dispute_id)
    if not dispute.protected:
        raise Problem("not_protected")
    joint = kind == WishKind.JOINT and wanted
    if not _hears_alone(actor, dispute) or (joint and actor.role != Role.CENTRE_DIRECTOR):
        raise Problem("role_not_allowed")
    if said_alone_on > clock.today():
        raise Problem("heard_alone_required")
    if joint and not reason.strip():
        raise Problem("reason_required")
    last = Wish.objects.filter(dispute=dispute, kind=kind).order_by("at", "id").last()
    if last is not None and (last.wanted, last.said_alone_on) == (wanted, said_alone_on):
        return last, True
    pk, (key_id,) = uuid7(), subject_keys_create(1)
    wish = Wish.objects.create(
        id=pk, dispute=dispute, kind=kind, wanted=wanted, said_alone_on=said_alone_on, key_id=key_id,
        words=seal_value(Wish, "words", pk, words, key_id) if words.strip() else None, reason=reason,
        actor_id=actor.person, role=str(actor.role), at=clock.now(),
    )  # fmt: skip
    record(
        actor=actor, event="dispute.wish_recorded", subject_kind="dispute", subject_id=dispute.id,
        fields=["wish"], detail={"kind": kind, "wanted": wanted},
    )  # fmt: skip
    return wish, False


@transaction.atomic
def clerk_name(
    *, actor: Actor, street_id: UUID, user_id: UUID, reason: str, valid_to: date | None
) -> tuple[NamedClerk, bool]:
    """The director names a clerk of the street who may read restricted screenings, until a day or until
    ended. The second value: the same was named today."""
    if actor.role != Role.CENTRE_DIRECTOR or user_id == actor.user_id:
        raise Problem("role_not_allowed")
    actor.sign(Signing.CENTRE)
    if not reason.strip():
        raise Problem("reason_required")
    if valid_to is not None and valid_to <= clock.today():
        raise Problem("invalid", fields={"valid_to": ["in_past"]})
    clerk = memberships_in_force().filter(
        user_id=user_id, role=Role.CENTRE_CLERK, organisation_id__in=[actor.organisation_id]
    )
    if not clerk.exists() or not User.objects.filter(id=user_id).exists():
        raise Problem("not_found")
    advisory("named_clerk", [user_id])
    named, created = NamedClerk.objects.get_or_create(
        street_id=street_id, user_id=user_id, named_by_id=actor.person, reason=reason,
        valid_from=clock.today(), valid_to=valid_to,
    )  # fmt: skip
    if not created:
        return named, True
    record(
        actor=actor,
        event="dispute.clerk_named",
        subject_kind="named_clerk",
        subject_id=named.id,
        reason=reason,
    )
    return named, False


@transaction.atomic
def clerk_end(*, actor: Actor, named_clerk_id: UUID, reason: str) -> tuple[NamedClerk, bool]:
    """End a naming from today on. The second value: it had ended."""
    named = existing(NamedClerk.objects.select_for_update().filter(id=named_clerk_id))
    actor.sign(Signing.CENTRE)
    if not reason.strip():
        raise Problem("reason_required")
    if named.valid_to is not None and named.valid_to <= clock.today():
        return named, True
    named.valid_to = max(clock.today(), named.valid_from)
    named.save(update_fields=["valid_to"])
    record(
        actor=actor,
        event="dispute.clerk_ended",
        subject_kind="named_clerk",
        subject_id=named.id,
        reason=reason,
    )
    return named, False
