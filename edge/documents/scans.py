"""What was scanned, set into the pages that a paper keeps free for it (`model.Sheet`): pictures and pages of
PDFs, each as large as it fits. The page numbers, the header and whose copy it is are those of the paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from edge.documents.model import Scan

MARK = "urn:sheet:"
"""The address of the unseen link by which the template says where a sheet lies."""
PDF = "application/pdf"
QUALITY = 85
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something that can be drawn on a page, and its own box (left, bottom, right, top)."""

    stream: StreamObject
    box: Box
    turned: int = 0


def page_count(scan: Scan) -> int:
    """How many sheets a scan takes; 0 when it cannot be read."""
    if scan.type != PDF:
        return 1
    try:
        return len(PdfReader(BytesIO(scan.content)).pages)
    except Exception:  # what cannot be read is told in the index, and stops no copy
        return 0


def bound(made: bytes, scans: Iterable[Scan]) -> bytes:
    """The paper with its scans in place. The same paper and scans give the same bytes."""
    known = {scan.key: scan for scan in scans}
    readers = {key: PdfReader(BytesIO(scan.content)) for key, scan in known.items() if scan.type == PDF}
    writer = PdfWriter(clone_from=PdfReader(BytesIO(made)))
    for page in writer.pages:
        for address, box in _marks(page):
            key, number = address.removeprefix(MARK).rsplit(":", 1)
            if key in readers:
                drawn = _page(writer, readers[key].pages[int(number)])
            else:
                drawn = _picture(known[key].content)
            _draw(writer, page, drawn, box)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _marks(page: PageObject) -> list[tuple[str, Box]]:
    """The sheets of a page; their links are taken away."""
    found, kept = [], ArrayObject()
    for entry in page.get("/Annots", ()):
        link = entry.get_object()
        address = str(link.get("/A", {}).get("/URI", ""))
        if address.startswith(MARK):
            left, bottom, right, top = (float(value) for value in link["/Rect"])
            found.append((address, (left, bottom, right, top)))
        else:
            kept.append(entry)
    if found:
        page[NameObject("/Annots")] = kept
    return found


def _picture(content: bytes) -> Drawn:
    with Image.open(BytesIO(content)) as opened:
        seen = opened.convert("RGBA") if opened.has_transparency_data else opened.convert("RGB")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    out = BytesIO()
    paper.save(out, "JPEG", quality=QUALITY)
    stream = StreamObject()
    stream.set_data(out.getvalue())
    _tell(stream, {"/Type": "/XObject", "/Subtype": "/Image", "/ColorSpace": "/DeviceRGB",
                   "/Filter": "/DCTDecode"})  # fmt: skip
    for name, value in (("/Width", paper.width), ("/Height", paper.height), ("/BitsPerComponent", 8)):
        stream[NameObject(name)] = NumberObject(value)
    # A picture fills the unit square; its own box tells the proportions.
    return Drawn(stream, (0.0, 0.0, float(paper.width), float(paper.height)))


def _page(writer: PdfWriter, page: PageObject) -> Drawn:
    """A page as a form: its contents as they are, in a box of their own, with their own resources."""
    contents, area = page.get_contents(), page.cropbox
    stream = StreamObject()
    stream.set_data(contents.get_data() if contents is not None else b"")
    box = (float(area.left), float(area.bottom), float(area.right), float(area.top))
    _tell(stream, {"/Type": "/XObject", "/Subtype": "/Form"})
    stream[NameObject("/BBox")] = ArrayObject(FloatObject(value) for value in box)
    resources = page.get("/Resources", DictionaryObject())
    stream[NameObject("/Resources")] = resources.get_object().clone(writer)
    return Drawn(stream.flate_encode(), box, page.rotation % 360)


def _tell(stream: StreamObject, names: Mapping[str, str]) -> None:
    for name, value in names.items():
        stream[NameObject(name)] = NameObject(value)


def _draw(writer: PdfWriter, page: PageObject, drawn: Drawn, place: Box) -> None:
    name = f"/Sheet{len(page['/Resources'].get_object().get('/XObject', {}))}"
    resources: Any = page["/Resources"].get_object()
    objects = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
    objects[NameObject(name)] = writer._add_object(drawn.stream)
    shown = f"Q\n/Artifact BMC q {_fit(drawn, place)} cm {name} Do Q EMC\n"
    before, after = StreamObject(), StreamObject()
    before.set_data(b"q\n")
    after.set_data(shown.encode())
    standing = page["/Contents"]
    own = list(standing) if isinstance(standing, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(before), *own, writer._add_object(after)])


def _fit(drawn: Drawn, place: Box) -> str:
    """The matrix that brings the box of what is drawn into the middle of its place, turned as it says."""
    left, bottom, right, top = drawn.box
    wide, high = right - left, top - bottom
    turned = drawn.turned in (90, 270)
    room_wide, room_high = place[2] - place[0], place[3] - place[1]
    seen_wide, seen_high = (high, wide) if turned else (wide, high)
    scale = min(room_wide / seen_wide, room_high / seen_high)
    middle = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    cos, sin = {0: (1, 0), 90: (0, -1), 180: (-1, 0), 270: (0, 1)}[drawn.turned]
    unit = drawn.stream.get("/Subtype") == "/Image"
    a, b, c, d = (scale * part for part in (cos, sin, -sin, cos))
    centre = (left + right) / 2, (bottom + top) / 2
    e = middle[0] - a * centre[0] - c * centre[1]
    f = middle[1] - b * centre[0] - d * centre[1]
    if unit:
        a, b, c, d = a * wide, b * wide, c * high, d * high
    return " ".join(f"{value:.4f}" for value in (a, b, c, d, e, f))
