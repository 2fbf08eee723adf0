"""Nobody below the agency approves, sanctions or ends anything: all routes, roles, machines and items.

Nothing is listed by hand but what a station may decide under the law; a new route or a new row of a machine
is covered by being there.
"""

import re
import sys

import msgspec
import pytest
from rest_framework.test import APIClient

from corrections.bodies import VisitBody
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.transitions import StateTable, state_tables
from sync.registry import kinds
from tests.access.routes import Route, routes
from tests.cast import STAFF, District, make_member

ABOVE = {
    Role.AGENCY_OFFICER, Role.AGENCY_HEAD, Role.BUREAU_HEAD, Role.PROCURATOR, Role.COMPLAINTS_DESK,
    Role.ARCHIVE_KEEPER,
}  # fmt: skip
BELOW = sorted(set(Role) - ABOVE - {Role.STATION_OFFICER})
# All that a station writes, by address: what it sees, asks for, prepares and reports. Everything else is the
# agency's and above, so a new address is refused here until somebody has said why a station may.
STATION_WRITES = {
    "aftercares": "",
    "aftercares/<uuid:pk>/": "accept decline hand-over receive withdraw",
    "assessments/<uuid:pk>/": "visits draft paper",
    "contacts": "",
    "contacts/<uuid:pk>/": "end-naming excuse name-worker visits",
    "decision-objections/<uuid:pk>/": "take-further",
    "decisions": "",
    "decisions/<uuid:pk>/": "copies drop hear objections serve",
    "delegations/<uuid:pk>/": "paper",
    "detentions": "",
    "detentions/<uuid:pk>/": "resume",
    "end-confirmations": "",
    "evaluations": "",
    "file-items": "",
    "groups": "",
    "groups/<uuid:pk>/": "activate end-member members sign undertake",
    "leaves": "",
    "leaves/emergency": "",
    "leaves/<uuid:pk>/": "approve close close-late extend not-used notice-done object refuse return-papers"
    " review submit verify withdraw",
    "medical-reports/<uuid:pk>/": "excuse hand-in",
    "orders": "",
    "orders/<uuid:pk>/": "confirm-term dates term",
    "periodic-reports": "",
    "permits": "",
    "permits/<uuid:pk>/": "withdraw",
    "place-flags/<uuid:pk>/": "look-at",
    "plans": "",
    "receptions": "",
    "receptions/<uuid:pk>/": "announce check complete report-in",
    "report-lengthenings": "",
    "report-lengthenings/<uuid:pk>/": "withdraw",
    "searches": "",
    "searches/<uuid:pk>/": "log",
    "second-decisions": "",
    "second-decisions/<uuid:pk>/": "withdraw",
    "subjects": "",
    "subjects/find": "",
    "subjects/<uuid:pk>/": "file place end-checklist papers/<slug:key> to-be-sealed to-be-sealed/take-back",
    "timely-reports": "",
    "timely-reports/<uuid:pk>/": "look-at take-back",
    "visits/<uuid:pk>/": "judge",
}
NAME_OF = {role: name for name, (role, _place) in reversed(STAFF.items())} | {Role.GRID_WORKER: "worker"}
WRITES = [route for route in routes() if route.writes and route.view.__module__.startswith("corrections.")]


def machines() -> list[StateTable]:
    """Every machine of the package: those whose table is made in one of its modules."""
    names = {name for name in state_tables() if name in _own()}
    return [table for name, table in state_tables().items() if name in names]


def _own() -> set[str]:
    return {
        value.name
        for module, found in list(sys.modules.items())
        if module.startswith("corrections.")
        for value in vars(found).values()
        if isinstance(value, StateTable)
    }


def test_there_is_something_to_look_at() -> None:
    assert len(WRITES) > 40
    assert len(machines()) > 8


@pytest.mark.law("CCL-9/10", "CCL-12")
@pytest.mark.parametrize("role", BELOW)
def test_no_policy_lets_anybody_below_the_agency_write(role: Role) -> None:
    assert [route.name for route in WRITES if role in route.view.policy.roles(route.action)] == []


@pytest.mark.law("CCL-9/10")
def test_a_station_writes_what_is_listed_and_nothing_else() -> None:
    listed = {base + act for base, acts in STATION_WRITES.items() for act in acts.split() or [""]}
    held = {
        route.path.removeprefix("api/v1/corrections/")
        for route in WRITES
        if Role.STATION_OFFICER in route.view.policy.roles(route.action)
    }
    assert {path for path in held if not path.endswith("/reveal")} == listed


# What a machine lets a station decide: a leave up to its days, whose guard asks for the
# delegation of that day (CCL-9/10, CCM-27b).
DECIDES = {
    "approved",
    "extended",
    "refused",
    "annulled",
    "changed",
    "lifted",
    "lost_contact",
    "decided",
    "signed",
    "sent",
}


@pytest.mark.law("CCL-9/10", "CCM-27b")
def test_a_machine_lets_a_station_decide_on_leave_alone_and_asks_for_its_delegation() -> None:
    rows = [
        (table.name, row)
        for table in machines()
        for row in table.transitions
        if Role.STATION_OFFICER in row.roles and row.target in DECIDES
    ]
    assert {name for name, _ in rows} == {"leave"}
    facts = {
        "role": Role.STATION_OFFICER, "code": "x", "text": "x", "level": "station", "delegated": False,
    }  # fmt: skip
    assert {row.guard and row.guard(facts) for _, row in rows} == {"delegation_not_valid"}


@pytest.mark.law("CCL-12")
def test_no_row_of_a_machine_is_a_grid_worker_s_but_the_contact_itself() -> None:
    rows = [(table.name, row.event) for table in machines() for row in table.transitions if _below(row.roles)]
    assert set(rows) <= {("due_contact", "contact"), ("due_contact", "late_contact")}


def _below(roles: frozenset[str]) -> bool:
    return bool(set(roles) & set(BELOW))


@pytest.mark.law("CCL-12", "CCL-26")
def test_what_a_phone_pushes_says_what_was_seen_and_decides_nothing() -> None:
    pushed = [kind for name, kind in kinds().items() if kind.schema is VisitBody]
    assert [kind.name for kind in pushed] == ["visit"]
    assert {field.name for field in msgspec.structs.fields(VisitBody)} == {
        "outcome", "due", "person", "form", "way", "point", "repeats", "no_location_reason", "note",
        "witness",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.law("CCL-9/10", "CCL-12")
@pytest.mark.parametrize("role", BELOW)
def test_every_write_of_corrections_refuses_who_stands_below(role: Role, district: District) -> None:
    client = make_member(district, NAME_OF[role]).client
    heard = {route.name: _code(client, route) for route in WRITES}
    assert set(heard.values()) == {"role_not_allowed"}


def _code(client: APIClient, route: Route) -> str:
    path = re.sub(r"<\w+:\w+>", lambda _: str(uuid7()), route.path)
    answer = client.generic(route.method.upper(), f"/{path}", b"{}", content_type="application/json")
    return str(answer.json()["code"])
