"""What a caller has seen: ids and cursors out of the answers it got, to be put into its next calls.

An id is known by the list that shows it (`/api/v1/disputes`) and by its name (`dispute`): `id` has the name
of the list or of the member that it stands in, every other id the name of its own member. What an answer
about one record holds is also kept beside that record: the parties of this case, the link to this file.
"""

import re
from collections import defaultdict
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

# What a real id here would do to the demo's own people and codes lasts beyond the run: only what the run has
# made itself is changed.
LASTING = ("users", "memberships", "devices", "organisations", "assignments", "enrolment-codes")
PEOPLE = frozenset({"user", "membership"})
KNOWN_AS = {
    "acting_for": "user", "committee": "organisation", "community": "area", "execution_area": "area",
    "head": "user", "into": "dispute", "named_mediators": "user", "officer": "user", "parent": "area",
    "record": "screening", "station": "organisation", "street": "area", "superior": "organisation",
    "supersedes": "screening", "target": "screening", "worker": "user", "grid": "grid", "mediator": "user",
}  # fmt: skip
NUMBERS = {"cursor": "cursor", "last_pulled_at": "timestamp", "c": "c"}
CALLED = frozenset({"collection"})  # known by a word, not by an id
MOST = 40
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_PLURALS = (("ies", "y"), ("ches", "ch"), ("s", ""))


def family(path: str) -> str:
    """The list that an address with an id belongs to: `/api/v1/disputes/{id}/close` → `/api/v1/disputes`."""
    return path.split("/{", 1)[0]


def one_of(plural: str) -> str:
    """`party_ids` → `party`, `cases` → `case`, `worker_id` → `worker`."""
    name = re.sub(r"_ids?$", "", plural)
    for ending, instead in _PLURALS:
        if name.endswith(ending):
            return name.removesuffix(ending) + instead
    return name


def is_id(value: Any) -> bool:
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


class Sights:
    def __init__(self) -> None:
        self._listed: dict[str, list[str]] = {}
        self._made: dict[str, list[str]] = defaultdict(list)
        self._named: dict[str, list[Any]] = defaultdict(list, kind=["screening"])
        self._beside: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self._turn = count()

    def show(self, path: str, answer: Any) -> None:
        """Keep the list behind an address, and all names in it."""
        rows = answer.get("results", answer.get("features")) if isinstance(answer, dict) else answer
        if isinstance(rows, list):
            self._listed[path] = [row["id"] for row in rows if isinstance(row, dict) and "id" in row][:MOST]
        self.learn(path, answer)

    def learn(self, path: str, answer: Any, *, about: str = "") -> None:
        """`about`: the id of the record that the answer is about."""
        self._take(answer, one_of(path.rstrip("/").rsplit("/", 1)[-1]), self._beside[about] if about else {})

    def made(self, path: str, answer: Any) -> None:
        if isinstance(answer, dict) and is_id(answer.get("id")):
            self._made[path].append(answer["id"])

    def _take(self, value: Any, name: str, beside: dict[str, list[Any]]) -> None:
        if isinstance(value, list):
            for entry in value[:MOST]:
                self._take(entry, name, beside)
        elif isinstance(value, dict):
            for key, entry in value.items():
                wrapped = key in ("id", "results", "features", "properties", "name")
                self._take(entry, name if wrapped else one_of(key), beside)
            if "name" in value and "id" not in value:
                self._keep(name, value["name"], beside)
        elif is_id(value) or name in CALLED or (name in NUMBERS.values() and type(value) is int):
            self._keep(name, value, beside)
        elif name == "href" and isinstance(value, str):
            self._keep("link", "".join(parse_qs(urlsplit(value).query).get("link", [])), beside)

    def _keep(self, name: str, value: Any, beside: dict[str, list[Any]]) -> None:
        for known in (self._named, beside):
            entries = known.setdefault(name, [])
            if value not in entries:
                entries.append(value)
                del entries[:-MOST]

    def record(self, path: str, *, changes: bool) -> str | None:
        """An id for an address; None where nothing is known that may stand there."""
        of = family(path)
        if changes and any(f"/{name}" in path for name in LASTING):
            return self._next(self._made[of])
        return self._next([*self._listed.get(of, []), *self._made[of]]) or self._next(
            self._named[one_of(of.rsplit("/", 1)[-1])]
        )

    def value(self, name: str, path: str, about: str | None) -> Any:
        """A value for a member of that name: of the record itself before anything else."""
        name = NUMBERS.get(name) or one_of(name)
        if name in PEOPLE and any(f"/{lasting}" in path for lasting in LASTING):
            return self._next(self._made[f"/api/v1/{name}s"])
        beside = self._beside.get(about or "", {}).get(name)
        return self._next(beside or self._named.get(name) or self._named.get(KNOWN_AS.get(name, "")) or [])

    def _next(self, entries: list[Any]) -> Any:
        return entries[next(self._turn) % len(entries)] if entries else None
