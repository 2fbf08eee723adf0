"""The kinds of records that phones hold, and who sees which: filled by the packages, read by the engine.

The engine knows no domain. A package registers its kinds in its `sync.py`, imported by `AppConfig.ready`.

    register(Kind(
        name="grid", version=1, root_table="grids_grid", phone_set=access.phone_grids,
        rows_sql='''
            select 'area:' || c.street_id as scope, r.id, r.rev,
                   json_build_object('id', r.id, 'rev', r.rev, 'code', r.code)::text as payload
            from grids_grid r join ... where {roots}''',
    ))
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from kernel.actor import Actor
from kernel.codes.roles import Role
from sync.items import Outcome, PushItem

MAX_KINDS = 12  # RxDB's free build stops at 13 collections
COMMAND = "command"
ROOTS = "{roots}"
_NAME = re.compile(r"[a-z][a-z_]{1,30}")

Submit = Callable[..., list[Outcome]]
PhoneSet = Callable[[Actor], Collection[UUID]]
OwnerQueue = Callable[[Actor, Sequence[PushItem]], Sequence[UUID | None]]
ReadableFiles = Callable[[Actor, Sequence[UUID]], Collection[UUID]]
Opens = Callable[[Actor, list[str]], list[str]]
Parent = Callable[[Any], UUID | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record on phones.

    `rows_sql` is one SELECT of `(scope text, id uuid, rev bigint, payload text)` over the root table, whose
    alias is `r`, with `where {roots}` (further conditions may follow with `and`). `payload` is the text of
    a whole JSON object with `id` and `rev`. A literal percent sign is written twice. It must depend on
    tables alone, never on the time of day: what moves with time is moved by a job that publishes.

    `phone_set(actor)` gives the ids that a full pull of this actor must return: from the domain's tables
    through `visible_to`, less what the kind keeps off phones; never from the engine's own rows.

    `submit(*, actor, items)` stores pushed items (all of this kind, in the device's order) in bulk,
    publishes them and answers one `Outcome` each, in order; `schema` is what their `data` must be. Both or
    neither. `push_roles` may push the kind (empty: every role that has a phone).

    `signed_items`: each item carries the device key's own signature, made when the item was made.

    `amend(*, actor, items)` takes new versions of records by their authors (`item.target`), the whole body
    each, at most one of a record, in the same way; the engine has settled that they follow on what stands,
    and locked the roots. It keeps the version before. Of such a kind `rev` counts the author's versions:
    `publish` leaves it alone, the service raises it. `parent(body)` names an earlier record of the same
    author without which an item is not stored.

    `answers`: the roles that look after the kind's items in the queue of their organisation; `may_read(actor,
    item)` says who of them may see what was sent (its body may be what the phone sent, unparsed).

    `owner_queue(actor, items)` names for each item the organisation that looks after what is not accepted
    (an item's body may be what the phone sent, unparsed); without it the author's own organisation does.
    `opens(actor, payloads)` puts clear values in the place of the sealed ones in payloads that the actor may
    see.

    `takes_files` is the most files that one record may have. Of the records it is given `readable_files`
    names those whose files the actor may read now: through `visible_to`, at the time of reading. Both or
    neither.
    """

    name: str
    version: int
    root_table: str
    rows_sql: str
    phone_set: PhoneSet
    submit: Submit | None = None
    schema: type[msgspec.Struct] | None = None
    push_roles: frozenset[Role] = frozenset()
    owner_queue: OwnerQueue | None = None
    opens: Opens | None = None
    signed_items: bool = False
    amend: Submit | None = None
    parent: Parent | None = None
    takes_files: int = 0
    readable_files: ReadableFiles | None = None
    answers: frozenset[Role] = frozenset()
    may_read: Callable[[Actor, PushItem], bool] | None = None

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} cannot be the name of a kind")
        if ROOTS not in self.rows_sql:
            raise ValueError(f"the rows of {self.name} are not restricted by {ROOTS}")
        if (self.submit is None) != (self.schema is None):
            raise ValueError(f"{self.name}: a kind that is pushed has both a schema and a service")
        if bool(self.takes_files) != (self.readable_files is not None):
            raise ValueError(f"{self.name}: somebody has to say who reads the files of a record")

    def may_push(self, actor: Actor) -> bool:
        return self.submit is not None and (not self.push_roles or actor.role in self.push_roles)


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that phones may ask of a record which is not theirs: `kind` of the record and `verb`.

    `run(*, actor, item)` does it and answers the outcome: done or done before `accepted`, a field that
    somebody else changed meanwhile `conflict`, out of place `not_applicable` with `current`. `item.target`
    is the record, `item.body` a `schema`, `item.base_rev` the revision that the phone saw. A Problem is a
    rejection. `resolve(*, actor, item)` writes the item's values whatever was changed meanwhile: a person
    has chosen it. `sides(*, actor, item)` shows what stands now, by whom and when, beside what was sent.
    """

    kind: str
    verb: str
    schema: type[msgspec.Struct]
    roles: frozenset[Role]
    run: Callable[..., Outcome]
    resolve: Callable[..., Outcome] | None = None
    sides: Callable[..., dict[str, Any]] | None = None


_kinds: dict[str, Kind] = {}
_commands: dict[tuple[str, str], Command] = {}
_scopes: list[str] = []


def register(kind: Kind) -> None:
    """Enter a kind. A second one of the same name, or a thirteenth, is refused."""
    if kind.name in _kinds:
        raise ValueError(f"kind {kind.name} is registered twice")
    if len(_kinds) == MAX_KINDS:
        raise ValueError(f"phones hold {MAX_KINDS} kinds at most")
    _kinds[kind.name] = kind


def kind(name: str) -> Kind:
    return _kinds[name]


def find(name: str) -> Kind | None:
    return _kinds.get(name)


def kinds() -> dict[str, Kind]:
    """All kinds by name, sorted."""
    return dict(sorted(_kinds.items()))


def add_command(command: Command) -> None:
    """Enter a command. The same verb of the same kind twice is refused."""
    if (command.kind, command.verb) in _commands:
        raise ValueError(f"command {command.verb} of {command.kind} is registered twice")
    _commands[command.kind, command.verb] = command


def find_command(kind: str, verb: str) -> Command | None:
    return _commands.get((kind, verb))


def commands() -> list[Command]:
    """All commands, sorted by kind and verb."""
    return [_commands[key] for key in sorted(_commands)]


def add_scopes(sql: str) -> None:
    """Add a provider of scopes: a SELECT of one text column, of what the caller holds now.

    Parameters: `%(user)s %(device)s %(membership)s %(organisation)s` (uuid), `%(role)s` (text), `%(today)s`
    (date). It runs on every pull, also an empty one: an index must answer it.
    """
    _scopes.append(sql)


def scopes_sql() -> str:
    """The SELECT of all scopes the caller holds: everyone's own, and the providers'.

    Everyone holds `common`, `user:<id>` and `user:<id>:<role>`: what one role made is not seen by another.
    """
    own = """select 'common' as scope union all select 'user:' || %(user)s::text
             union all select 'user:' || %(user)s::text || ':' || %(role)s::text"""
    return " union all ".join([own, *(f"({sql})" for sql in _scopes)])
