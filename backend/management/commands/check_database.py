"""Refuse a database that may not be trusted with records, and say what it still lacks.

`make run` asks this one process first, so that a start with nothing to do does nothing.
"""

from collections import defaultdict
from collections.abc import Container, Mapping
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

from accounts.models import Area
from backend import startup
from edge import first_tables
from fixtures import mark

Name = tuple[str, str]
POSTGIS_FLOOR = (3, 3)
HALF_WAY = (
    "this database stands between two early versions of the tables of {apps}: start the version that made it "
    "once more so that it finishes, or begin anew (make reset)"
)


class Command(BaseCommand):
    help = "检查数据库：版本、权限、持久性。Check version, rights and durability of the database."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT extversion FROM pg_extension WHERE extname = 'postgis'")
                row = cursor.fetchone()
        except Error as error:
            raise CommandError(f"the database does not answer: {error}") from error
        if row is None or tuple(int(part) for part in row[0].split(".")[:2]) < POSTGIS_FLOOR:
            raise CommandError("PostGIS 3.3 or later is missing: run docs/operate/postgres.sql")
        startup.check_database()
        if Area._meta.db_table in connection.introspection.table_names():
            self._refuse_mixture()
        executor = MigrationExecutor(connection)
        recorded = executor.recorder.applied_migrations()
        if half_way := apps_half_way(executor.loader.disk_migrations, recorded):
            raise CommandError(HALF_WAY.format(apps=", ".join(half_way)))
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("lacks migrations")
        elif not Area.objects.exists():
            self.stdout.write("lacks a district")

    def _refuse_mixture(self) -> None:
        """A demo must not take over a district, nor a district begin on a demo's people and passwords."""
        if settings.MODE == "demo" and Area.objects.exists() and not mark.loaded():
            raise CommandError(mark.OWN_DISTRICT)
        if settings.MODE == "production" and mark.loaded():
            raise CommandError(mark.DEMO_DISTRICT)


def apps_half_way(standing: Mapping[Name, Migration], recorded: Container[Name]) -> list[str]:
    """Apps of which some of the migrations that stand no longer ran, and others did not. Those names are also
    entered for what replaced them: an app with `FirstTables` was begun by these, and goes on."""
    ran: dict[str, list[bool]] = defaultdict(list)
    for (app, _), one in standing.items():
        if (app, first_tables.NAME) not in recorded:
            ran[app] += [replaced in recorded for replaced in one.replaces]
    return sorted(app for app, done in ran.items() if any(done) and not all(done))
