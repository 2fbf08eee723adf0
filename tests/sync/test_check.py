"""`manage.py sync_check` finds what was written past the one writer."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.sync import notes
from tests.sync.phones import Phone


def checked() -> str:
    said = StringIO()
    call_command("sync_check", stdout=said, stderr=said)
    return said.getvalue()


def execute(query: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query)


def test_rows_that_hold_are_counted(phone: Phone) -> None:
    notes.write(["a", "b"], "grid:1", "grid:2")
    phone.push(phone.item("bad"))
    assert checked() == "5 phone rows are what the domain's tables say\n"


@pytest.mark.parametrize(
    ("bypass", "mend"),
    [
        ("update t_note set title = 'x'", "update t_note set title = 'a'"),
        ("update t_note set scopes = '{grid:2}'", "update t_note set scopes = '{grid:1}'"),
        ("delete from t_note", "delete from sync_row"),
        ("update sync_row set payload = '{}'", "delete from sync_row; delete from t_note"),
        ("delete from sync_row", "delete from t_note"),
        ("update sync_inbox set returned = false", "update sync_inbox set returned = true"),
    ],
)
def test_a_bypass_ends_the_command_with_an_error(phone: Phone, bypass: str, mend: str) -> None:
    notes.write(["a"], "grid:1")
    if "inbox" in bypass:
        phone.push(phone.item("bad"))
    execute(bypass)
    with pytest.raises(CommandError, match="differ"):
        checked()
    execute(mend)


def test_a_tombstone_is_no_difference(phone: Phone) -> None:
    notes.delete(notes.write(["a"], "grid:1"))
    assert checked() == "0 phone rows are what the domain's tables say\n"
