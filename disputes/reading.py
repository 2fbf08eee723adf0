"""Sensitive reads: a row in the read log first, then the values; on the protected track without
whereabouts."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from disputes.access import in_charge, sees_whereabouts, wrote
from disputes.models import (
    DangerSign,
    Dispute,
    DisputeNote,
    DisputeParty,
    DisputeScreening,
    SafeChannel,
    Screening,
    ScreeningParty,
    Settlement,
    Wish,
)
from disputes.selectors import with_absorbed
from edge.encryption import reveal, reveal_if_any
from edge.rows import existing
from kernel.actor import Actor
from kernel.problems import Problem
from privacy import keys
from privacy.services import read_logged

WHEREABOUTS = ("address", "brief", "by_whom", "described", "id_number", "phone", "what")


@transaction.atomic
def particulars_read(*, actor: Actor, screening: Screening, purpose: str, reason: str) -> dict[str, Any]:
    """Persons, address and words of a screening that the actor may see. Problem `purpose_required`."""
    _log(
        actor, "screening", screening.id, ("name", "phone", "id_number", "address", "signs"), purpose, reason
    )
    link = DisputeScreening.objects.filter(screening=screening).select_related("dispute").first()
    protected = screening.protected or bool(link and link.dispute.protected)
    mediators = link.dispute.named_mediators if link else None
    shown = not protected or sees_whereabouts(actor, own=wrote(actor, screening), mediators=mediators)
    parties = list(ScreeningParty.objects.filter(screening=screening))
    signs = list(DangerSign.objects.filter(screening=screening))
    keys.load({key for key in (screening.key_id, *(party.key_id for party in parties)) if key})
    return {
        "address": reveal_if_any(screening, "address") if shown else None,
        "brief": (reveal_if_any(screening, "brief_sealed") or screening.brief) if shown else None,
        "parties": [_person(party, shown) for party in parties],
        "signs": [_sign(sign, shown) for sign in signs],
        "masked": [] if shown else list(WHEREABOUTS),
    }


@transaction.atomic
def parties_read(*, actor: Actor, dispute: Dispute, purpose: str, reason: str) -> list[dict[str, Any]]:
    """The persons of a dispute that the actor may see; on the protected track the numbers of each only for
    who wrote the record that names them. A worker whose grid it is no more finds whom own records name."""
    _log(actor, "dispute", dispute.id, ("name", "phone", "id_number"), purpose, reason)
    rows = DisputeParty.objects.filter(dispute=dispute).select_related("source__screening")
    here = in_charge(actor, dispute)
    parties = [party for party in rows if here or wrote(actor, party.source.screening)]
    keys.load({party.key_id for party in parties if party.key_id})
    return [
        {
            **_person(party.source, _numbers_shown(actor, dispute, party)), "id": party.id,
            "limited_capacity": party.limited_capacity,
            "asked_at": party.asked_at, "refused_at": party.refused_at,
        }
        for party in parties
    ]  # fmt: skip


def _numbers_shown(actor: Actor, dispute: Dispute, party: DisputeParty) -> bool:
    return not dispute.protected or sees_whereabouts(
        actor,
        own=wrote(actor, party.source.screening),
        mediators=dispute.named_mediators,
    )


@transaction.atomic
def safe_channel_read(*, actor: Actor, dispute: Dispute, purpose: str, reason: str) -> dict[str, Any]:
    """How the person at risk is reached: director and named mediator only. Problem `not_found` where none
    is set."""
    if not sees_whereabouts(actor, own=False, mediators=dispute.named_mediators):
        raise Problem("role_not_allowed")
    _log(actor, "dispute", dispute.id, ("safe_channel",), purpose, reason)
    channel = existing(SafeChannel.objects.filter(dispute=dispute))
    return {
        "number": reveal(channel, "number"),
        "hours": reveal(channel, "hours") or "",
        "leave_no_message": channel.leave_no_message,
    }


@transaction.atomic
def wishes_read(*, actor: Actor, dispute: Dispute, purpose: str, reason: str) -> list[dict[str, Any]]:
    """What the person at risk wished, oldest first: director and named mediator only."""
    if not sees_whereabouts(actor, own=False, mediators=dispute.named_mediators):
        raise Problem("role_not_allowed")
    _log(actor, "dispute", dispute.id, ("wishes",), purpose, reason)
    rows = list(Wish.objects.filter(dispute=dispute).order_by("at", "id"))
    keys.load({row.key_id for row in rows})
    return [
        {
            "id": row.id, "kind": row.kind, "wanted": row.wanted, "said_alone_on": row.said_alone_on,
            "words": reveal_if_any(row, "words"), "reason": row.reason, "role": row.role, "at": row.at,
        }
        for row in rows
    ]  # fmt: skip


@transaction.atomic
def settlements_read(*, actor: Actor, dispute: Dispute, purpose: str, reason: str) -> list[dict[str, Any]]:
    """What was agreed on the spot, oldest first; on the protected track only for those who see where it
    is and for who wrote it."""
    _log(actor, "dispute", dispute.id, ("terms", "by_whom"), purpose, reason)
    linked = DisputeScreening.objects.filter(dispute=dispute).values("screening_id")
    of_it = with_absorbed(dispute) | Q(screening_id__in=linked)
    rows = list(Settlement.objects.filter(of_it).order_by("at", "id"))
    keys.load({row.key_id for row in rows})
    here = in_charge(actor, dispute)
    return [
        {
            "id": row.id, "agreed_on": row.agreed_on, "role": row.role, "device_at": row.device_at,
            "at": row.at,
            **{name: _own_words(actor, dispute, row, name, here) for name in ("terms", "by_whom")},
        }
        for row in rows
    ]  # fmt: skip


@transaction.atomic
def notes_read(*, actor: Actor, dispute: Dispute, purpose: str, reason: str) -> list[dict[str, Any]]:
    """The notes of a dispute, oldest first, by the same rule."""
    _log(actor, "dispute", dispute.id, ("notes",), purpose, reason)
    rows = list(DisputeNote.objects.filter(with_absorbed(dispute)).order_by("at", "id"))
    keys.load({row.key_id for row in rows})
    here = in_charge(actor, dispute)
    return [
        {
            "id": row.id, "words": _own_words(actor, dispute, row, "words", here), "actor_id": row.actor_id,
            "role": row.role, "device_at": row.device_at, "at": row.at,
        }
        for row in rows
    ]  # fmt: skip


def _own_words(
    actor: Actor, dispute: Dispute, row: Settlement | DisputeNote, field: str, here: bool
) -> str | None:
    own = row.actor_id == actor.user_id and row.role == actor.role
    if not own and not here:
        return None
    shown = not dispute.protected or sees_whereabouts(actor, own=own, mediators=dispute.named_mediators)
    return reveal_if_any(row, field) if shown else None


def _log(actor: Actor, kind: str, record: UUID, fields: tuple[str, ...], purpose: str, reason: str) -> None:  # noqa: PLR0917  because it only hands on
    read_logged(
        actor=actor, subject_kind=kind, subject_id=record, fields=fields, purpose=purpose, reason=reason
    )


def _person(party: ScreeningParty, shown: bool) -> dict[str, Any]:
    return {
        "role": party.role,
        "described": party.described if shown else "",
        "hearsay": party.hearsay,
        "minor": party.minor,
        "birth_band": party.birth_band,
        "name": reveal_if_any(party, "name"),
        "phone": reveal_if_any(party, "phone") if shown else None,
        "id_number": reveal_if_any(party, "id_number") if shown else None,
    }


def _sign(sign: DangerSign, shown: bool) -> dict[str, Any]:
    return {
        "code": sign.code,
        "what": reveal_if_any(sign, "what") if shown else None,
        "by_whom": reveal_if_any(sign, "by_whom") if shown else None,
        "when": sign.when,
        "ask_act": sign.ask_act,
    }
