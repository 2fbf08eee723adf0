"""Everything that a phone can say, said by everybody about real records of corrections; what moved by it.

Kinds, commands, records, states and events are read from the registers: what is added to one of them is said
as well, and a command without words of its own here fails.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from audit import delivery
from corrections.bodies import VisitBody
from corrections.codes import VisitOutcome
from corrections.models import DueContact, Subject
from disputes import commands as asked
from disputes.bodies import ScreeningBody
from kernel import clock
from kernel.codes.law import ContactForm
from kernel.ids import uuid7
from kernel.transitions import StateTable
from sync import push, registry
from sync.commands import CommandBody
from sync.items import Envelope
from tests.access import stock as story
from tests.access.stock import Stock
from tests.cast import District, Member, enrolled, found_district
from tests.disputes import made

OF_EACH = 2
"""Records of each model: one of each street, as far as the story has them."""
KEPT = ("corrections", "liaison", "privacy")
"""The packages in which nothing may move."""
ALL_ROWS = "count(*)::text || md5(coalesce(string_agg(t::text, '|' order by t::text), ''))"
EVENT, TARGET = "{event}", "{target}"
WORDS: dict[type[msgspec.Struct], dict[str, Any]] = {
    asked.SetBrief: {"brief": "批准"},
    asked.AddParty: {"party": {"role": "applicant", "name": "测试某"}},
    asked.ReportSign: {"sign": {"code": "threat", "what": "批准"}},
    asked.TakeStep: {"event": EVENT, "reason": "批准", "to_level": "street"},
    asked.Settle: {"terms": "批准", "by_whom": "双方"},
    asked.AddNote: {"words": "批准"},
    asked.AskHandUp: {"reason": "批准"},
    asked.RoundVisited: {"round_id": TARGET},
}
"""For each schema of a command, arguments that it takes."""
RECORDS = {VisitBody, ScreeningBody, CommandBody}
"""What phones push records as: a further one needs words in `_records`."""


@dataclass(frozen=True)
class Said:
    """What came of one item: what it asked, and the answer."""

    kind: str
    op: str
    verb: str
    state: str
    code: str


@dataclass
class World:
    """The story of both streets, with everybody's phone; told once and never changed."""

    district: District
    stock: Stock

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        """Everything that can be said, as one push."""
        at = clock.now().isoformat()
        said = (*_screenings(self.district), *_records(), *_amended(), *_commanded(), *_invented())
        return [
            {"id": str(uuid7()), "device_at": at, "seq": no} | one for no, one in enumerate(said, start=1)
        ]

    def phone(self, name: str) -> Member:
        """Somebody of that role (or of that name), with a phone in hand whether or not the role has one."""
        member = self.stock.by_role().get(name) or self.stock.people[name]
        return member if member.device else enrolled(member.user, member.membership)

    def said_by(self, name: str) -> tuple[set[Said], set[str]]:
        """Everything, pushed by the phone of that role, and all that follows from it: the answers, and the
        tables that moved. Then it is taken back."""
        member = self.phone(name)
        with transaction.atomic():
            before = digests()
            result = {_said(item, found) for item, found in _pushed(member, self.items)}
            delivery.drain()
            moved = {table for table, digest in digests().items() if before[table] != digest}
            transaction.set_rollback(True)
        return result, moved


def world() -> World:
    district = found_district()
    return World(district, story.build(district))


def _pushed(member: Member, items: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], push.Result]]:
    found = push.push(member.actor, Envelope(uuid4(), 1, items, None))
    yield from zip(items, found, strict=True)


def _said(item: dict[str, Any], found: push.Result) -> Said:
    return Said(item["kind"], item["op"], item["data"].get("verb", ""), str(found.state), found.outcome.code)


# What is there


def models() -> list[type[Model]]:
    """Those of corrections whose records have an id that somebody could name."""
    found = apps.get_app_config("corrections").get_models()
    return [model for model in found if model._meta.pk.get_internal_type() == "UUIDField"]


