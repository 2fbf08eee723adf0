"""Make the generated documents, or check that they are true."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backend import docs_pages


class Command(BaseCommand):
    help = "由代码生成文档。Make docs/{settings,problems,codes,law}.md and the state diagrams from the code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail when a page is out of date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        stale = [
            (path, text)
            for path, text in docs_pages.pages(root / "docs", root / "tests").items()
            if not path.is_file() or path.read_text(encoding="utf-8") != text
        ]
        names = ", ".join(str(path.relative_to(root)) for path, _text in stale)
        if options["check"]:
            if stale:
                raise CommandError(f"out of date: {names}; run 'make docs'")
            return
        for path, text in stale:
            path.write_text(text, encoding="utf-8")
        self.stdout.write(f"written: {names}" if stale else "everything is up to date")
