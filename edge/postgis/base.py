"""Django tells a connection how to read geometry each time that it comes out of the pool; once is enough."""

from typing import Any

from django.contrib.gis.db.backends.postgis import base


class DatabaseWrapper(base.DatabaseWrapper):
    def register_geometry_adapters(self, pg_connection: Any, clear_caches: bool = False) -> None:
        if clear_caches or not getattr(pg_connection, "reads_geometry", False):
            super().register_geometry_adapters(pg_connection, clear_caches)
            pg_connection.reads_geometry = True
