"""What the server shows one person, face by face: lists with their counts, maps, files, worklist, search.
What a story hides leaves every one of them as it was."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from tests.stories.stage import Desk

LISTS = (
    "/disputes", "/screenings", "/disputes/by-day", "/refused-screenings", "/sync/inbox", "/rounds",
    "/joint-handlings", "/escalation/firings", "/escalation/clocks", "/mediation/intake", "/mediation/cases",
    "/mediation/sessions", "/mediation/notices", "/mediation/referrals", "/mediation/agreements",
    "/mediation/caucus-notes", "/mediation/documents", "/liaison/reports", "/tasks", "/worklist", "/owned",
    "/hand-overs", "/paper-entries", "/named-clerks",
    "/ogc/collections/disputes-by-community/items?limit=100",
    "/ogc/collections/disputes-by-grid/items?limit=100",
)  # fmt: skip
FILE = "/disputes/export?format=csv&purpose=monthly"
SEARCH = "/disputes/search"
MATTERS = ("join", "conflict_check", "own_request")
WHY = f"purpose=handle&reason={quote('核对')}"
OF_A_DISPUTE = (
    "", "/history", "/timeline", f"/parties?{WHY}", "/likely-same", "/attempts", "/applications", "/grid",
    "/joint-handlings", f"/notes?{WHY}", f"/safe-channel?{WHY}", f"/wishes?{WHY}", "/triage",
    f"/settlement?{WHY}",
)  # fmt: skip
OF_A_RECORD = ("", "/call-ups", f"/particulars?{WHY}")
SILENT = frozenset({"not_found", "role_not_allowed"})


def faces(desk: Desk, names: Iterable[str]) -> dict[str, str]:
    """Every list, map, file and search as this person gets it, a refusal as its code. `names`: who is looked
    for."""
    found = {path: _said(desk, "GET", path) for path in LISTS}
    came = desk.raw("GET", FILE)
    found[FILE] = came.content.decode() if came.status == 200 else str(came.status)
    for name in names:
        for matter in MATTERS:
            asked = {"matter": matter, "reason": "核对", "name": name}
            found[f"{SEARCH} {matter} {name}"] = _said(desk, "POST", SEARCH, asked)
    return found


def _said(desk: Desk, method: str, path: str, body: Any = None) -> str:
    """The worklist names the minute in which it was asked for; nothing else of it depends on that."""
    answer = desk.answer(method, path, body)
    if answer.status >= 400:
        return str(answer.body["code"])
    if isinstance(answer.body, Mapping):
        return str({name: value for name, value in answer.body.items() if name not in {"at", "timeStamp"}})
    return str(answer.body)


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The faces that are not as they were."""
    return sorted(path for path, text in after.items() if before[path] != text)


def loud(desk: Desk, dispute: str, screening: str) -> list[str]:
    """The addresses of a dispute and of its record that answer this person with anything but silence."""
    paths = [f"/disputes/{dispute}{rest}" for rest in OF_A_DISPUTE]
    paths += [f"/screenings/{screening}{rest}" for rest in OF_A_RECORD]
    return [path for path in paths if desk.refused("GET", path) not in SILENT]
