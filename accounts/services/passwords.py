import base64
import binascii
import hmac
import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import PasswordLink, User, UserState
from accounts.services.sessions import sessions_revoke
from audit.services import record
from edge.conf import setting
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem

_ID = 16
_SECRET = 32


@transaction.atomic
def password_link_create(*, actor: Actor, user_id: UUID) -> tuple[str, PasswordLink]:
    """A one-time link's secret text for a person, and its row; links given out before are dead."""
    user = existing(User.objects.select_for_update(of=("self",)).filter(state=UserState.ACTIVE, pk=user_id))
    now = clock.now()
    PasswordLink.objects.filter(user=user, used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    secret = secrets.token_bytes(_SECRET)
    link = PasswordLink.objects.create(
        user=user, secret_digest=sha256(secret).digest(), issued_by_id=actor.user_id, issued_at=now,
        expires_at=now + timedelta(hours=setting("PASSWORD_LINK_HOURS")),
    )  # fmt: skip
    record(actor=actor, event="user.password_link_issued", subject_kind="user", subject_id=user.id)
    return base64.urlsafe_b64encode(link.id.bytes + secret).decode(), link


@transaction.atomic
def password_set(*, actor: Actor, link: str, password: str) -> User:
    """Set the password by a one-time link; every session of the person ends.

    Problems: wrong_link (unknown, used, expired, all alike), weak_password.
    """
    row = _open_link(link)
    user = row.user
    _check_strength(password, user)
    user.password = make_password(password)
    user.save(update_fields=["password"])
    row.used_at = clock.now()
    row.save(update_fields=["used_at"])
    sessions_revoke(actor=actor, user_id=user.id, reason="password_set")
    record(
        actor=actor, event="user.password_set", subject_kind="user", subject_id=user.id, fields=["password"]
    )
    return user


@transaction.atomic
def password_assign(*, actor: Actor, user_id: UUID, password: str) -> None:
    """Give a demo account a known password. In production nobody sets another's password."""
    if settings.MODE == "production":
        raise Problem("role_not_allowed", "in production a person sets the own password by a link")
    user = existing(User.objects.select_for_update(of=("self",)).filter(pk=user_id))
    user.password = make_password(password)
    user.save(update_fields=["password"])
    record(
        actor=actor, event="user.password_set", subject_kind="user", subject_id=user.id, fields=["password"]
    )


def _open_link(link: str) -> PasswordLink:
    try:
        raw = base64.b64decode(link, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Problem("wrong_link") from None
    if len(raw) != _ID + _SECRET:
        raise Problem("wrong_link")
    rows = PasswordLink.objects.select_related("user").select_for_update(of=("self", "user"))
    row = rows.filter(id=UUID(bytes=raw[:_ID]), used_at__isnull=True, expires_at__gt=clock.now()).first()
    good = row is not None and hmac.compare_digest(bytes(row.secret_digest), sha256(raw[_ID:]).digest())
    if row is None or not good or row.user.state != UserState.ACTIVE:
        raise Problem("wrong_link")
    return row


def _check_strength(password: str, user: User) -> None:
    if len(password) < setting("PASSWORD_MIN"):
        raise Problem("weak_password")
    try:
        CommonPasswordValidator().validate(password)
        UserAttributeSimilarityValidator(user_attributes=("username", "name")).validate(password, user)
    except ValidationError as error:
        raise Problem("weak_password") from error


class _Unknown:
    hash = ""


def password_is(user: User | None, password: str) -> bool:
    """Whether it is the person's password. Takes the same time for nobody, and for one without a password."""
    if not _Unknown.hash:
        _Unknown.hash = make_password(secrets.token_urlsafe(16))
    usable = user is not None and user.has_usable_password()
    right = check_password(password, user.password if user is not None and usable else _Unknown.hash)
    return right and usable
