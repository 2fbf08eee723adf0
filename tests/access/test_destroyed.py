"""Every table that holds something of a person is reached when the record is closed, and after the
destruction no personal field can be read: walked along the field register, so that no new table is forgotten.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model

from edge.encryption import EncryptedField, KeyGoneError, reveal
from kernel.actor import SYSTEM
from privacy.closing import RecordClass, classes
from privacy.machine import ClosingState
from privacy.models import Closing
from privacy.register import PersonalField, Whose, rows
from privacy.services.closings import record_destroy

OTHERWISE = {
    "sync.Inbox": "evidence of what a phone sent, kept as long as the trail; nobody reads it over HTTP",
    "sync.Row": "records for phones: taken off by the closing, sealed values are under the person's key",
    "mediation.MediatorRelation": "whom a mediator named as related, deleted by the mediator",
}
EMPTY = (None, "", "-", [], {}, b"")
KEPT = {
    ("corrections.Subject", "sex"): "one of two codes without anybody's name",
    ("corrections.Member", "sex"): "one of two codes without anybody's name",
}
"""What stays in clear after the destruction, since it says nothing about anybody any more."""


def _reached() -> set[str]:
    return {rows.model._meta.label for entry in classes().values() for rows in entry.rows_of([])}


def _of_people() -> list[PersonalField]:
    return [row for row in rows(settings.APPS) if row.whose != Whose.WORKER]


def test_every_table_of_the_register_is_reached_by_a_closing() -> None:
    assert {row.model for row in _of_people()} - _reached() == set(OTHERWISE)


def test_every_sealed_column_is_reached_by_a_closing() -> None:
    sealed = {
        model._meta.label
        for model in apps.get_models()
        if any(isinstance(field, EncryptedField) for field in model._meta.concrete_fields)
    }
    assert sealed - _reached() <= set(OTHERWISE)


def _destroyed(entry: RecordClass, root: type[Model]) -> list[Any]:
    """Every record of the kind, destroyed as by a list with two signatures; their ids."""
    ids = list(root._default_manager.values_list("pk", flat=True))
    for pk in ids:
        row = Closing.objects.create(subject_kind=entry.kind, subject_id=pk, state=ClosingState.RESTRICTED)
        record_destroy(actor=SYSTEM, row=row)
    return ids


def _still_read(entry: RecordClass, ids: list[Any]) -> Iterator[str]:
    """`model.field` of everything that can still be read of these records."""
    wanted: dict[str, list[str]] = {}
    for row in _of_people():
        if (row.model, row.field) not in KEPT:
            wanted.setdefault(row.model, []).append(row.field)
    for held in entry.rows_of(ids):
        for field in wanted.get(held.model._meta.label, []):
            if any(_readable(row, field) for row in held):
                yield f"{held.model._meta.label}.{field}"


def _readable(row: Model, field: str) -> bool:
    value = getattr(row, field)
    if not isinstance(row._meta.get_field(field), EncryptedField):
        return value not in EMPTY
    try:
        return reveal(row, field) is not None
    except KeyGoneError:
        return False


@pytest.mark.law("PI-19/47")
@pytest.mark.django_db
def test_after_the_destruction_no_personal_field_can_be_read(stock: Any) -> None:
    roots = {
        "assessment": "corrections.Assessment", "correction_complaint": "corrections.Complaint",
        "dispute": "disputes.Dispute", "report": "liaison.Report", "subject": "corrections.Subject",
    }  # fmt: skip
    found = []
    with transaction.atomic():
        for kind, entry in classes().items():
            ids = _destroyed(entry, apps.get_model(roots[kind]))
            assert ids
            found += _still_read(entry, ids)
    assert found == []
