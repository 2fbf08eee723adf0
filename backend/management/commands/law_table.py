"""Print which rule of law is carried out where and proved by which tests, or say what is missing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backend.docs_pages import import_everything
from backend.law_pages import law_gaps, law_page, law_tests


class Command(BaseCommand):
    help = "法律条款对照表。Each rule of law → where it is carried out → its tests, or why there is nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="print only what is missing; fail when anything is"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        import_everything()
        tests = law_tests(Path(settings.BASE_DIR) / "tests")
        if not options["check"]:
            self.stdout.write(law_page(tests), ending="")
            return
        if gaps := law_gaps(tests):
            raise CommandError("\n".join([*gaps, f"{len(gaps)} missing"]))
        self.stdout.write("every row of the law is carried out and proved, or says why not")