def targets() -> list[Model]:
    """A record of each street of each model, and all people and due contacts."""
    rows = [row for model in models() for row in model._default_manager.order_by("pk")[:OF_EACH]]
    return [*rows, *Subject.objects.all()]


@cache
def tables() -> dict[str, StateTable]:
    """The machines of corrections by name."""
    from tests.corrections.test_powers import machines  # noqa: PLC0415  because it needs the apps

    return {table.name: table for table in machines()}


def digests() -> dict[str, str]:
    """For each table of what is kept: how many rows, and a hash of all of them."""
    names = sorted(model._meta.db_table for app in KEPT for model in apps.get_app_config(app).get_models())
    found = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"select {ALL_ROWS} from {connection.ops.quote_name(name)} t")  # noqa: S608  because the name is a model's own
            found[name] = cursor.fetchone()[0]
    return found


# What can be said


def _screenings(district: District) -> Iterator[dict[str, Any]]:
    """One that a grid worker really sends, with a sign of danger in it."""
    yield {"kind": "screening", "op": "create", "data": made.body(district, signs=[made.THREAT])}


def _records() -> Iterator[dict[str, Any]]:
    """A new record of each kind that there is; every visit that names a real person or due contact."""
    for name in registry.kinds():
        if name != registry.COMMAND:
            yield {"kind": name, "op": "create", "data": {}}
            yield {"kind": name, "op": "create", "data": {"state": "approved", "decision": "approve"}}
    for data in _visits():
        yield {"kind": "visit", "op": "create", "data": data}
        yield {"kind": "visit", "op": "create", "data": data | {"state": "excused"}}


def _visits() -> Iterator[dict[str, Any]]:
    place = {"lon_e7": 1_266_050_000, "lat_e7": 457_300_000, "crs": "WGS84", "accuracy_cm": 500}
    for outcome in VisitOutcome:
        way: dict[str, Any] = {"way": "call"} if outcome == VisitOutcome.NOT_REACHED else {}
        more = {"outcome": str(outcome), "point": place | {"fix_at": clock.now().isoformat()}} | way
        for contact in DueContact.objects.order_by("subject_id", "due_at").distinct("subject_id"):
            yield more | {"due": str(contact.pk)}
        for subject in Subject.objects.order_by("pk"):
            for form in ContactForm:
                yield more | {"person": str(subject.pk), "form": str(form)}


def _amended() -> Iterator[dict[str, Any]]:
    """Every real record, said anew as every kind that phones push."""
    data = {"outcome": "met", "no_location_reason": "no_fix"}
    pushed = [name for name, kind in registry.kinds().items() if kind.submit and name != registry.COMMAND]
    for name in pushed:
        for row in targets():
            yield {"kind": name, "op": "amend", "target": str(row.pk), "base_rev": 1, "data": data}


def _commanded() -> Iterator[dict[str, Any]]:
    """Every command about every real record; one that names an event, with each of the record's own."""
    for command in registry.commands():
        for row in targets():
            for event in _events_of(row) if EVENT in WORDS[command.schema].values() else [""]:
                words = {EVENT: event, TARGET: str(row.pk)}
                args = {name: words.get(str(value), value) for name, value in WORDS[command.schema].items()}
                yield _command(command.kind, command.verb, row.pk, args)


def _events_of(row: Model) -> list[str]:
    state = getattr(row, "state", "")
    found = {e.event for table in tables().values() for e in table.transitions if e.source == state}
    return sorted(found) or ["approve"]


def _invented() -> Iterator[dict[str, Any]]:
    """What nobody registered: every event of every machine as a verb, every table as a kind."""
    rows = targets()
    for table in tables().values():
        for number, event in enumerate(sorted({row.event for row in table.transitions})):
            yield _command(table.name, event, rows[number % len(rows)].pk, {})
    for model in models():
        yield {"kind": model._meta.model_name, "op": "create", "data": {"state": "approved"}}


def _command(kind: str, verb: str, target: UUID, args: dict[str, Any]) -> dict[str, Any]:
    data = {"kind": kind, "verb": verb, "args": args}
    return {"kind": registry.COMMAND, "op": "command", "target": str(target), "base_rev": 1, "data": data}
