"""Make now what the job makes within a minute of a release: shapes for maps, offline packs."""

from typing import Any

from django.core.management.base import BaseCommand

from grids.services.map_shapes import map_shapes_make
from grids.services.packs import packs_make


class Command(BaseCommand):
    help = "Make the shapes for maps and the offline packs that are missing"

    def handle(self, *args: Any, **options: Any) -> None:
        shapes, packs = map_shapes_make(), packs_make()
        self.stdout.write(f"{shapes} shapes for maps, {packs} offline packs")
