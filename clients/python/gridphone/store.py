"""What a phone keeps: its identity, the rows it pulled, what it has not sent yet, and what became of
the rest.

One SQLite file a device. Every step of the protocol is one transaction here, so that a phone that dies
between two lines comes back to a state from which the same step can be taken again.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_TABLES = """
create table if not exists meta (name text primary key, value text not null);
create table if not exists row (kind text, id text, rev integer, body text, primary key (kind, id));
create table if not exists outbox (
    id text primary key, seq integer unique, urgent integer, item text not null, batch text);
create table if not exists receipt (
    id text primary key, kind text, state text, code text, detail text, repeats integer default 0);
"""


class Store:
    def __init__(self, path: Path | str) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.executescript(_TABLES)

    @contextmanager
    def step(self) -> Iterator[None]:
        """All or nothing: what is written inside is there together or not at all."""
        self._db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")

    # -- identity, cursor, counters ----------------------------------------------------------------

    def get(self, name: str, default: Any = None) -> Any:
        found = self._db.execute("select value from meta where name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else default

    def set(self, **values: Any) -> None:
        for name, value in values.items():
            self._db.execute("insert or replace into meta values (?, ?)", (name, json.dumps(value)))

    def next_seq(self) -> int:
        """The device's counter; it gives the order of what the device did, whatever its clock says."""
        seq = int(self.get("seq", 0)) + 1
        self.set(seq=seq)
        return seq

    # -- rows pulled from the server ---------------------------------------------------------------

    def put(self, kind: str, rows: Iterable[dict[str, Any]]) -> None:
        self._db.executemany(
            "insert or replace into row values (?, ?, ?, ?)",
            [(kind, row["id"], row["rev"], json.dumps(row, ensure_ascii=False)) for row in rows],
        )

    def remove(self, kind: str, ids: Iterable[str]) -> None:
        self._db.executemany("delete from row where kind = ? and id = ?", [(kind, one) for one in ids])

    def forget_rows(self) -> None:
        """Start over (410 resync): the pulled rows and the cursor go; the outbox and the receipts stay."""
        self._db.execute("delete from row")
        self.set(cursor=None)

    def rows(self, kind: str) -> list[dict[str, Any]]:
        found = self._db.execute("select body from row where kind = ? order by id", (kind,))
        return [json.loads(body) for (body,) in found]

    def held(self) -> dict[str, dict[str, int]]:
        """{kind: {id: rev}} of everything the phone holds."""
        held: dict[str, dict[str, int]] = {}
        for kind, one, rev in self._db.execute("select kind, id, rev from row"):
            held.setdefault(kind, {})[one] = rev
        return held

    def revision(self, kind: str, one: str) -> int:
        """Of a row that is held; 0 for one that came back refused, or that is not here."""
        found = self._db.execute("select rev from row where kind = ? and id = ?", (kind, one)).fetchone()
        return int(found[0]) if found else 0

    # -- what was not sent yet ---------------------------------------------------------------------

    def queue(self, item: dict[str, Any], *, urgent: bool) -> None:
        self._db.execute(
            "insert into outbox (id, seq, urgent, item) values (?, ?, ?, ?)",
            (item["id"], item["seq"], urgent, json.dumps(item, ensure_ascii=False)),
        )

    def batch(self, limit: int, fresh_id: str) -> tuple[str, list[dict[str, Any]]] | None:
        """The batch on its way, unchanged; else a new one: danger first, then in the order of recording."""
        with self.step():
            open_batch = self._db.execute(
                "select batch from outbox where batch is not null limit 1"
            ).fetchone()
            batch_id = open_batch[0] if open_batch else fresh_id
            if not open_batch:
                self._db.execute(
                    "update outbox set batch = ? where id in "
                    "(select id from outbox order by urgent desc, seq limit ?)",
                    (batch_id, limit),
                )
            found = self._db.execute(
                "select item from outbox where batch = ? order by urgent desc, seq", (batch_id,)
            ).fetchall()
        return (batch_id, [json.loads(item) for (item,) in found]) if found else None

    def split_batch(self) -> None:
        """The server refused the batch as a whole (too large): its items wait again, each for itself."""
        self._db.execute("update outbox set batch = null")

    def let_go(self, batch_id: str) -> None:
        """What a lost phone has sent is at the server, and will get no outcome here."""
        self._db.execute("delete from outbox where batch = ?", (batch_id,))

    def erase(self) -> None:
        """Everything, the key too. Nothing of it is left in the file."""
        self._db.execute("pragma secure_delete = on")
        for table in ("row", "outbox", "receipt", "meta"):
            self._db.execute(f"delete from {table}")  # noqa: S608  because the names stand above
        self._db.execute("vacuum")

    def waiting(self, record: str) -> int:
        """How many versions of a record have no answer yet."""
        return sum(item["target"] == record and item["op"] != "command" for item in self.outbox())

    def outbox(self) -> list[dict[str, Any]]:
        """What was not sent, or not answered, in the order of recording."""
        found = self._db.execute("select item from outbox order by seq").fetchall()
        return [json.loads(item) for (item,) in found]

    def unsent(self) -> int:
        return int(self._db.execute("select count(*) from outbox").fetchone()[0])

    # -- what became of it -------------------------------------------------------------------------

    def settle(self, results: Iterable[dict[str, Any]]) -> None:
        """An item with an outcome leaves the outbox; none is sent again unless the person edits it."""
        for result in results:
            one, state = result["id"], result["state"]
            sent = self._db.execute("select item from outbox where id = ?", (one,)).fetchone()
            known = self._db.execute("select kind, repeats from receipt where id = ?", (one,)).fetchone()
            kind = json.loads(sent[0])["kind"] if sent else known[0] if known else result.get("kind")
            repeats = (known[1] if known else 0) + (state == "duplicate")
            self._db.execute(
                "insert or replace into receipt values (?, ?, ?, ?, ?, ?)",
                (one, kind, result.get("first", state), result.get("code"), result.get("detail"), repeats),
            )
            self._db.execute("delete from outbox where id = ?", (one,))

    def receipts(self) -> dict[str, dict[str, Any]]:
        """By id: kind, state (of the first arrival), code, detail, and how often it was told "duplicate"."""
        names = ("kind", "state", "code", "detail", "repeats")
        found = self._db.execute(f"select id, {', '.join(names)} from receipt")  # noqa: S608  because the names stand above
        return {one: dict(zip(names, rest, strict=True)) for one, *rest in found}

    def close(self) -> None:
        self._db.close()
