"""The kinds `visit_due` and `visit`: in `user:` scopes only. Nothing on a phone says what a person is
(CCL-26).
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson

from accounts.models import Organisation, OrganisationKind
from accounts.selectors import actor_areas, area_ancestors
from corrections import access
from corrections.bodies import VisitBody
from corrections.group import masked
from corrections.machine import WITNESS
from corrections.models import DueContact, Subject, Visit
from corrections.services.amending import visits_amend
from corrections.services.visits import visits_submit
from edge import sqlfile
from edge.encryption import KeyGoneError, open_value
from kernel import clock, crypto
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from privacy import keys
from sync.items import PushItem
from sync.registry import Kind, register


def connect() -> None:
    """Enter both kinds (once, when the app is ready)."""
    register(
        Kind(
            name="visit_due",
            version=1,
            root_table="corrections_duecontact",
            rows_sql=sqlfile.load("corrections", "visit_due_rows"),
            phone_set=access.phone_contacts,
            opens=due_opened,
        )
    )
    register(
        Kind(
            name="visit",
            version=1,
            root_table="corrections_visit",
            rows_sql=sqlfile.load("corrections", "visit_rows"),
            phone_set=access.phone_visits,
            submit=visits_submit,
            amend=visits_amend,
            schema=VisitBody,
            push_roles=WITNESS,
            owner_queue=responsible_stations,
            answers=frozenset({Role.STATION_OFFICER}),
            opens=visit_opened,
        )
    )


def due_opened(_actor: Actor, payloads: list[str]) -> list[str]:
    """Payloads of due contacts with name, phone and address in clear; of a minor's name the first
    character.
    """
    rows = [orjson.loads(payload) for payload in payloads]
    _load_keys([row["name"] for row in rows])
    over = _over({row["person"] for row in rows})
    return [orjson.dumps(_due_row(row, row["person"] in over)).decode() for row in rows]


@law("CCL-44")
def _over(people: set[str]) -> set[str]:
    """Whose term is over by its date: from 24:00 no phone is told a name, whatever the job has done."""
    rows = Subject.objects.filter(id__in=people, ends_on__lt=clock.today())
    return {str(pk) for pk in rows.values_list("id", flat=True)}


def _due_row(row: dict[str, Any], over: bool) -> dict[str, Any]:
    for field in ("name", "phone", "address"):
        row[field] = None if over else _clear(Subject, field, row["person"], row[field])
    if row.pop("short_name"):
        row["name"] = masked(row["name"] or "")
    return row


def visit_opened(_actor: Actor, payloads: list[str]) -> list[str]:
    """Payloads of the own visits with the own note in clear."""
    rows = [orjson.loads(payload) for payload in payloads]
    _load_keys([row["note"] for row in rows])
    for row in rows:
        row["note"] = _clear(Visit, "note", row["id"], row["note"]) or ""
    return [orjson.dumps(row).decode() for row in rows]


def _load_keys(sealed: Sequence[str | None]) -> None:
    keys.load({crypto.envelope_key_id(bytes.fromhex(value)) for value in sealed if value})


def _clear(model: type[Subject | Visit], field: str, pk: str, sealed: str | None) -> str | None:
    """The text of a sealed value; None where there is none or its key was destroyed."""
    try:
        return open_value(model, field, pk, bytes.fromhex(sealed)) if sealed else None
    except KeyGoneError:
        return None


def responsible_stations(actor: Actor, items: Sequence[PushItem]) -> list[UUID | None]:
    """The station that looks after an item that was not accepted: the person's own, else that of the author's
    street. Never the community."""
    named = [(_id(item.body, "due"), _id(item.body, "person")) for item in items]
    due, people = {due for due, _ in named if due}, {person for _, person in named if person}
    by_due = dict(DueContact.objects.filter(id__in=due).values_list("id", "subject__station_id"))
    by_person = dict(Subject.objects.filter(id__in=people).values_list("id", "station_id"))
    fallback = _station_of_author(actor)
    return [
        (by_due.get(due) if due else by_person.get(person) if person else None) or fallback
        for due, person in named
    ]


def _id(body: Any, field: str) -> UUID | None:
    """An id out of a parsed body, or out of what the phone sent where it could not be parsed."""
    if isinstance(body, VisitBody):
        found: UUID | None = getattr(body, field)
        return found
    try:
        return UUID(body[field])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _station_of_author(actor: Actor) -> UUID | None:
    above = [area for root in actor_areas(actor) for area, _ in area_ancestors(root)]
    stations = Organisation.objects.filter(kind=OrganisationKind.STATION, area_id__in=above)
    found = dict(stations.values_list("area_id", "id"))
    return next((found[area] for area in above if area in found), None)
