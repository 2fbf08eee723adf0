import hmac
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts import tokens
from accounts.machines import DEVICE, role_of
from accounts.models import PUBLIC_KEY_MAX, Device, DeviceState, EnrolmentCode, RefreshToken, UserState
from accounts.selectors import memberships_in_force
from accounts.services.sessions import Session, session_of, session_open, sessions_revoke
from accounts.sessions_cache import forget_with_commit
from audit.services import Fact, record, record_many
from edge.conf import setting
from edge.rows import existing
from kernel import clock, crypto
from kernel.actor import Actor
from kernel.codes.roles import WITH_PHONE, Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from privacy.codes import Processing
from privacy.services import subject_keys_create
from privacy.switches import switch

TERMINAL_ROLES = frozenset({Role.STATION_OFFICER, Role.AGENCY_OFFICER})


def enrolment_code_create(
    *, actor: Actor, membership_id: UUID, terminal: bool = False
) -> tuple[str, EnrolmentCode]:
    """A one-time code for one membership and one phone, as text to be read out, and its row.

    A terminal 自助终端 stands in the office of an officer, while the processing is assessed: problems
    `role_not_allowed`, `processing_off`.
    """
    if terminal:
        switch(Processing.TERMINALS)
        offices = memberships_in_force().filter(id=membership_id, role__in=sorted(TERMINAL_ROLES))
        if not offices.exists():
            raise Problem("role_not_allowed", fields={"membership": ["a terminal is an officer's"]})
    return enrolment_codes_create(actor=actor, membership_ids=[membership_id], terminal=terminal)[0]


@transaction.atomic
def enrolment_codes_create(
    *, actor: Actor, membership_ids: Sequence[UUID], terminal: bool = False
) -> list[tuple[str, EnrolmentCode]]:
    """A code and a pending phone for each membership. Problem `invalid` if one is not in force, or of a role
    without a phone."""
    held = {row.id: row for row in memberships_in_force().filter(id__in=membership_ids, role__in=WITH_PHONE)}
    if set(membership_ids) - held.keys():
        raise Problem("invalid", fields={"membership": ["none in force of a role with a phone"]})
    now, keys = clock.now(), subject_keys_create(len(membership_ids))
    devices = [
        Device(
            id=uuid7(), user_id=held[m].user_id, membership_id=m, key_id=key, state_at=now, created_at=now,
            terminal=terminal,
        )
        for m, key in zip(membership_ids, keys, strict=True)
    ]  # fmt: skip
    # In demo mode a code waits for whoever comes to try the system, however late.
    expires = None if settings.MODE == "demo" else now + timedelta(minutes=setting("CODE_MINUTES"))
    texts, codes = [], []
    for device in devices:
        selector, secret = tokens.new_code()
        texts.append(tokens.code_text(selector, secret))
        codes.append(
            EnrolmentCode(
                selector=selector,
                secret_digest=tokens.secret_digest(selector, secret),
                device=device,
                issued_by_id=actor.user_id,
                issued_at=now,
                expires_at=expires,
            )
        )
    Device.objects.bulk_create(devices)
    EnrolmentCode.objects.bulk_create(codes)
    facts = [Fact(device.id, detail={"user": str(device.user_id)}) for device in devices]
    record_many(actor=actor, event="device.code_issued", subject_kind="device", facts=facts)
    return list(zip(texts, codes, strict=True))


@law("DJ-5")
def device_enrol(
    *,
    code: str,
    public_key: str,
    label: str = "",
    platform: str = "",
    app_version: str = "",
    request_id: str = "",
) -> Session:
    """Turn a pending phone into an active one and open its session; the code is used up. Said again with the
    same key, because the answer was lost, it gives the same first pair until the phone has used that.

    Problems: wrong_code (unknown, used, expired, tried too often, all alike), bad_public_key, device_known. A
    wrong try counts also though the request is refused.
    """
    try:
        crypto.load_public_key(public_key)
    except crypto.BadKeyError:
        raise Problem("bad_public_key") from None
    if len(public_key) > PUBLIC_KEY_MAX:
        raise Problem("bad_public_key")
    with transaction.atomic():
        row = _code(code)
        if row is not None and row.used_at is not None:
            return _said_again(row, public_key)
        if row is not None and _usable(row):
            device = row.device
            device.public_key, device.label = public_key, label
            device.platform, device.app_version = platform, app_version
            return _enrolled(row, device, request_id)
    raise Problem("wrong_code")


