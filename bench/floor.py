"""The bare floor beside which our figures stand: WSGI and one SQL statement, no framework, no rules.

`GET /rows?scopes=…&after=…` sends a page of finished rows; `POST /records` puts a batch into a bare table
by one `json_to_recordset`; `GET /grids` sends all grids as GeoJSON.
What our server takes beyond this is the price of devices, scopes, inbox,
encryption, audit, grids, and the rules.
"""

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import psycopg

PAGE = """
select scope, kind, id::text, convert_to(payload, 'UTF8') from sync_row
where not deleted and scope = any(%s) and (scope, kind, id) > (%s, %s, %s::uuid)
order by sync_row.scope, sync_row.kind, sync_row.id limit 5000
"""
RECORDS = """
insert into bench_floor
select * from json_to_recordset(%s::json -> 'items') as record (
    id uuid, kind text, op text, target uuid, device_at timestamptz, seq bigint, data json
)
"""
GRIDS = """
select '{"features":[' || string_agg(
    '{"type":"Feature","id":"' || g.id || '","geometry":' || ST_AsGeoJSON(s.geom, 7) || ',"properties":'
    || json_build_object('code', g.code, 'name', g.name, 'kind', g.kind, 'households', g.households)::text
    || '}', ',') || ']}'
from grids_grid g join grids_gridshape s on s.grid_id = g.id
"""
TABLE = """
create unlogged table if not exists bench_floor (
    id uuid primary key, kind text, op text, target uuid, device_at timestamptz, seq bigint, data json
);
alter table bench_floor set logged;
"""
Start = Callable[[str, list[tuple[str, str]]], Any]
_local = threading.local()


def _connection() -> psycopg.Connection[Any]:
    if not hasattr(_local, "connection"):
        _local.connection = psycopg.connect(os.environ["FLOOR_URL"], autocommit=True)
    found: psycopg.Connection[Any] = _local.connection
    return found


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    if environ["REQUEST_METHOD"] == "POST":
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        found = _connection().execute(RECORDS, (body.decode(),)).rowcount
        answer = b'{"taken":%d}' % found
    elif environ["PATH_INFO"] == "/grids":
        answer = _connection().execute(GRIDS).fetchone()[0].encode()
    else:
        query = parse_qs(environ["QUERY_STRING"])
        at = query["after"][0].split("|")
        rows = _connection().execute(PAGE, (query["scopes"][0].split(","), *at), binary=True).fetchall()
        last = "|".join(rows[-1][:3]) if rows else ""
        answer = b'{"last":"%b","rows":[%b]}' % (last.encode(), b",".join(row[3] for row in rows))
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
    return [answer]
