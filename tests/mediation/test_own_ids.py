"""Calendar feeds and copies of a file are known by the sender's own id, as everything that makes a row."""

from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from edge import encryption, keyring
from kernel.ids import uuid7
from mediation.models import DossierCopy, FeedKey
from mediation.services.notes import note_write
from privacy.models import ReadLog, Share
from tests.cast import District, Member
from tests.disputes.test_at_once import TEN, ten_posts
from tests.mediation import filed as made_file
from tests.mediation.at_table import code_of, post
from tests.mediation.filed import Filed

FEEDS = "/api/v1/mediation/feeds"
WHY = {"purpose": "handle", "reason": "立卷归档"}


def told(answer: Any) -> tuple[int, str | None]:
    return answer.status_code, answer.headers.get("Idempotent-Replay")


@pytest.fixture
def filed(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Filed:
    return made_file.filled(district, worker, clerk, mediator)


def copied(filed: Filed, **said: Any) -> Any:
    return post(filed.clerk, f"cases/{filed.case.pk}/dossier", {"kind": "committee", **WHY, **said})


@pytest.mark.django_db
def test_a_feed_that_was_asked_for_twice_is_one_with_one_address(clock: Any, mediator: Member) -> None:
    sent = {"id": str(uuid7()), "device": "手机"}
    first, again = post(mediator, "feeds", sent), post(mediator, "feeds", sent)
    assert (told(first), told(again)) == ((201, None), (201, "true"))
    assert first.json() == again.json()
    assert APIClient().get(again.json()["address"]).status_code == 200
    assert FeedKey.objects.count() == 1


@pytest.mark.usefixtures("committed")
def test_w9_ten_feeds_at_once_are_one(clock: Any, mediator: Member) -> None:
    assert ten_posts(mediator, FEEDS, {"id": str(uuid7()), "device": "手机"}) == ({201}, TEN - 1, 1)
    assert FeedKey.objects.get().revoked_at is None


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{"device": "平板"}, {"days": 7}])
def test_another_feed_under_the_same_id_is_a_clash(
    clock: Any, mediator: Member, other: dict[str, Any]
) -> None:
    sent = {"id": str(uuid7()), "device": "手机"}
    post(mediator, "feeds", sent)
    assert code_of(post(mediator, "feeds", sent | other)) == (409, "conflict")
    assert FeedKey.objects.get(revoked_at=None).device == "手机"


@pytest.mark.django_db
def test_nobody_is_told_the_address_of_somebody_elses_feed(
    clock: Any, mediator: Member, other_mediator: Member
) -> None:
    sent = {"id": str(uuid7()), "device": "手机"}
    post(mediator, "feeds", sent)
    assert code_of(post(other_mediator, "feeds", sent)) == (409, "conflict")


@pytest.mark.django_db
def test_an_ended_feed_asked_for_again_stays_ended(clock: Any, mediator: Member) -> None:
    sent = {"id": str(uuid7()), "device": "手机"}
    address = post(mediator, "feeds", sent).json()["address"]
    post(mediator, f"feeds/{sent['id']}/revoke")
    assert post(mediator, "feeds", sent).json()["revoked_at"] is not None
    assert APIClient().get(address).status_code == 404


@pytest.mark.django_db
def test_an_address_of_a_key_that_is_gone_is_not_said_again(
    clock: Any, mediator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {"id": str(uuid7()), "device": "手机"}
    post(mediator, "feeds", sent)
    ring = encryption.ring() | {"refresh": keyring.parse(keyring.fresh())["refresh"]}
    mediator.session  # noqa: B018  because the session's token is of the old ring
    monkeypatch.setattr("mediation.feeds.encryption.ring", lambda: ring)
    assert code_of(post(mediator, "feeds", sent)) == (409, "conflict")


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_copy_that_was_asked_for_twice_is_one_with_the_same_bytes(
    filed: Filed, clock: Any, form: str
) -> None:
    sent = {"id": str(uuid7()), "format": form}
    first = copied(filed, **sent)
    clock.move(timedelta(minutes=5))
    again = copied(filed, **sent)
    assert (told(first), told(again)) == ((200, None), (200, "true"))
    assert (first["X-Copy-Id"], first.content) == (again["X-Copy-Id"], again.content) != ("", b"")
    assert (DossierCopy.objects.count(), Share.objects.count()) == (1, 1)
    assert ReadLog.objects.filter(subject_id=filed.case.pk, reason=WHY["reason"]).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{"format": "docx"}, {"kind": "court", "recipient": "某区人民法院"}])
def test_another_copy_under_the_same_id_is_a_clash(filed: Filed, other: dict[str, Any]) -> None:
    sent = {"id": str(uuid7())}
    copied(filed, **sent)
    assert code_of(copied(filed, **sent, **other)) == (409, "conflict")
    assert DossierCopy.objects.count() == 1


@pytest.mark.django_db
def test_another_recipient_under_the_same_id_is_a_clash(filed: Filed) -> None:
    sent = {"id": str(uuid7()), "kind": "court", "recipient": "某区人民法院"}
    copied(filed, **sent)
    assert code_of(copied(filed, **sent | {"recipient": "另一人民法院"})) == (409, "conflict")


@pytest.mark.django_db
def test_a_file_that_has_changed_since_is_another_copy(filed: Filed) -> None:
    sent = {"id": str(uuid7())}
    copied(filed, **sent)
    note_write(
        actor=filed.clerk.actor, case_id=filed.case.pk, kind="work", visibility="all_parties",
        text="又约一次",
    )  # fmt: skip
    assert code_of(copied(filed, **sent)) == (409, "conflict")
    assert copied(filed, id=str(uuid7())).status_code == 200
