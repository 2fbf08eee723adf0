from django.db import transaction

from accounts import rotation, tokens
from accounts.authentication import check_device
from accounts.models import RefreshFamily, RefreshToken, UserState
from accounts.rotation import Verdict
from accounts.selectors import headed_organisations, memberships_in_force
from accounts.services.sessions import Session, actor_of, revoke, session_of
from accounts.sessions_cache import forget_with_commit
from audit.services import record
from edge import encryption
from kernel import clock
from kernel.crypto import verify_signature
from kernel.problems import Problem


def refresh(*, token: str, nonce: str, signature: str | None, request_id: str = "") -> Session:
    """The next pair of tokens, or the same again where its answer was lost.

    Problems: sign_in_again (keep the records), wipe, device_not_active, wrong_signature. A replay revokes the
    family and is recorded: both must outlive the refusal, so they are committed before it is raised.
    """
    outcome = _decided(token, nonce, signature, request_id)
    if isinstance(outcome, Problem):
        raise outcome
    return outcome


@transaction.atomic
def _decided(token: str, nonce: str, signature: str | None, request_id: str) -> Session | Problem:
    locked = _locked(token)
    if locked is None:
        return Problem("sign_in_again")
    family, row, successor = locked
    refusal = _refusal(family, token, nonce, signature, request_id)
    if refusal is not None:
        return refusal
    presented = rotation.Presented(row.used_at, row.nonce, bool(successor and successor.used_at))
    verdict = rotation.decide(presented, nonce=nonce, at=clock.now())
    if verdict is Verdict.REUSE:
        return _reused(family, row, request_id)
    if successor is None:
        successor = _minted(family, row, nonce)
    _seen(family)
    return session_of(family, successor)


def _locked(token: str) -> tuple[RefreshFamily, RefreshToken, RefreshToken | None] | None:
    """The family under its one row lock, the presented generation and the next; None when it is not ours.

    The lock comes before the generations are read, so that parallel refreshes see each other's work.
    """
    token_id = tokens.refresh_token_id(token)
    if token_id is None:
        return None
    of_token = RefreshToken.objects.filter(pk=token_id).values("family")
    families = RefreshFamily.objects.select_for_update(of=("self",)).select_related(
        "user", "device", "membership__organisation"
    )
    family = families.filter(pk__in=of_token).first()
    if family is None:
        return None
    row = RefreshToken.objects.get(pk=token_id)
    key = encryption.ring()["refresh"].by_id.get(row.key_id, b"")
    genuine = tokens.refresh_token_is(
        token,
        key,
        token_id=row.id,
        family_id=family.id,
        generation=row.generation,
        device_id=family.device_id,
    )
    if not genuine:
        return None
    return family, row, RefreshToken.objects.filter(family=family, generation=row.generation + 1).first()


def _refusal(
    family: RefreshFamily, token: str, nonce: str, signature: str | None, request_id: str
) -> Problem | None:
    if family.device is not None:
        try:
            check_device(
                device_id=family.device.id, state=family.device.state, order_id=family.device.wipe_order,
                lost_at=family.device.lost_at,
            )  # fmt: skip
        except Problem as problem:
            return problem
    if family.user.state != UserState.ACTIVE or family.revoked_at or family.expires_at <= clock.now():
        return Problem("sign_in_again")
    if family.device is not None and not verify_signature(
        family.device.public_key, tokens.refresh_message(nonce=nonce, token=token), signature or ""
    ):
        # No revocation: whoever stole a token without the key must not be able to log the owner out.
        _alarm(family, "session.bad_signature", request_id)
        return Problem("wrong_signature")
    return None if _role_holds(family) else Problem("sign_in_again")


def _role_holds(family: RefreshFamily) -> bool:
    """Whether the session's role is in force, if need be by a renewed membership of the same place."""
    if family.membership is None:
        return headed_organisations(family.user_id).exists()
    same = memberships_in_force().filter(
        user_id=family.user_id, role=family.membership.role, organisation_id=family.membership.organisation_id
    )
    found = list(same.select_related("organisation").order_by("valid_from", "id"))
    current = next((row for row in found if row.pk == family.membership_id), found[-1] if found else None)
    if current is None:
        return False
    if current.pk != family.membership_id:
        family.membership = current
        family.save(update_fields=["membership"])
        if family.device is not None:
            family.device.membership = current
            family.device.save(update_fields=["membership"])
        forget_with_commit()
    return True


def _minted(family: RefreshFamily, row: RefreshToken, nonce: str) -> RefreshToken:
    now = clock.now()
    row.used_at, row.nonce = now, nonce
    row.save(update_fields=["used_at", "nonce"])
    return RefreshToken.objects.create(
        family=family,
        generation=row.generation + 1,
        key_id=encryption.ring()["refresh"].current,
        issued_at=now,
    )


def _reused(family: RefreshFamily, row: RefreshToken, request_id: str) -> Problem:
    """Two hold one token and nobody can tell who is the thief: both are out, the records stay."""
    revoke(RefreshFamily.objects.filter(pk=family.pk), "reuse")
    _alarm(family, "session.reuse", request_id, generation=row.generation)
    return Problem("sign_in_again")


def _alarm(family: RefreshFamily, event: str, request_id: str, **detail: int) -> None:
    record(
        actor=actor_of(family, request_id), event=event, subject_kind="user", subject_id=family.user_id,
        detail={"family": str(family.id), **detail},
    )  # fmt: skip


def _seen(family: RefreshFamily) -> None:
    today = clock.today()
    if family.device is not None and family.device.seen_on != today:
        family.device.seen_on = today
        family.device.save(update_fields=["seen_on"])
