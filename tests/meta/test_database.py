"""The suite's own ground: who it connects as, what is cleaned, what survives."""

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests import database


@pytest.fixture
def other() -> psycopg.Connection:
    with database.owner() as connection:
        yield connection


@pytest.mark.django_db
def test_tests_connect_as_the_app_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = user")
        assert cursor.fetchone() == ("gridgov_app", False, False)


@pytest.mark.django_db
def test_the_app_role_cannot_truncate() -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError), transaction.atomic():
        cursor.execute("TRUNCATE django_content_type CASCADE")


@pytest.mark.django_db
def test_the_app_role_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = 'gridgov_app'")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_the_time_outs_belong_to_the_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
        assert cursor.fetchone() == ("5s", "2s")


def _content_types(seen_by: psycopg.Connection) -> int:
    row = seen_by.execute("SELECT count(*) FROM django_content_type").fetchone()
    assert row is not None
    return row[0]


def test_committed_rows_are_seen_by_others_and_then_removed(
    committed: None, cleaner: database.Cleaner, other: psycopg.Connection
) -> None:
    before = _content_types(other)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_content_type (app_label, model) VALUES ('nowhere', 'nothing')")
    seen = _content_types(other)
    cleaner.clean()
    assert (seen, _content_types(other)) == (before + 1, before)


def test_rows_of_the_migrations_come_back(
    committed: None, cleaner: database.Cleaner, other: psycopg.Connection
) -> None:
    other.execute("UPDATE django_content_type SET model = model || '_changed'")
    cleaner.clean()
    row = other.execute("SELECT count(*) FROM django_content_type WHERE model LIKE '%_changed'").fetchone()
    assert row == (0,)


def test_the_clone_is_this_process_own() -> None:
    assert connection.settings_dict["NAME"] == database.NAME
