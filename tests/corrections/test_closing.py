"""Restricted, sealed, destroyed: what each face answers about a file of corrections, also after a restore."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from corrections import access
from corrections.jobs import due
from corrections.models import Complaint, Subject
from corrections.selectors import clear_values
from edge.encryption import KeyGoneError, reveal
from kernel.actor import SYSTEM
from kernel.problems import Problem
from privacy import jobs, keys, services
from privacy.codes import RequestKind
from privacy.models import Closing, DestructionList, LawfulQuery, ReadLog, Share, SubjectKey
from tests.cast import Member
from tests.corrections.decided import complained
from tests.corrections.stage import ID_NUMBER, NAME, Case, days
from tests.privacy.holders import seal_key, typed

pytestmark = pytest.mark.django_db
READ = {"purpose": "supervise", "reason": "检察监督"}


@dataclass
class Shelf:
    """A file of corrections on its way to the archive, and the two who hold the seal."""

    case: Case
    clock: Any
    officer: Member
    head: Member
    keeper: Member
    halves: Any = None

    @property
    def id(self) -> UUID:
        return self.case.subject.pk

    @property
    def row(self) -> Closing:
        return Closing.objects.get(subject_id=self.id)

    @property
    def name(self) -> str | None:
        return clear_values(Subject.objects.get(pk=self.id), ["name"])["name"]

    def with_key(self) -> "Shelf":
        self.halves = seal_key(self.head, self.keeper)
        return self

    def marked(self) -> "Shelf":
        url = f"/api/v1/corrections/subjects/{self.id}/to-be-sealed"
        assert self.officer.client.post(url, {"basis": "MI-59"}, format="json").status_code == 200
        return self

    def over(self) -> "Shelf":
        """The term is over, and the minute after it has run."""
        last = Subject.objects.get(pk=self.id).ends_on
        assert last is not None
        self.clock.move(days((last - self.clock.at.date()).days + 2))
        due(self.clock.at)
        due(self.clock.at)
        jobs.due(self.clock.at)
        return self

    def sealed(self) -> "Shelf":
        services.record_seal(actor=SYSTEM, closing_id=self.marked().over().row.pk)
        return self

    def listed(self) -> DestructionList:
        """The retention is over and the night has drafted the list."""
        until = self.row.retention_until
        assert until is not None
        self.clock.move(days((until - self.clock.at.date()).days + 2))
        services.lists_draft()
        return DestructionList.objects.get()

    def destroyed(self) -> "Shelf":
        made = self.listed()
        services.destruction_sign(actor=self.keeper.actor, list_id=made.pk, document_no="销毁 1 号")
        services.destruction_countersign(actor=self.head.actor, list_id=made.pk)
        return self

    def asked(self, number: str, *scope: str) -> LawfulQuery:
        row = services.query_enter(
            actor=self.keeper.actor, unit="区检察院", basis="MI-59", document_no="查 1 号",
            scope=scope or ("name",), seal_number=number,
        )  # fmt: skip
        return services.query_approve(actor=self.head.actor, query_id=row.pk)

    def opened(self, *scope: str) -> LawfulQuery:
        query = self.asked(self.row.seal_number or "", *scope)
        return services.query_open(actor=self.keeper.actor, query_id=query.pk, **typed(self.halves))

    def read(self, query: LawfulQuery) -> Any:
        return services.query_read(actor=self.keeper.actor, query_id=query.pk, reason="司法机关办案需要")


@pytest.fixture
def shelf(case: Case, clock: Any, officer: Member, bureau_head: Member, archivist: Member) -> Shelf:
    return Shelf(case, clock, officer, bureau_head, archivist)


@pytest.fixture
def outside(tmp_path: Path, settings: Any) -> None:
    """The list of closings outside the database."""
    settings.CLOSINGS = str(tmp_path / "closings.jsonl")


@contextmanager
def yesterday(shelf: Shelf) -> Iterator[None]:
    """What was there before comes back after it, as from a backup: the key's row and the closing's."""
    key = SubjectKey.objects.get(pk=shelf.case.subject.key_id)
    rows = Closing.objects.filter(subject_id=shelf.id)
    state = list(rows.values_list("state", flat=True))
    yield
    services.tombstones_write()
    SubjectKey.objects.filter(pk=key.pk).update(
        wrapped_key=bytes(key.wrapped_key), destroyed_at=None, sealed_key=None, seal_key_id=None
    )
    rows.update(state=state[0] if state else "open", destroyed_at=None)
    keys.forget([key.pk])
    assert shelf.name == NAME
    keys.forget([key.pk])


@pytest.mark.law("PI-19/47", "CCL-44")
def test_at_the_end_a_file_is_restricted_by_itself(shelf: Shelf) -> None:
    row = shelf.over().row
    assert row.ended_on is not None
    assert (row.state, row.retention_until) == ("restricted", row.ended_on + days(3653))
    assert not access.visible_to(shelf.officer.actor).exists()


@pytest.mark.law("MN-18", refused=True)
@pytest.mark.law("PI-19/47")
def test_a_restricted_file_is_read_by_head_and_procurator_only(
    shelf: Shelf, agency_head: Member, procurator: Member
) -> None:
    shelf.over()
    seen = {m.membership.role: access.readable_by(m.actor).exists() for m in (agency_head, procurator)}
    assert seen == {"agency_head": True, "procurator": True}
    assert not access.readable_by(shelf.officer.actor).exists()


@pytest.mark.law("MI-SEAL", "MI-59")
def test_a_sealed_file_never_was(shelf: Shelf, agency_head: Member, procurator: Member) -> None:
    row = shelf.with_key().sealed().row
    assert row.seal_number
    for member in (agency_head, procurator):
        assert not access.readable_by(member.actor).exists()
        url = f"/api/v1/corrections/subjects/{shelf.id}"
        assert member.client.get(url).status_code == 404
    with pytest.raises(KeyGoneError):
        reveal(shelf.case.subject, "name")
    assert Subject.objects.get(pk=shelf.id).id_number_blind is None


@pytest.mark.law("MI-SEAL")
def test_a_marked_file_is_sealed_by_the_job_within_its_days(shelf: Shelf) -> None:
    row = shelf.with_key().marked().over().row
    shelf.clock.to(row.seal_due_at)
    jobs.due(shelf.clock.at)
    assert shelf.row.state == "sealed"


@pytest.mark.law("MI-SEAL")
def test_what_nobody_marked_is_not_sealed(shelf: Shelf) -> None:
    row = shelf.with_key().over().row
    with pytest.raises(Problem, match="not_to_be_sealed"):
        services.record_seal(actor=SYSTEM, closing_id=row.pk)


@pytest.mark.law("MI-SEAL")
def test_nothing_is_sealed_without_a_seal_key(shelf: Shelf) -> None:
    with pytest.raises(Problem, match="seal_key_missing"):
        shelf.sealed()


@pytest.mark.law("MI-SEAL", "MI-59", refused="too")
def test_a_lawful_query_opens_the_file_for_an_hour_and_for_its_scope(shelf: Shelf) -> None:
    query = shelf.with_key().sealed().opened("name", "id_number")
    assert shelf.read(query)["values"] == {"name": NAME, "id_number": ID_NUMBER}
    assert ReadLog.objects.get(purpose="lawful_query").subject_id == shelf.id
    shelf.clock.move(days(1) / 24)
    assert shelf.name is None
    with pytest.raises(Problem, match="query_not_open"):
        shelf.read(query)
    assert services.queries_reseal(shelf.clock.at) == 1
    assert bytes(SubjectKey.objects.get(pk=shelf.case.subject.key_id).wrapped_key) == b""


@pytest.mark.law("MI-SEAL", "MN-7", refused=True)
def test_while_it_is_open_its_own_faces_still_know_nothing(shelf: Shelf, agency_head: Member) -> None:
    shelf.with_key().sealed().opened()
    assert not access.readable_by(agency_head.actor).exists()


@pytest.mark.law("MI-SEAL", "ND-12")
def test_the_answer_closes_it_and_stands_in_the_share_log(shelf: Shelf) -> None:
    query = shelf.with_key().sealed().opened()
    services.query_answer(actor=shelf.keeper.actor, query_id=query.pk, document_no="复 1 号")
    assert shelf.name is None
    share = Share.objects.get()
    assert (share.recipient, share.fields, share.basis) == ("区检察院", ["name"], "MI-59")


@pytest.mark.law("MI-SEAL")
def test_a_number_that_is_none_is_answered_the_same_way(shelf: Shelf) -> None:
    query = shelf.with_key().asked("F20000101-NONE")
    services.query_open(actor=shelf.keeper.actor, query_id=query.pk, **typed(shelf.halves))
    assert shelf.read(query)["answer"] == "none_found"
    done = services.query_answer(actor=shelf.keeper.actor, query_id=query.pk, document_no="复 2 号")
    assert (done.answer, Share.objects.count()) == ("none_found", 0)


@pytest.mark.law("MI-SEAL")
@pytest.mark.parametrize(("cut", "code"), [(None, "seal_halves_wrong"), (-1, "seal_half_unreadable")])
def test_one_half_opens_nothing(shelf: Shelf, cut: int | None, code: str) -> None:
    query = shelf.with_key().sealed().asked(shelf.row.seal_number or "")
    half = shelf.halves.head
    with pytest.raises(Problem, match=code):
        services.query_open(
            actor=shelf.keeper.actor, query_id=query.pk, head_half=half, keeper_half=half[:cut]
        )


@pytest.mark.law("MI-SEAL")
def test_who_entered_a_query_does_not_approve_it(shelf: Shelf) -> None:
    query = shelf.with_key().asked("F1")
    LawfulQuery.objects.filter(pk=query.pk).update(
        state="entered", approved_by=None, entered_by=shelf.head.user.id
    )
    with pytest.raises(Problem, match="second_person_same"):
        services.query_approve(actor=shelf.head.actor, query_id=query.pk)


@pytest.mark.law("MI-SEAL")
def test_lifting_needs_both_halves_and_leaves_it_restricted(shelf: Shelf, agency_head: Member) -> None:
    row = shelf.with_key().sealed().row
    said = {"reason": "又犯新罪", "document_no": "解封 1 号"}
    services.seal_lift(actor=shelf.keeper.actor, closing_id=row.pk, **typed(shelf.halves), **said)
    assert (shelf.name, shelf.row.state) == (NAME, "restricted")
    assert access.readable_by(agency_head.actor).exists()
    assert Subject.objects.get(pk=shelf.id).id_number_blind is not None


@pytest.mark.law("PI-19/47")
def test_after_its_retention_a_file_is_destroyed_by_two_signatures(shelf: Shelf, agency_head: Member) -> None:
    made = shelf.over().listed()
    services.destruction_sign(actor=shelf.keeper.actor, list_id=made.pk, document_no="销毁 1 号")
    assert shelf.name == NAME
    services.destruction_countersign(actor=shelf.head.actor, list_id=made.pk)
    assert (shelf.name, shelf.row.state) == (None, "destroyed")
    assert not access.readable_by(agency_head.actor).exists()


@pytest.mark.law("PI-19/47")
def test_a_list_with_one_signature_destroys_nothing(shelf: Shelf) -> None:
    made = shelf.over().listed()
    with pytest.raises(Problem, match="transition_not_allowed"):
        services.destruction_countersign(actor=shelf.head.actor, list_id=made.pk)


@pytest.mark.law("PI-19/47", "CCL-34b", refused="too")
def test_what_somebody_still_complains_of_is_on_no_list(shelf: Shelf, complaints: Member) -> None:
    complaint = complained(complaints, shelf.officer, id_number=ID_NUMBER)
    shelf.over().clock.move(days(4000))
    assert services.lists_draft() == 0
    Complaint.objects.filter(pk=complaint.pk).update(closed_at=shelf.clock.at)
    assert services.lists_draft() == 1


@pytest.mark.law("PI-19/47", refused=True)
def test_a_list_is_not_signed_again_over_something_that_began_after_the_first(
    shelf: Shelf, complaints: Member
) -> None:
    made = shelf.over().listed()
    services.destruction_sign(actor=shelf.keeper.actor, list_id=made.pk, document_no="销毁 1 号")
    late = complained(complaints, shelf.officer)
    Complaint.objects.filter(pk=late.pk).update(subject=shelf.id)
    with pytest.raises(Problem, match="destruction_held"), transaction.atomic():
        services.destruction_countersign(actor=shelf.head.actor, list_id=made.pk)
    assert (shelf.name, shelf.row.state) == (NAME, "restricted")
    services.destruction_cancel(actor=shelf.head.actor, list_id=made.pk, reason="有投诉未了结")
    assert services.lists_draft() == 0


@pytest.mark.law("PI-19/47", "PI-45/46/50", refused="too")
def test_what_a_person_has_asked_for_and_waits_for_is_not_destroyed(shelf: Shelf) -> None:
    shelf.over()
    asked = services.request_enter(
        actor=shelf.officer.actor, kind=RequestKind.COPY, paper_no="申请 1 号", kept_at="档案柜",
        received_on=shelf.clock.at.date(),
    )  # fmt: skip
    record = {"subject_kind": "subject", "subject_id": shelf.id}
    services.request_identify(actor=shelf.officer.actor, request_id=asked.pk, **record)
    shelf.clock.move(days(4000))
    assert services.lists_draft() == 0
    services.request_answer(actor=shelf.officer.actor, request_id=asked.pk, document_no="复 1 号")
    assert services.lists_draft() == 1


@pytest.mark.law("PI-19/47", "MI-SEAL", refused="too")
def test_a_sealed_file_that_is_queried_is_neither_destroyed_nor_lifted(shelf: Shelf) -> None:
    shelf.with_key().sealed()
    shelf.clock.move(days(4000))
    query = shelf.opened()
    assert services.lists_draft() == 0
    said = {"reason": "又犯新罪", "document_no": "解封 1 号"}
    with pytest.raises(Problem, match="seal_query_open"), transaction.atomic():
        services.seal_lift(actor=shelf.keeper.actor, closing_id=shelf.row.pk, **typed(shelf.halves), **said)
    services.query_answer(actor=shelf.keeper.actor, query_id=query.pk, document_no="复 1 号")
    assert services.lists_draft() == 1


@pytest.mark.law("MI-SEAL")
def test_an_answer_closes_nothing_that_stands_open_for_another_query(shelf: Shelf) -> None:
    first = shelf.with_key().sealed().opened()
    shelf.clock.move(days(1) / 48)
    second = shelf.opened()
    services.query_answer(actor=shelf.keeper.actor, query_id=second.pk, document_no="复 2 号")
    assert (shelf.read(first)["values"], shelf.row.opened_until) == ({"name": NAME}, first.opened_until)
    services.query_answer(actor=shelf.keeper.actor, query_id=first.pk, document_no="复 1 号")
    assert (shelf.name, shelf.row.opened_until) == (None, None)


@pytest.mark.law("PI-19/47")
def test_nothing_is_on_a_list_before_its_retention_is_over(shelf: Shelf) -> None:
    shelf.over()
    assert services.lists_draft() == 0


@pytest.mark.law("PI-19/47")
def test_a_sealed_file_is_destroyed_as_well(shelf: Shelf) -> None:
    assert shelf.with_key().sealed().destroyed().row.state == "destroyed"
    key = SubjectKey.objects.get(pk=shelf.case.subject.key_id)
    assert (bytes(key.wrapped_key), key.sealed_key) == (b"", None)


@pytest.mark.law("PI-19/47")
@pytest.mark.usefixtures("outside")
def test_a_restore_does_not_bring_destroyed_content_back(shelf: Shelf) -> None:
    shelf.over()
    with yesterday(shelf):
        shelf.destroyed()
    call_command("privacy_reapply", verbosity=0)
    assert (shelf.name, shelf.row.state) == (None, "destroyed")


@pytest.mark.law("MI-SEAL")
@pytest.mark.usefixtures("outside")
def test_a_restore_does_not_bring_sealed_content_back_and_the_halves_still_open_it(shelf: Shelf) -> None:
    with yesterday(shelf.with_key()):
        shelf.sealed()
    assert services.closings_reapply()["sealed"] == 1
    assert shelf.name is None
    assert shelf.read(shelf.opened())["values"]["name"] == NAME


@pytest.mark.law("MI-SEAL", "PI-19/47")
@pytest.mark.usefixtures("outside")
def test_after_a_restore_what_was_unsealed_is_restricted_and_not_sealed_again(shelf: Shelf) -> None:
    with yesterday(shelf.with_key()):
        row = shelf.sealed().row
        said = {"reason": "又犯新罪", "document_no": "解封 1 号"}
        services.seal_lift(actor=shelf.keeper.actor, closing_id=row.pk, **typed(shelf.halves), **said)
    Closing.objects.filter(pk=row.pk).update(to_be_sealed=True)
    assert services.closings_reapply()["restricted"] == 1
    assert (shelf.name, shelf.row.state, shelf.row.to_be_sealed) == (NAME, "restricted", False)


@pytest.mark.usefixtures("outside")
def test_applying_the_list_twice_changes_nothing(shelf: Shelf) -> None:
    shelf.with_key().sealed()
    services.tombstones_write()
    assert set(services.closings_reapply().values()) == {0}


@pytest.mark.parametrize("table", ["privacy_closing", "privacy_tombstone"])
def test_closings_cannot_be_removed_at_run_time(shelf: Shelf, table: str) -> None:
    shelf.over()
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"delete from {table}")  # noqa: S608  because the names stand above


@pytest.mark.law("PI-51", "CCL-54")
def test_an_officer_of_another_station_reads_for_an_hour_behind_broken_glass(
    shelf: Shelf, other_officer: Member
) -> None:
    assert not access.readable_by(other_officer.actor).exists()
    said = {"subject_kind": "subject", "subject_id": shelf.id, "reason": "在本辖区突发危险"}
    services.glass_break(actor=other_officer.actor, **said)
    assert access.readable_by(other_officer.actor).exists()
    assert not access.visible_to(other_officer.actor).exists()
    shelf.clock.move(days(1) / 24)
    assert not access.readable_by(other_officer.actor).exists()
