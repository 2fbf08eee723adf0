"""The file in its four kinds, what of it is in which, and what is destroyed at the end."""

import io
from typing import Any

from pypdf import PdfReader

from tests.stories.quarrel import pictures
from tests.stories.quarrel.matter import CHILD, LI, WANG, ZHAO, Body, Matter
from tests.stories.quarrel.table import TALK

WHY = {"purpose": "handle", "reason": "立卷归档"}
MOST_BYTES = 1_000_000
COURT, AID = "南岗区人民法院", "南岗区法律援助中心"
SCANS = {"committee": 6, "party": 3, "other party": 3, "court": 2, "transfer": 2}
"""The agreement and the court's ruling; who each party is in its own copy, and in the committee's file."""
NOTE = "select text is null, destroyed_at is not null from mediation_caucus_note where id = %s"
SHARED = "select count(*) from privacy_share where document_id = any(%s)"


def play(matter: Matter) -> None:
    matter.teller.chapter("The file 卷宗")
    _complete(matter)
    made = {name: _made(matter, asked) for name, asked in kinds(matter).items()}
    _apart(matter, {name: _text(content) for name, content in made.items()})
    bound = {name: _scans(content) for name, content in made.items()}
    matter.teller.same(bound, SCANS, f"the scans are bound in, {bound['committee']} in the committee's file")
    _on_record(matter)
    if matter.stage.pictures:
        pictures.draw(matter, matter.stage.pictures, kinds(matter))
    _archived(matter)


def kinds(matter: Matter) -> dict[str, Body]:
    """What is asked for: the four kinds of copies, one of them for each of two parties."""
    asked: dict[str, Body] = {
        "committee": {"kind": "committee"},
        "party": {"kind": "party", "party_id": matter.parties[WANG]},
        "other party": {"kind": "party", "party_id": matter.parties[LI]},
        "court": {"kind": "court", "recipient": COURT},
        "transfer": {"kind": "transfer", "referral_id": _referral(matter)},
    }  # fmt: skip
    return {name: said | WHY for name, said in asked.items()}


def _referral(matter: Matter) -> str:
    """Wang goes to legal aid, and says what may go there; once."""
    clerk, where = matter.clerk, "/mediation/referrals"
    known = clerk.get(f"{where}?dispute={matter.dispute}")["results"]
    if known:
        return str(known[0]["id"])
    parties = clerk.get(f"/mediation/cases/{matter.case}")["parties"]
    wang = next(party["dispute_party"] for party in parties if party["id"] == matter.parties[WANG])
    said = {
        "dispute": matter.dispute, "party_id": wang, "channel": "legal_aid", "kind": "share",
        "recipient": AID, "details": {"matter": "请求支付尾款", "facts": "分期未付清"},
    }  # fmt: skip
    made = clerk.post(where, said)
    given = {"papers": ["application", "agreement", "identity", "evidence"]}
    clerk.post(f"{where}/{made['id']}/agree", given)
    return str(made["id"])


def _complete(matter: Matter) -> None:
    items = matter.clerk.get(f"/mediation/cases/{matter.case}/completeness")
    lacks = [item["key"] for item in items if item["missing"]]
    matter.teller.same((len(items), lacks), (13, []), "of the thirteen items of PM-F1 the file lacks none")


def _made(matter: Matter, asked: Body) -> bytes:
    content = matter.clerk.file(f"/mediation/cases/{matter.case}/dossier", asked)
    if not content.startswith(b"%PDF") or len(content) > MOST_BYTES:
        matter.teller.broken("a PDF below 1 MB", (content[:4], len(content)))
    return content


def _text(content: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


def _scans(content: bytes) -> int:
    return sum(len(page.images) for page in PdfReader(io.BytesIO(content)).pages)


def _apart(matter: Matter, copies: dict[str, str]) -> None:
    """Who gets which words."""
    teller = matter.teller
    teller.same(
        _holding(copies, TALK),
        set(),
        "four kinds of copies, PDF with text that can be copied out; the talk alone is in none",
    )
    own = {name: _holding(copies, f"{name}身份证明") for name in (WANG, LI)}
    apart = own[WANG] & {"other party"} or own[LI] & {"party"}
    teller.same(apart, set(), "what one party brought is in no other party's copy")
    minutes = _holding(copies, "就赔偿和占道问题协商")
    teller.same(
        minutes & {"committee", "court", "transfer"},
        {"committee"},
        "the court's set and the channel's hold nothing said at the table",
    )
    named = (_holding(copies, COURT) >= {"court"}, _holding(copies, AID) >= {"transfer"})
    teller.same(named, (True, True), "each names its recipient")


def _holding(copies: dict[str, str], words: str) -> set[str]:
    return {name for name, text in copies.items() if words in text}


def _on_record(matter: Matter) -> None:
    rows: list[dict[str, Any]] = matter.clerk.get(f"/mediation/cases/{matter.case}/copies")
    made = sorted(row["kind"] for row in rows)
    shared = matter.stage.stand.ask(SHARED, [row["id"] for row in rows])[0][0]
    matter.teller.same(
        (made, shared),
        (["committee", "court", "party", "party", "transfer"], 5),
        "each copy stands in the share log",
    )


def _archived(matter: Matter) -> None:
    stage, teller = matter.stage, matter.teller
    done = stage.step(matter.director, matter.dispute, "archive")
    teller.same(done["state"], "archived", f"{matter.code} is archived")
    stage.due()
    found = stage.stand.ask(NOTE, matter.secret)[0]
    teller.same(found, (True, True), "the words of the talk alone are destroyed, unread by anybody else")
    matter.director.post(f"/named-clerks/{matter.naming}/end", {"reason": "纠纷已归档"})
    names = (WANG, LI, ZHAO, CHILD)
    lines = matter.director.get(f"/disputes/{matter.dispute}/timeline")
    told = [line["title"] for line in lines if any(name in line["title"] for name in names)]
    teller.same(told, [], f"its timeline has {len(lines)} entries with both clocks, and names nobody")
