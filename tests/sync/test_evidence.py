"""What phones sent is evidence: the app role cannot remove it, nor rewrite how it was decided."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from sync import jobs
from sync.models import Inbox
from tests.sync.phones import Phone


@pytest.mark.parametrize(
    "statement",
    [
        "delete from sync_inbox",
        "truncate sync_inbox cascade",
        "delete from sync_inbox_step",
        "update sync_inbox_step set reason = ''",
        "delete from sync_batch",
        "update sync_batch set signature = ''",
    ],
)
def test_the_app_role_cannot(phone: Phone, statement: str) -> None:
    phone.push(phone.item("odd"))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Inbox.objects.count() == 1


def test_what_time_does_removes_no_item(phone: Phone, clock: Any) -> None:
    phone.push(phone.item("odd"), phone.item())
    clock.move(timedelta(days=4000))
    jobs.due(clock.at)
    jobs.nightly(clock.at)
    assert Inbox.objects.count() == 2
