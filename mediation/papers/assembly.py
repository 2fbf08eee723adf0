"""A copy of a file as one document: cover, index, the papers that have something to say, closing sheet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from edge.documents.forms import form_of
from edge.documents.model import Block, Document, IndexRow, PageBreak, Part, Scan, Sheet
from mediation.papers import binding
from mediation.papers.checklist import SCANS, items
from mediation.papers.kinds import Contents
from mediation.papers.register import PACKAGE
from mediation.papers.source import Attached, CaseFile
from mediation.visibility import CopyKind, DocumentKind

_SAYS_SOMETHING: dict[str, Callable[[CaseFile], bool]] = {
    "application": lambda file: file.accepted_on is None,
    "acceptance": lambda file: file.accepted_on is not None,
    "rights_notice": lambda file: file.accepted_on is not None,
    "consent": lambda file: bool(file.said),
    "identity": lambda file: bool(file.parties),
    "investigation": lambda file: bool(file.records_of("investigation", "work")),
    "evidence_list": lambda file: bool(file.attached_of("evidence")),
    "session_record": lambda file: bool(file.sittings),
    "agreement": lambda file: any(not agreed.oral for agreed in file.agreements),
    "oral_agreement": lambda file: any(agreed.oral for agreed in file.agreements),
    "performance": lambda file: any(agreed.duties for agreed in file.agreements),
    "follow_up": lambda file: bool(file.follow_ups),
    "confirmation_application": lambda file: bool(file.confirmation),
    "ways_notice": lambda file: file.ways_told_on is not None and file.accepted_on is not None,
    "not_accepted": lambda file: file.ways_told_on is not None and file.accepted_on is None,
    "referral": lambda file: file.referred is not None,
    "explanation": lambda file: bool(file.records_of("other")),
}
_WITH_EVERY_SET = {
    CopyKind.COURT: frozenset({"confirmation_application"}),
    CopyKind.TRANSFER: frozenset({"referral", "application"}),
}
"""What goes with the set even when the file has nothing of it yet: it is filled in and signed."""
_IN_PLACE = "存卷"


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scan by the key of its paper, and how many pages it takes."""

    scan: Scan
    pages: int


def dossier(
    file: CaseFile, held: Contents, kind: str, *, missing: Sequence[str], recipient: str, made_at: datetime,
    scans: Sequence[Scanned] = (),
) -> Document:  # fmt: skip
    """The copy. `missing` are keys of the checklist; only the committee's own file tells them. `scans` stand
    behind the papers, each with its pages in the index."""
    if kind == CopyKind.COURT and not file.court and recipient.endswith("法院"):
        file = replace(file, court=recipient)
    sheets = {one.scan.key: _sheets(file, one) for one in scans}
    papers = list(_papers(file, held, kind))
    closing: list[tuple[str, Part]] = []
    if kind == CopyKind.COMMITTEE:
        blocks = tuple(binding.closing_note(file, missing_titles(file, missing)))
        closing = [(binding.CLOSING_TITLE, Part("closing_note", blocks))]
    rows = [*_rows(papers), *_attached(file, sheets), *_rows(closing)]
    cover = binding.sent_cover if kind == CopyKind.TRANSFER else binding.cover
    parts = [Part("cover", tuple(cover(file, held.title))), Part("index", tuple(binding.index(rows)))]
    header = " ".join(text for text in (file.committee, file.number or file.dispute_code) if text)
    footer = f"本件提供给：{recipient}"
    bound = [*(part for _, part in papers), *sheets.values(), *(part for _, part in closing)]
    shown = tuple(one.scan for one in scans)
    return Document(held.title, made_at, (*parts, *bound), header, footer, shown)


def missing_titles(file: CaseFile, missing: Iterable[str]) -> list[str]:
    """What is missing, in words."""
    titles = {item.key: item.zh for item in items(file)} | {SCANS: "协议书签署件的扫描件"}
    return [titles[key] for key in missing]


def _papers(file: CaseFile, held: Contents, kind: str) -> Iterable[tuple[str, Part]]:
    always = _WITH_EVERY_SET.get(CopyKind(kind), frozenset())
    for key in held.papers:
        if key in always or _SAYS_SOMETHING[key](file):
            form = form_of(PACKAGE, key)
            yield form.title, Part(key, tuple(form.blocks(file)))


def _rows(papers: Iterable[tuple[str, Part]]) -> Iterable[IndexRow]:
    for title, part in papers:
        yield IndexRow(title, part.key)


def in_order(file: CaseFile) -> list[Attached]:
    """The papers that were handed in, in the order of PM-F1."""
    order = list(DocumentKind.values())
    return sorted(file.attached, key=lambda one: order.index(one.kind))


def _attached(file: CaseFile, sheets: Mapping[str, Part]) -> Iterable[IndexRow]:
    """Papers that were handed in: the pages of the scan; else where the original lies, or that it is in the
    file."""
    for paper in in_order(file):
        title = f"{DocumentKind(paper.kind).zh}：{paper.title}"
        if paper.key not in sheets:
            yield IndexRow(title, where=paper.original_at or _IN_PLACE)
            continue
        original = f"（原件：{paper.original_at}）" if paper.original_at else ""
        yield IndexRow(title + original, sheets[paper.key].key)


def _sheets(file: CaseFile, scanned: Scanned) -> Part:
    """The pages of one scan, each under what it is and which page of how many."""
    paper = next(one for one in file.attached if one.key == scanned.scan.key)
    title, pages = f"{DocumentKind(paper.kind).zh}：{paper.title}", scanned.pages
    blocks: list[Block] = []
    for number in range(pages):
        caption = f"{title}　第 {number + 1} 页，共 {pages} 页"
        blocks += [PageBreak(), Sheet(paper.key, number, caption)]
    return Part(f"scan-{paper.key}", tuple(blocks[1:]))
