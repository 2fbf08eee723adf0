import pytest
from django.db import connection

from accounts import sessions_cache
from accounts.models import RefreshFamily
from edge import shared_word
from tests.cast import Member

pytestmark = pytest.mark.django_db


def family_of(member: Member) -> RefreshFamily:
    member.client.get("/api/v1/auth/me")
    return RefreshFamily.objects.get(user=member.user)


def revoke_elsewhere(family: RefreshFamily) -> None:
    """As another process does: neither of this process's own services hears of it."""
    RefreshFamily.objects.filter(pk=family.pk).update(revoked_at=family.created_at, revoked_for="logout")


def test_a_session_is_remembered(mediator: Member) -> None:
    family = family_of(mediator)
    revoke_elsewhere(family)
    state = sessions_cache.state_of(family.pk)
    assert state is not None
    assert not state.revoked


def test_what_another_process_ends_is_heard_at_once(mediator: Member) -> None:
    family = family_of(mediator)
    revoke_elsewhere(family)
    shared_word.change(f"sessions-{connection.settings_dict['NAME']}")
    state = sessions_cache.state_of(family.pk)
    assert state is not None
    assert state.revoked
