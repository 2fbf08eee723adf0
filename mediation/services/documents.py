"""Papers of a case: first what it is and who may see it, then its picture."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from edge.conf import setting
from edge.encryption import reveal, seal_value
from edge.repeats import made_before
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation import table_access
from mediation.models import Case, Document
from mediation.services.keys import key_for
from mediation.services.moves import locked_case
from mediation.services.notes import check_writer, named_party
from mediation.services.steps import tell
from mediation.visibility import Visibility
from privacy.services import read_logged
from sync.files import images, pdfs
from sync.files.models import Blob
from sync.files.services.storing import store

Read = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper is: its date, where the original lies, and which one it replaces."""

    kind: str
    title: str
    dated_on: date | None = None
    original_at: str = ""
    replaces_id: UUID | None = None


@law("PM-27", "PM-F1")
@transaction.atomic
def document_add(
    *,
    actor: Actor,
    case_id: UUID,
    paper: Paper,
    visibility: str,
    party_id: UUID | None = None,
    id: UUID | None = None,
) -> Document:
    """登记材料: enter a paper. What one party brought is `one_party` and then nobody else's copy has it."""
    case = locked_case(actor, case_id)
    if known := made_before(
        Document,
        id,
        {"title": paper.title},
        case_id=case.pk,
        added_by_id=actor.person,
        kind=paper.kind,
        party_id=party_id,
        visibility=visibility,
        dated_on=paper.dated_on,
    ):
        return known
    check_writer(actor, visibility)
    party = named_party(case, visibility, party_id)
    before = _replaced(actor, case, paper.replaces_id) if paper.replaces_id else None
    pk = id or uuid7()
    key_id = key_for(case, party if visibility == Visibility.ONE_PARTY else None)
    document = Document.objects.create(
        id=pk, case=case, party=party, visibility=visibility, kind=paper.kind, key_id=key_id,
        title=seal_value(Document, "title", pk, paper.title, key_id), dated_on=paper.dated_on,
        original_at=paper.original_at, added_by_id=actor.person, role=str(actor.role), added_at=clock.now(),
        replaces=before,
    )  # fmt: skip
    tell(actor, "document_added", document, "title", about=paper.kind, visibility=visibility)
    return document


def _replaced(actor: Actor, case: Case, document_id: UUID) -> Document:
    document = existing(table_access.visible_documents(actor).filter(pk=document_id, case=case))
    if Document.objects.filter(replaces=document).exists():
        raise Problem("conflict")
    return document


def document_upload(*, actor: Actor, document_id: UUID, read: Read) -> Document:
    """上传材料: the picture of a paper (JPEG, PNG or WebP by its first bytes) or the paper as PDF, kept under
    its key; what is shown later is made anew from its pixels or pages. The same bytes again are no fault.

    Problems `not_found`, `document_too_large`, `document_uploaded_already`, and those of pictures and PDFs.
    """
    document = existing(table_access.visible_documents(actor).filter(pk=document_id))
    content = _taken(read)
    digest = sha256(content).digest()
    if document.sha256 is not None:
        return _again(document, digest)
    kind = pdfs.TYPE if pdfs.sniff(content) else images.sniff(content[:16])
    try:
        if not kind:
            raise images.UnacceptableError("file_type_mismatch")
        with store(document.key_id, content, kind) as blob:
            return _kept(actor, document, blob, digest)
    except images.UnacceptableError as error:
        raise Problem(error.code) from error


def _taken(read: Read) -> bytes:
    most = setting("DOCUMENT_BYTES_MAX")
    content = bytearray()
    while chunk := read(64 * 1024):
        content += chunk
        if len(content) > most:
            raise Problem("document_too_large", limit=most)
    return bytes(content)


def _again(document: Document, digest: bytes) -> Document:
    if document.sha256 is None or bytes(document.sha256) != digest:
        raise Problem("document_uploaded_already")
    return document


@transaction.atomic
def _kept(actor: Actor, document: Document, blob: Blob, digest: bytes) -> Document:
    document.case = locked_case(actor, document.case_id)
    shared, _ = Blob.objects.get_or_create(key_id=blob.key_id, sha256=blob.sha256, defaults=_columns(blob))
    standing = Document.objects.filter(pk=document.pk, blob=None)
    moved = standing.update(blob=shared, sha256=digest, uploaded_at=clock.now())
    document.refresh_from_db()
    if not moved:
        return _again(document, digest)
    tell(actor, "document_uploaded", document, "blob")
    return document


def _columns(blob: Blob) -> dict[str, object]:
    names = ("id", "size", "type", "path", "served_path", "served_type", "width", "height", "created_at")
    return {name: getattr(blob, name) for name in names}


@transaction.atomic
def document_read(*, actor: Actor, document_id: UUID, purpose: str, reason: str) -> Document:
    """查阅材料: a paper to be read, against one row in the read log. Problem `not_found`."""
    rows = table_access.visible_documents(actor).select_related("blob")
    document = existing(rows.filter(pk=document_id))
    read_logged(
        actor=actor, subject_kind="mediation_document", subject_id=document.pk, fields=["title", "content"],
        purpose=purpose, reason=reason,
    )  # fmt: skip
    return document


def document_title(document: Document) -> str | None:
    return reveal(document, "title")
