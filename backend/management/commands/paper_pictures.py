"""`manage.py paper_pictures`: pages of an invented mediation file as pictures, for docs/pictures."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from PIL import Image

from edge.documents.forms import form_of, paper
from edge.documents.pdf import pages
from fixtures.papers import EXAMPLE
from mediation.papers import checklist
from mediation.papers.assembly import dossier
from mediation.papers.kinds import contents
from mediation.papers.register import PACKAGE

MADE_AT = datetime(2026, 3, 10, 1, tzinfo=UTC)
FOLDER = Path(settings.BASE_DIR) / "docs" / "pictures"
COLOURS = 16
GAP = 12


class Command(BaseCommand):
    help = "Draw example pages of the papers of mediation (invented people)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pictures go")

    def handle(self, *args: Any, **options: Any) -> None:
        file = dossier(
            EXAMPLE, contents("committee"), "committee", missing=checklist.missing(EXAMPLE),
            recipient=EXAMPLE.committee, made_at=MADE_AT,
        )  # fmt: skip
        blank = paper(form_of(PACKAGE, "acceptance"), None, made_at=MADE_AT)
        filled = paper(form_of(PACKAGE, "agreement"), EXAMPLE, made_at=MADE_AT)
        pictures = {
            "paper-dossier": pages(file)[:4],
            "paper-forms": [*pages(blank)[:1], *pages(filled)[:2]],
        }
        for name, drawn in pictures.items():
            target = options["folder"] / f"{name}.png"
            beside(drawn).save(target, optimize=True)
            self.stdout.write(f"{target.name}: {target.stat().st_size // 1024} KB")


def beside(drawn: list[bytes]) -> Image.Image:
    """The pages side by side, in few colours: letters on paper need no more."""
    opened = [Image.open(io.BytesIO(page)).convert("RGB") for page in drawn]
    width, height = opened[0].size
    sheet = Image.new("RGB", ((width + GAP) * len(opened) - GAP, height), "lightgrey")
    for place, page in enumerate(opened):
        sheet.paste(page, (place * (width + GAP), 0))
    return sheet.quantize(COLOURS)
