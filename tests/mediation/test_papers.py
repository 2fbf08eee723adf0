"""Notes and papers: written by whom, shown to whom, sealed under whose key."""

import io
from typing import Any

import pytest
from django.db import connection

from edge.encryption import reveal
from kernel.crypto import envelope_key_id
from kernel.problems import Problem
from mediation.models import Case, Document, Note
from mediation.services.documents import document_upload
from mediation.table_selectors import documents_for, notes_for_party
from privacy.models import ReadLog
from tests.cast import District, Member
from tests.mediation.at_table import asked_alone, at_table, code_of, document, noted, parties, planned, post
from tests.sync.files.sender import picture

pytestmark = pytest.mark.django_db
WHY = {"purpose": "handle", "reason": "核对笔录"}


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    return at_table(district, worker, clerk, mediator)


def refused(act: Any, **said: Any) -> str:
    with pytest.raises(Problem) as caught:
        act(**said)
    return caught.value.code


def upload(paper: Document, who: Member, content: bytes) -> Document:
    return document_upload(actor=who.actor, document_id=paper.pk, read=io.BytesIO(content).read)


def test_what_one_party_said_is_under_its_key_and_the_rest_under_the_cases(case: Case, clerk: Member) -> None:
    zhang = parties(case)[0]
    own = noted(case, clerk, visibility="one_party", party_id=zhang.pk)
    common = noted(case, clerk)
    case.refresh_from_db()
    assert envelope_key_id(bytes(own.text)) == zhang.dispute_party.key_id
    assert envelope_key_id(bytes(common.text)) == case.key_id


def test_the_words_are_read_one_by_one_and_logged(case: Case, clerk: Member) -> None:
    note = noted(case, clerk, "张三同意先修")
    assert "张三" not in clerk.client.get("/api/v1/mediation/notes").content.decode()
    assert post(clerk, f"notes/{note.pk}/reveal", WHY).json() == {"text": "张三同意先修"}
    assert ReadLog.objects.filter(subject_kind="mediation_note", subject_id=note.pk).count() == 1
    assert post(clerk, f"notes/{note.pk}/reveal", {"purpose": "handle", "reason": ""}).status_code == 400


@pytest.mark.law("PM-27")
def test_a_better_note_replaces_and_both_stay(case: Case, clerk: Member) -> None:
    first = noted(case, clerk)
    second = noted(case, clerk, "双方同意下月修", replaces_id=first.pk)
    assert list(notes_for_party(case, parties(case)[0])) == [second]
    assert Note.objects.count() == 2
    assert refused(lambda: noted(case, clerk, replaces_id=first.pk)) == "conflict"


def test_a_note_is_never_changed(case: Case, clerk: Member) -> None:
    note = noted(case, clerk)
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("update mediation_note set visibility = 'all_parties' where id = %s", [note.pk])


@pytest.mark.law("PM-27")
def test_minutes_are_of_a_session_that_was_held(case: Case, clerk: Member, mediator: Member) -> None:
    session = planned(case, mediator)
    minutes = {"kind": "minutes", "session_id": session.pk}
    assert refused(lambda: noted(case, clerk, **minutes)) == "invalid"
    asked_alone(session, mediator)
    post(mediator, f"sessions/{session.pk}/start")
    assert refused(lambda: noted(case, clerk, **(minutes | {"visibility": "centre"}))) == "invalid"
    assert noted(case, clerk, **minutes).session == session


def test_what_one_party_may_see_names_it(case: Case, clerk: Member) -> None:
    assert refused(lambda: noted(case, clerk, visibility="one_party")) == "invalid"
    assert refused(lambda: document(case, clerk, visibility="one_party")) == "invalid"


def test_nobody_writes_what_they_could_not_read(case: Case, clerk: Member) -> None:
    assert refused(lambda: noted(case, clerk, visibility="mediators")) == "role_not_allowed"


# Papers


@pytest.mark.law("PM-F1")
def test_a_paper_is_uploaded_and_shown_anew(case: Case, clerk: Member) -> None:
    paper, content = document(case, clerk), picture(3)
    answer = clerk.client.put(
        f"/api/v1/mediation/documents/{paper.pk}/file", content, content_type="application/octet-stream"
    )
    assert (answer.status_code, answer.json()["type"]) == (200, "image/png")
    shown = post(clerk, f"documents/{paper.pk}/content", WHY)
    body = b"".join(shown.streaming_content)
    assert (shown["Content-Type"], body[:4]) == ("image/png", b"\x89PNG")
    assert ReadLog.objects.filter(subject_id=paper.pk).count() == 1


def test_the_same_bytes_again_are_no_fault_and_others_are(case: Case, clerk: Member) -> None:
    paper = document(case, clerk)
    first = upload(paper, clerk, picture(3)).uploaded_at
    assert upload(paper, clerk, picture(3)).uploaded_at == first
    assert refused(lambda: upload(paper, clerk, picture(4))) == "document_uploaded_already"


@pytest.mark.law("PM-F1")
@pytest.mark.parametrize("content", [b"%PDF-1.7", b"", b"<svg/>", b"\x89PNG\r\n\x1a\n broken"])
def test_what_is_no_picture_is_refused(case: Case, clerk: Member, content: bytes) -> None:
    paper = document(case, clerk)
    codes = {"file_type_mismatch", "image_unreadable", "pdf_unreadable"}
    assert refused(lambda: upload(paper, clerk, content)) in codes
    paper.refresh_from_db()
    assert paper.blob is None


def test_a_paper_has_its_limit(case: Case, clerk: Member, monkeypatch: Any) -> None:
    monkeypatch.setenv("GRIDGOV_DOCUMENT_BYTES_MAX", "100")
    assert (
        refused(lambda: upload(document(case, clerk), clerk, b"\xff\xd8\xff" * 100)) == "document_too_large"
    )


def test_without_a_picture_there_is_nothing_to_show(case: Case, clerk: Member) -> None:
    paper = document(case, clerk)
    assert code_of(post(clerk, f"documents/{paper.pk}/content", WHY)) == (409, "file_not_ready")


def test_each_copy_holds_what_is_meant_for_it(case: Case, clerk: Member, mediator: Member) -> None:
    zhang, li = parties(case)
    common = document(case, clerk, kind="agreement")
    own = document(case, clerk, visibility="one_party", party_id=zhang.pk, kind="identity")
    document(case, mediator, visibility="mediators")
    assert set(documents_for("committee", case)) == {common, own}
    assert set(documents_for("party", case, zhang)) == {common, own}
    assert set(documents_for("party", case, li)) == {common}
    assert set(documents_for("court", case)) == {common}
    assert set(documents_for("transfer", case, li)) == {common}
    assert set(documents_for("party", case)) == set()


def test_the_title_is_sealed(case: Case, clerk: Member) -> None:
    paper = document(case, clerk, "李四的身份证")
    assert reveal(paper, "title") == "李四的身份证"
    assert post(clerk, f"documents/{paper.pk}/reveal", WHY).json()["text"] == "李四的身份证"
