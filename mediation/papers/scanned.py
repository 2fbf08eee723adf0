"""The scans of a copy, opened: what may be printed, in the order of PM-F1, up to a number of pages."""

from edge.documents.model import Scan
from edge.documents.scans import page_count
from kernel.problems import Problem
from mediation.models import Document
from mediation.papers.assembly import Scanned, in_order
from mediation.papers.source import CaseFile
from sync.files.contents import chunks
from sync.files.models import Blob


def scans_of(file: CaseFile, *, most: int) -> list[Scanned]:
    """What is bound in. A scan that cannot be opened any more, or that would go beyond `most` pages in all,
    is left out: the index then says where the paper lies."""
    wanted = [paper.key for paper in in_order(file) if paper.bound]
    rows = {str(row.pk): row.blob for row in Document.objects.filter(pk__in=wanted).select_related("blob")}
    found: list[Scanned] = []
    for key in wanted:
        blob = rows.get(key)
        scan = _opened(key, blob) if blob is not None else None
        pages = page_count(scan) if scan is not None else 0
        if scan is not None and 0 < pages <= most - sum(one.pages for one in found):
            found.append(Scanned(scan, pages))
    return found


def _opened(key: str, blob: Blob) -> Scan | None:
    try:
        return Scan(key, blob.served_type, b"".join(chunks(blob, original=False)))
    except Problem:
        return None
