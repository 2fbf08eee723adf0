"""Yesterday's backup, made and loaded with PostgreSQL's own programs: what was destroyed or sealed since does
not come back readable, because the list of closings stands outside the database.
"""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from psycopg import sql

from corrections.models import Subject
from corrections.selectors import clear_values
from disputes.models import Dispute, ScreeningParty
from edge.encryption import KeyGoneError, reveal
from kernel.actor import SYSTEM
from privacy import keys, services
from privacy.closing import classes
from privacy.machine import ClosingState
from privacy.models import Closing, SubjectKey
from privacy.services.closings import record_destroy, record_seal
from sync.check import check
from tests import database
from tests.cast import District, Member
from tests.corrections.stage import NAME, Case, case
from tests.disputes.made import body, dispute_of, screened
from tests.privacy.holders import seal_key

RESTORED = f"{database.NAME}_restored"
pytestmark = pytest.mark.usefixtures("committed")


def _run(program: str, *arguments: str) -> None:
    path = database.cluster.server.program(program)
    command = [path, *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603  because all stands here


@pytest.fixture
def file(stage: Any, district: District, officer: Member) -> Case:
    return case(district, officer.actor)


@pytest.fixture
def outside(tmp_path: Path, settings: Any) -> None:
    settings.CLOSINGS = str(tmp_path / "closings.jsonl")


@pytest.fixture
def restored(tmp_path: Path) -> Iterator[Callable[[], Any]]:
    """`backup()` dumps the database as it stands and gives a context in which it has been loaded again."""

    def backup() -> Any:
        dump = str(tmp_path / "yesterday.dump")
        _run("pg_dump", "-Fc", "-f", dump, database.cluster.url("owner", database.NAME))
        return _loaded(dump)

    yield backup
    with psycopg.connect(database.cluster.url("postgres", "postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(RESTORED)))


@contextmanager
def _loaded(dump: str) -> Iterator[None]:
    """The backup in a database of its own, to which this process talks meanwhile."""
    with psycopg.connect(database.cluster.url("postgres", "postgres"), autocommit=True) as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} OWNER gridgov_owner TEMPLATE template0").format(
                sql.Identifier(RESTORED)
            )
        )
    _run("pg_restore", "-d", database.cluster.url("postgres", RESTORED), dump)
    connection.close()
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], RESTORED
    keys.forget(SubjectKey.objects.values_list("pk", flat=True))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _closing(kind: str, subject_id: Any) -> Closing:
    return Closing.objects.create(
        subject_kind=kind, subject_id=subject_id, state=ClosingState.RESTRICTED, to_be_sealed=True
    )


def _forget(kind: str, subject_id: Any) -> None:
    keys.forget(classes()[kind].keys_of([subject_id]))


@pytest.mark.law("PI-19/47", refused=True)
@pytest.mark.usefixtures("outside")
def test_a_destroyed_file_does_not_come_back_with_yesterdays_backup(
    file: Case, restored: Callable[[], Any]
) -> None:
    backup = restored()
    _destroy("subject", file.subject.pk)
    with backup:
        assert _name(file) == NAME  # the backup holds the key as it was
        call_command("privacy_reapply", verbosity=0)
        assert _name(file) is None
        assert Closing.objects.get(subject_id=file.subject.pk).state == "destroyed"


@pytest.mark.law("MI-SEAL", refused=True)
@pytest.mark.usefixtures("outside")
def test_a_sealed_file_does_not_come_back_with_yesterdays_backup(
    file: Case, bureau_head: Member, archivist: Member, restored: Callable[[], Any]
) -> None:
    backup = restored()
    seal_key(bureau_head, archivist)
    record_seal(actor=SYSTEM, closing_id=_closing("subject", file.subject.pk).pk)
    services.tombstones_write()
    with backup:
        assert _name(file) == NAME
        call_command("privacy_reapply", verbosity=0)
        assert _name(file) is None


@pytest.mark.law("PI-19/47", refused=True)
@pytest.mark.usefixtures("outside")
def test_a_destroyed_dispute_does_not_come_back_with_yesterdays_backup(
    district: District, worker: Member, restored: Callable[[], Any]
) -> None:
    dispute = dispute_of(screened(worker, body(district, "A1-1")))
    backup = restored()
    _destroy("dispute", dispute.pk)
    with backup:
        call_command("privacy_reapply", verbosity=0)
        party = ScreeningParty.objects.filter(name__isnull=False)[0]
        with pytest.raises(KeyGoneError):
            reveal(party, "name")
        assert (party.name_index, Dispute.objects.get(pk=dispute.pk).brief) == (None, "")
        assert check().differences == []  # and it is off every phone


def _destroy(kind: str, subject_id: Any) -> None:
    with transaction.atomic():
        row = _closing(kind, subject_id)
        classes()[kind].restrict(SYSTEM, [subject_id])
        record_destroy(actor=SYSTEM, row=row)
    services.tombstones_write()


def _name(file: Case) -> str | None:
    _forget("subject", file.subject.pk)
    return clear_values(Subject.objects.get(pk=file.subject.pk), ["name"])["name"]
