"""What the server shows one person, face by face: lists with their counts, maps, files, worklist, calendar,
search. What a story hides leaves every one of them as it was."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.stories.stage import Desk

LISTS = (
    "/disputes", "/screenings", "/disputes/by-day", "/refused-screenings", "/sync/inbox", "/rounds",
    "/joint-handlings", "/escalation/firings", "/escalation/clocks", "/mediation/intake", "/mediation/cases",
    "/mediation/sessions", "/mediation/notices", "/mediation/referrals", "/mediation/agreements",
    "/mediation/caucus-notes", "/mediation/documents", "/liaison/reports", "/tasks", "/worklist", "/owned",
    "/hand-overs", "/paper-entries", "/named-clerks", "/privacy/shares",
)  # fmt: skip
MAPS = ("/ogc/collections/disputes-by-community/items?limit=100", "/ogc/collections/disputes-by-grid/items?limit=100")
FILES = ("/disputes/export?format=csv&purpose=街道月报",)
SEARCH = "/disputes/search"
OF_A_DISPUTE = (
    "", "/history", "/timeline", "/parties?purpose=handle&reason=核对", "/likely-same", "/attempts",
    "/applications", "/grid", "/joint-handlings", "/notes?purpose=handle&reason=核对",
    "/safe-channel?purpose=protect&reason=核对", "/wishes?purpose=protect&reason=核对", "/triage",
    "/settlement?purpose=handle&reason=核对",
)  # fmt: skip
SILENT = frozenset({"not_found", "role_not_allowed"})


def faces(desk: Desk, names: Iterable[str]) -> dict[str, str]:
    """Every list, map, file and search as this person gets it, a refusal as its code."""
    found = {path: _without_hour(desk, path) for path in LISTS}
    found |= {path: desk.seen("GET", path) for path in (*MAPS, *FILES)}
    for name in names:
        for matter in ("join", "conflict_check", "own_request"):
            asked = {"matter": matter, "reason": "核对", "name": name}
            found[f"{SEARCH} {matter} {name}"] = desk.seen("POST", SEARCH, asked)
    return found


def _without_hour(desk: Desk, path: str) -> str:
    """The worklist says when it was asked for; nothing else of it depends on the minute."""
    said = desk.answer("GET", path)
    body: Any = said.body
    if isinstance(body, Mapping):
        body = {name: value for name, value in body.items() if name != "at"}
    return f"{said.status} {body}"


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The faces that are not as they were."""
    return sorted(path for path, text in after.items() if before.get(path) != text)


def loud(desk: Desk, dispute: str, screening: str) -> list[str]:
    """The addresses of a dispute and of its record that answer this person with anything but silence."""
    paths = [f"/disputes/{dispute}{rest}" for rest in OF_A_DISPUTE]
    paths += [f"/screenings/{screening}{rest}" for rest in ("", "/call-ups", "/particulars?purpose=handle&reason=核对")]
    return [path for path in paths if desk.refused("GET", path) not in SILENT]
