"""Column types of PostgreSQL that Django does not know."""

from typing import Any

from django.db import models


class Xid8Field(models.Field):
    """A 64-bit transaction id."""

    def db_type(self, connection: Any) -> str:
        return "xid8"


class SnapshotField(models.Field):
    """`pg_snapshot`: which transactions had committed."""

    def db_type(self, connection: Any) -> str:
        return "pg_snapshot"
