"""The cast is what the other tests believe it to be."""

import pytest

from kernel.crypto import verify_signature
from tests import database
from tests.cast import STAFF, WORKERS, District, Member, Worker


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*STAFF, *WORKERS])
def test_everybody_is_signed_in_as_who_they_are(name: str, request: pytest.FixtureRequest) -> None:
    member: Member = request.getfixturevalue(name)
    answer = member.client.get("/api/v1/auth/me").json()
    assert (answer["username"], answer["role"]) == (name, member.actor.role)


@pytest.mark.django_db
def test_the_phone_signs_with_its_key(worker: Worker) -> None:
    assert worker.device is not None
    assert verify_signature(worker.device.public_key, b"x", worker.sign(b"x"))


def test_committed_rows_are_seen_from_outside(committed: None, district: District, worker: Worker) -> None:
    with database.owner() as other:
        assert other.execute("select count(*) from accounts_device").fetchone() == (1,)
