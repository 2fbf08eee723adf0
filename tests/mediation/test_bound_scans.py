"""Scans of the papers of a case, bound into the copies that may hold them; papers that come as PDF."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from disputes.services import protection_set
from edge.documents.model import Document as Sheets
from edge.documents.model import Paragraph
from edge.documents.pdf import pdf
from kernel import clock as kernel_clock
from mediation.models import Document
from mediation.services.documents import document_upload
from privacy.models import Share
from sync.files.pdfs import TYPE
from tests.cast import District, Member
from tests.edge.test_scans import contract, photo
from tests.mediation import filed as made_file
from tests.mediation.at_table import code_of, document, post
from tests.mediation.filed import WORDS, Filed
from tests.mediation.test_dossier import copy, text_of

pytestmark = pytest.mark.django_db
WHY = {"purpose": "handle", "reason": "立卷归档"}


@pytest.fixture
def filed(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Filed:
    """One party's paper is scanned as a PDF of one page, the paper of all as a photo."""
    found = made_file.filled(district, worker, clerk, mediator)
    for visibility, content in (("one_party", secret()), ("all_parties", photo())):
        row = Document.objects.get(visibility=visibility)
        document_upload(actor=clerk.actor, document_id=row.pk, read=io.BytesIO(content).read)
    return found


def secret() -> bytes:
    return pdf(Sheets.of("报价", kernel_clock.now(), (Paragraph("甲方工资单"),)))


def pages(content: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


@pytest.mark.law("PM-F1")
def test_scans_are_pages_of_the_file_and_the_index_counts_them(filed: Filed) -> None:
    found = pages(copy(filed, "committee").content)
    photos = [number for number, text in enumerate(found, 1) if f"{WORDS['all_parties']}第1页" in text]
    (at,) = photos
    assert f"附件：{WORDS['all_parties']}（原件：三号柜）{at}" in "".join(found[:2])
    assert "卷内备考表" in found[-1]
    assert f"共{len(found)}页" in found[at - 1]


@pytest.mark.law("PM-27")
def test_what_one_party_brought_is_in_no_copy_of_the_other(filed: Filed) -> None:
    holds = {
        name: "甲方工资单" in text_of(copy(filed, "party", party_id=party.pk).content)
        for name, party in (("first", filed.first), ("second", filed.second))
    }
    assert holds == {"first": True, "second": False}
    assert "甲方工资单" in text_of(copy(filed, "committee").content)
    assert "甲方工资单" not in text_of(copy(filed, "court", recipient="某区人民法院").content)


def test_the_share_log_says_that_scans_went_along(filed: Filed) -> None:
    copy(filed, "party", party_id=filed.second.pk)
    assert "mediation.Document.blob" in Share.objects.get().fields


@pytest.mark.law("DV-23")
def test_on_the_protected_track_only_what_all_may_see_is_printed(filed: Filed, director: Member) -> None:
    protection_set(actor=director.actor, dispute_id=filed.case.dispute_id, reason="她说了受伤的事")
    found = text_of(copy(filed, "committee", who=director).content)
    assert "甲方工资单" not in found
    assert f"{WORDS['all_parties']}第1页，共1页" in found


def test_more_pages_than_a_copy_takes_are_told_in_the_index(filed: Filed, monkeypatch: Any) -> None:
    monkeypatch.setenv("GRIDGOV_DOSSIER_SHEETS_MAX", "0")
    found = pages(copy(filed, "committee").content)
    assert f"附件：{WORDS['all_parties']}三号柜" in "".join(found[:2])


def test_a_paper_comes_as_pdf_and_is_shown_anew(filed: Filed, clerk: Member) -> None:
    paper = document(filed.case, clerk)
    address = f"/api/v1/mediation/documents/{paper.pk}/file"
    answer = clerk.client.put(address, contract(), content_type="application/octet-stream")
    assert (answer.status_code, answer.json()["type"]) == (200, TYPE)
    shown = post(clerk, f"documents/{paper.pk}/content", WHY)
    assert shown["Content-Type"] == TYPE
    assert f'"{paper.pk}.pdf"' in shown["Content-Disposition"]
    assert len(PdfReader(io.BytesIO(b"".join(shown.streaming_content))).pages) == 2


def test_a_paper_that_acts_is_refused(filed: Filed, clerk: Member) -> None:
    paper = document(filed.case, clerk)
    address = f"/api/v1/mediation/documents/{paper.pk}/file"
    hostile = (
        contract()
        .replace(b"/Type/Catalog", b"/Type/Catalog/AA<<>>")
        .replace(b"/Type /Catalog", b"/Type /Catalog /AA <<>>")
    )
    answer = clerk.client.put(address, hostile, content_type="application/octet-stream")
    assert code_of(answer) == (422, "pdf_active")
    paper.refresh_from_db()
    assert paper.blob is None
