"""Pictures of papers, as a desk scans them."""

import io
from typing import Any

from PIL import Image, ImageDraw

from tests.stories.quarrel.matter import Matter
from tests.stories.stage import Desk

WIDTH, HEIGHT, LINES = 600, 840, 18


def scan(number: int) -> bytes:
    """A sheet with lines, another one for each number."""
    sheet = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(sheet)
    for line in range(LINES):
        pen.line(
            (60, 90 + 40 * line, 540 - (line * 37 + number * 53) % 200, 90 + 40 * line), fill=60, width=3
        )
    made = io.BytesIO()
    sheet.save(made, "PNG", optimize=True)
    return made.getvalue()


def hand_in(matter: Matter, who: Desk, kind: str, title: str, **about: Any) -> str:
    """Enter a paper and upload its picture; its id."""
    body = {"case_id": matter.case, "kind": kind, "title": title, "visibility": "all_parties"} | about
    paper = str(who.post("/mediation/documents", body)["id"])
    who.put(f"/mediation/documents/{paper}/file", scan(len(title)))
    return paper


def identified(matter: Matter) -> None:
    """What shows who each party is; nobody else's copy has it."""
    for name, party in matter.parties.items():
        hand_in(matter, matter.clerk, "identity", f"{name}身份证明", visibility="one_party", party_id=party)
    matter.teller.tell("each party shows who it is: four papers, each for that party's copy alone")
