"""The trail only grows (CS-23): the app role can neither change nor delete a row."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit import services
from audit.models import AuditEvent
from kernel.actor import SYSTEM
from kernel.ids import uuid7


@pytest.fixture
def event(db: None) -> AuditEvent:
    event_id = services.record(
        actor=SYSTEM,
        event="test.happened",
        subject_kind="test",
        subject_id=uuid7(),
        fields=["phone"],
        reason="why",
    )
    return AuditEvent.objects.get(pk=event_id)


@pytest.mark.law("CS-23", "DJ-3")
def test_a_fact_names_fields_and_reason(event: AuditEvent) -> None:
    assert (event.event, event.fields, event.reason, event.user_id) == (
        "test.happened",
        ["phone"],
        "why",
        None,
    )


@pytest.mark.law("CS-23", "MN-20", refused=True)
@pytest.mark.parametrize("statement", ["update audit_event set reason = 'x'", "delete from audit_event"])
def test_the_app_role_cannot_change_a_row(event: AuditEvent, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.law("DJ-3", "MN-20", refused=True)
def test_the_app_role_cannot_truncate(db: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("truncate audit_event cascade")


def test_a_fact_outside_a_transaction_is_refused(committed: None) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        services.record(actor=SYSTEM, event="test.happened", subject_kind="test", subject_id=uuid7())
