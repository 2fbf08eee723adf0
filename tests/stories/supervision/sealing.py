"""The minor's file is sealed 封存, and opened for an hour by a lawful query 依法查询."""

from pathlib import Path

from tests.stories.supervision.year import Body, Year

SCOPE = ["name", "orders"]


def play(year: Year) -> None:
    year.teller.chapter("A sealing and a lawful query 封存、依法查询")
    halves = _seal_key(year)
    _restricted(year)
    number = _sealed(year)
    _queried(year, number, halves)


def _seal_key(year: Year) -> tuple[str, str]:
    """The two halves, as their holders got them on paper."""
    place = year.stage.stand.place
    sheets = (place / "head.txt", place / "keeper.txt")
    ids = [year.user(who.username) for who in (year.bureau, year.keeper)]
    year.stage.stand.manage(
        "seal_key_make", "--head", ids[0], "--keeper", ids[1], "--head-half", str(sheets[0]), "--keeper-half",
        str(sheets[1]),
    )  # fmt: skip
    year.teller.tell(
        "a seal key is made; each half is printed for one holder, and stands nowhere in the system"
    )
    head, keeper = (_half(sheet) for sheet in sheets)
    return head, keeper


def _half(sheet: Path) -> str:
    """The line of the sheet that is indented."""
    return next(
        line.strip() for line in sheet.read_text(encoding="utf-8").splitlines() if line.startswith("    ")
    )


def _reveal(year: Year) -> str:
    """What the agency's head is answered who asks for the file."""
    return year.head.refused(
        "POST", f"/corrections/subjects/{year.minor.id}/reveal", {"purpose": "supervise", "reason": "复核"}
    )


def _restricted(year: Year) -> None:
    year.teller.same(
        _reveal(year), "", "until then the file is restricted 限制: the agency's head reads it with a reason"
    )
    code = year.agency.refused(
        "POST", f"/corrections/subjects/{year.minor.id}/reveal", {"purpose": "handle", "reason": "复核"}
    )
    year.teller.same(code, "not_found", "for every other officer there is none")


def _closing(year: Year) -> list[Body]:
    return list(year.keeper.get("/privacy/closings?state=sealed&limit=50")["results"])


def _sealed(year: Year) -> str:
    year.on(4)
    sealed = _closing(year)
    year.teller.same(
        len(sealed), 1, "three days after the end it is sealed by itself, as marked at reception"
    )
    year.teller.same(
        _reveal(year), "not_found", "now for the agency's head too: it answers like never existed"
    )
    return str(sealed[0]["seal_number"])


def _queried(year: Year, number: str, halves: tuple[str, str]) -> None:
    teller, path = year.teller, "/privacy/lawful-queries"
    query = year.keeper.post(
        path,
        {"unit": "（演示）南岗区人民法院", "basis": "MI-SEAL", "document_no": "（演示）查 3 号",
         "scope": SCOPE, "seal_number": number},
    )  # fmt: skip
    one = f"{path}/{query['id']}"
    both = {"head_half": halves[0], "keeper_half": halves[1]}
    teller.same(
        year.keeper.refused("POST", f"{one}/open", both),
        "transition_not_allowed",
        "a court asks in writing 依法查询: not without approval",
    )
    year.bureau.post(f"{one}/approve")
    twice = {"head_half": halves[0], "keeper_half": halves[0]}
    code = year.keeper.refused("POST", f"{one}/open", twice)
    teller.same(code, "seal_halves_wrong", "the bureau's head approves; one half alone opens nothing")
    opened = year.keeper.post(f"{one}/open", both)
    found = year.keeper.post(f"{one}/read", {"reason": "答复法院"})
    teller.same(
        (found["answer"], found["values"]["name"], sorted(found["values"])),
        ("found", year.minor.name, sorted(SCOPE)),
        f"by both halves open until {opened['opened_until'][11:16]}Z: name and orders, no more than asked",
    )  # fmt: skip
    _closed_again(year, one)


def _closed_again(year: Year, one: str) -> None:
    year.keeper.post(f"{one}/answer", {"document_no": "（演示）答 3 号"})
    code = year.keeper.refused("POST", f"{one}/read", {"reason": "答复法院"})
    year.teller.same(code, "query_not_open", "answered in writing: sealed again at once")
    year.stage.later(minutes=61)
    year.teller.same(_reveal(year), "not_found", "and an hour later as well")
    shares = year.bureau.get("/privacy/shares?recipient_kind=lawful_query&limit=10")["results"]
    year.teller.same(
        [sorted(row["fields"]) for row in shares], [sorted(SCOPE)], "what went stands in the share log"
    )