def _code(code: str) -> EnrolmentCode | None:
    """The row of a right code under its lock; None for every other, and a wrong secret counts."""
    parts = tokens.code_parts(code)
    if parts is None:
        return None
    rows = EnrolmentCode.objects.select_for_update(of=("self",)).select_related(
        "device__membership", "device__user"
    )
    row = rows.filter(selector=parts[0], tries__lt=setting("CODE_TRIES")).first()
    if row is None:
        return None
    if not hmac.compare_digest(bytes(row.secret_digest), tokens.secret_digest(*parts)):
        row.tries += 1
        row.save(update_fields=["tries"])
        return None
    return row


def _usable(row: EnrolmentCode) -> bool:
    late = row.expires_at is not None and row.expires_at <= clock.now()
    user, device = row.device.user, row.device
    return not late and device.state == DeviceState.PENDING and user.state == UserState.ACTIVE


def _said_again(row: EnrolmentCode, public_key: str) -> Session:
    """The first pair once more: the same phone, and nothing of the session was used since."""
    within = timedelta(minutes=setting("CODE_MINUTES"))
    fresh = row.used_at is not None and clock.now() - row.used_at <= within
    first = RefreshToken.objects.filter(family__device=row.device, used_at__isnull=True, generation=1)
    token = first.filter(family__revoked_at__isnull=True).select_related("family__user").first()
    same = row.device.state == DeviceState.ACTIVE and row.device.public_key == public_key
    if token is None or not (fresh and same):
        raise Problem("wrong_code")
    return session_of(token.family, token)


def _enrolled(row: EnrolmentCode, device: Device, request_id: str) -> Session:
    now = clock.now()
    if not memberships_in_force().filter(pk=device.membership_id).exists():
        raise Problem("no_membership")
    device.state = DEVICE.apply(device.state, "enrol", role=None).target
    device.state_at = device.enrolled_at = now
    device.seen_on = clock.today()
    device.save()
    row.used_at = now
    row.save(update_fields=["used_at"])
    member = device.membership
    actor = Actor(
        user_id=device.user_id, role=Role(member.role), organisation_id=member.organisation_id,
        membership_id=member.id, device_id=device.id, request_id=request_id,
    )  # fmt: skip
    record(
        actor=actor, event="device.enrolled", subject_kind="device", subject_id=device.id, fields=["state"]
    )
    return session_open(actor=actor, user=device.user, membership=member, device_id=device.id)


@law("DJ-5")
@transaction.atomic
def device_transition(*, actor: Actor, device_id: UUID, event: str, reason: str) -> Device:
    """Suspend, reactivate, report_lost or retire a phone; it takes effect with the phone's next request.

    A loss report makes the wipe order; what the phone signed before it is kept.
    """
    device = existing(Device.objects.select_for_update(of=("self",)).filter(pk=device_id))
    if DEVICE.already_done(device.state, event):
        return device
    device.state = DEVICE.apply(device.state, event, role=role_of(actor)).target
    device.state_at, device.state_reason = clock.now(), reason
    if device.state == DeviceState.LOST:
        device.lost_at, device.wipe_order = clock.now(), uuid7()
    device.save(update_fields=["state", "state_at", "state_reason", "lost_at", "wipe_order"])
    if device.state in {DeviceState.LOST, DeviceState.RETIRED}:
        sessions_revoke(actor=actor, device_id=device.id, reason=f"device_{device.state}")
    record(
        actor=actor, event=f"device.{event}", subject_kind="device", subject_id=device.id, fields=["state"],
        reason=reason,
    )  # fmt: skip
    forget_with_commit()
    return device


@transaction.atomic
def device_wiped(*, device_id: UUID, order_id: UUID, signature: str, request_id: str = "") -> Device:
    """A lost phone says that it has carried out its order, signed with its key. Twice is no fault.

    Problem `wrong_signature` for everything that does not fit, also for an unknown phone.
    """
    rows = Device.objects.select_for_update(of=("self",))
    device = rows.filter(pk=device_id, wipe_order=order_id).first()
    message = tokens.wiped_message(device_id=device_id, order_id=str(order_id))
    if device is None or not crypto.verify_signature(device.public_key, message, signature):
        raise Problem("wrong_signature")
    if device.state == DeviceState.LOST:
        device.state = DEVICE.apply(device.state, "confirm_wipe", role=None).target
        device.state_at = device.wiped_at = clock.now()
        device.save(update_fields=["state", "state_at", "wiped_at"])
        actor = Actor(user_id=device.user_id, role=None, device_id=device.id, request_id=request_id)
        record(
            actor=actor, event="device.wiped", subject_kind="device", subject_id=device.id, fields=["state"]
        )
        forget_with_commit()
    return device
