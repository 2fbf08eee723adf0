"""Calendar feeds: one revocable key for each device."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from audit.services import record
from edge.conf import setting
from edge.repeats import made_before
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.problems import Problem
from mediation import appointments, feeds
from mediation.models import FeedKey
from mediation.table_access import visible_feeds, visible_sessions
from mediation.table_selectors import appointment_of, sessions_shown


@transaction.atomic
def feed_create(*, actor: Actor, device: str, days: int, id: UUID | None = None) -> tuple[FeedKey, str, bool]:
    """日历订阅: a feed for one device in the present role, its address, which is said to nobody else and in
    no list, and whether the same request had made it before. A new one for a device ends the old one. Problem
    `feed_keys_full`."""
    if actor.membership_id is None:
        raise Problem("role_not_allowed")
    same = {
        "user_id": actor.person,
        "membership_id": actor.membership_id,
        "device": device,
        "days": days,
    }
    if known := made_before(FeedKey, id, **same):
        return known, _address_again(known), True
    now, pk = clock.now(), id or uuid7()
    User.objects.select_for_update().get(pk=actor.person)
    mine = FeedKey.objects.filter(user_id=actor.person, revoked_at=None)
    mine.filter(Q(device=device) | Q(expires_at__lte=now)).update(revoked_at=now)
    if mine.count() >= setting("FEED_KEYS_MAX"):
        raise Problem("feed_keys_full", most=setting("FEED_KEYS_MAX"))
    secret = feeds.new_secret(pk, actor.person)
    key = FeedKey.objects.create(
        id=pk, user_id=actor.person, membership_id=actor.membership_id, device=device,
        digest=feeds.digest(secret), created_at=now, expires_at=now + timedelta(days=days),
    )  # fmt: skip
    record(
        actor=actor, event="feed_key.created", subject_kind="feed_key", subject_id=key.id,
        detail={"days": days},
    )  # fmt: skip
    return key, feeds.address(key, secret), False


def _address_again(key: FeedKey) -> str:
    secret = feeds.said_before(key)
    if secret is None:
        raise Problem("conflict")
    return feeds.address(key, secret)


@transaction.atomic
def feed_revoke(*, actor: Actor, feed_id: UUID) -> FeedKey:
    """撤销订阅: end a feed at once; a doubled call answers the same. Problem `not_found`."""
    key = existing(visible_feeds(actor).select_for_update(of=("self",)).filter(id=feed_id))
    if key.revoked_at is None:
        key.revoked_at = clock.now()
        key.save(update_fields=["revoked_at"])
        record(actor=actor, event="feed_key.revoked", subject_kind="feed_key", subject_id=key.id)
    return key


def feed_calendar(*, actor: Actor) -> bytes:
    """The appointments of the actor, naming nobody. What is protected stays out: a feed lies on servers of
    others."""
    now = clock.now()
    since, until = timedelta(days=setting("FEED_PAST_DAYS")), timedelta(days=setting("FEED_AHEAD_DAYS"))
    rows = visible_sessions(actor).filter(
        starts_at__gte=now - since, starts_at__lt=now + until, case__protected=False,
        case__dispute__protected=False, case__dispute__restricted=False,
    )  # fmt: skip
    return appointments.calendar(map(appointment_of, sessions_shown(rows)))
