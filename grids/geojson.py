"""Grids as GeoJSON text, straight from SQL: two thousand in a few milliseconds."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from threading import Lock
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from edge import sqlfile

IN_FORCE = "s.valid_from <= %(at)s and (s.valid_to is null or s.valid_to > %(at)s)"
FILTERS = {
    "community": "and g.community_id = %(community)s",
    "street": "and c.parent_id = %(street)s",
    "code": "and g.code = %(code)s",
    "kind": "and s.kind = %(kind)s",
    "bbox": "and s.geom && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326)",
}
"""The only conditions a caller can add."""
KEPT = 32
Answer = tuple[int, bytes]


class Answers:
    """The last answers by their entity tag. A tag names the state of the tables, so that none is ever stale;
    the administrators of a district and the workers of each street ask the same over and over.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, tag: str, make: Callable[[], Answer]) -> Answer:
        with self._lock:
            answer = self._kept.get(tag)
        if answer is None:
            answer = make()
        with self._lock:
            self._kept[tag] = answer
            self._kept.move_to_end(tag)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return answer


answers = Answers(KEPT)


def features(
    streets: Iterable[UUID], *, at: date | None, filters: Mapping[str, Any], limit: int, offset: int
) -> Answer:
    """How many in all, and the page's features joined by commas; without `at` as the phones have them."""
    parameters = {"streets": _array(streets), "at": at, "limit": limit, "offset": offset, **filters}
    with connection.cursor() as cursor:
        cursor.execute(_statement("grids_geojson", at, filters), parameters)
        texts = [row[0] for row in cursor.fetchall()]
        count = len(texts)
        if offset or count == limit:
            cursor.execute(_statement("grids_count", at, filters), parameters)
            count = cursor.fetchone()[0]
    return count, ",".join(texts).encode()


def _statement(name: str, at: date | None, filters: Mapping[str, Any]) -> str:
    conditions = " ".join(text for key, text in FILTERS.items() if key in filters)
    text = sqlfile.load("grids", name).replace("{shape}", IN_FORCE if at else "s.announced")
    return text.replace("{filters}", conditions)


def entity_tag(streets: Iterable[UUID], asked: Mapping[str, Any]) -> str:
    """Names the answer to this question: who sees what, what was asked, and the state of the tables."""
    shared = _array(sorted(streets))
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "grids_version"), {"streets": shared})
        state = [str(value) for value in cursor.fetchone()]
    digest = hashlib.sha256(orjson.dumps([shared, dict(sorted(asked.items())), state])).hexdigest()
    return f'"{digest[:32]}"'


def _array(ids: Iterable[UUID]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"
