"""Two hostile sides, their mediator before and after a replacement, the centre, and everybody outside it: who
is shown which words, in any list, detail, search, count, feed, pull or copy."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import docx
import pytest
from rest_framework.test import APIClient

from audit.models import AuditEvent
from disputes.services import safe_channel_set
from edge.encryption import reveal
from kernel.codes.roles import Role
from mediation.models import Case, CaseParty
from mediation.services.dossiers import Asked, dossier_make
from mediation.table_selectors import documents_for, notes_for_party, offers_for_party, sessions_for_party
from privacy.models import ReadLog
from tests.cast import District, Member, join, registered
from tests.mediation.at_table import (
    asked_alone,
    at_table,
    caucus,
    code_of,
    document,
    noted,
    offered,
    parties,
    planned,
    post,
    protect,
    replaced,
)

WHY = {"purpose": "handle", "reason": "核对材料"}
ADDRESS = "藏身巷9号"
LISTS = (
    "mediation/cases", "mediation/intake", "mediation/sessions", "mediation/notices", "mediation/notes",
    "mediation/documents", "mediation/offers", "mediation/caucus-notes", "mediation/feeds", "disputes",
    "screenings", "tasks", "worklist",
)  # fmt: skip
REVEALED = ("notes", "documents", "offers", "caucus-notes")
OUTSIDE = (
    "worker",
    "neighbour_worker",
    "coordinator",
    "other_clerk",
    "other_director",
    "other_mediator",
    "liaison",
)
CENTRE = {"notes_all", "notes_zhang", "notes_li", "notes_centre", "papers_all", "papers_zhang", "papers_li"}
CENTRE |= {"offers_zhang", "offers_all", "papers_centre"}
MEDIATORS = CENTRE | {"notes_mediators", "papers_mediators"}


@dataclass
class Scene:
    """A case with every visibility of everything; `words` by the name of what they stand in."""

    case: Case
    words: dict[str, str] = field(default_factory=dict)

    def said(self, name: str) -> str:
        return self.words.setdefault(name, f"秘语{name}")

    def found(self, text: str) -> set[str]:
        return {name for name, word in self.words.items() if word in text}


def told(case: Case, clerk: Member, mediator: Member) -> Scene:
    scene, (zhang, li) = Scene(case), parties(case)
    shown: dict[str, tuple[str, UUID | None, Member]] = {
        "all": ("all_parties", None, clerk), "zhang": ("one_party", zhang.pk, clerk),
        "li": ("one_party", li.pk, clerk), "mediators": ("mediators", None, mediator),
        "centre": ("centre", None, clerk),
    }  # fmt: skip
    for name, (visibility, party, who) in shown.items():
        of = {"visibility": visibility, "party_id": party}
        noted(case, who, scene.said(f"notes_{name}"), **of)
        document(case, who, scene.said(f"papers_{name}"), **of)
    for name, visibility in (("all", "all_parties"), ("zhang", "one_party")):
        offer = offered(case, mediator, visibility=visibility)
        scene.words[f"offers_{name}"] = f"{offer.pk}"
    for name, party in (("zhang", zhang), ("li", li)):
        caucus(case, mediator, party, scene.said(f"caucus_{name}"))
    asked_alone(planned(case, mediator), mediator, 1)
    return scene


@pytest.fixture
def scene(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Scene:
    return told(at_table(district, worker, clerk, mediator), clerk, mediator)


def rows(answer: Any) -> list[dict[str, Any]]:
    body = answer.json()
    return list(body["results"]) if answer.status_code == 200 and "results" in body else []


def everything(who: Member) -> Iterable[str]:
    """All that the API says to somebody: lists, details, and each sealed text that is read with a purpose."""
    for path in LISTS:
        answer = who.client.get(f"/api/v1/{path}")
        yield answer.content.decode()
        for row in rows(answer):
            yield who.client.get(f"/api/v1/{path}/{row['id']}").content.decode()
            if path == "disputes":
                yield who.client.get(f"/api/v1/disputes/{row['id']}/timeline").content.decode()
    for kind in REVEALED:
        for row in rows(who.client.get(f"/api/v1/mediation/{kind}")):
            yield str(post(who, f"{kind}/{row['id']}/reveal", WHY).json()["text"])


def shown(scene: Scene, who: Member) -> set[str]:
    return scene.found("\n".join(everything(who)))


@pytest.mark.django_db
@pytest.mark.law("PM-15")
def test_inside_the_centre_each_sees_what_is_meant_for_them(
    scene: Scene, clerk: Member, director: Member, mediator: Member
) -> None:
    assert shown(scene, clerk) == shown(scene, director) == CENTRE | {"notes_centre"}
    assert shown(scene, mediator) == MEDIATORS | {"caucus_zhang", "caucus_li"}


@pytest.mark.django_db
@pytest.mark.law("PM-15")
def test_after_a_replacement_the_old_sees_nothing_and_the_new_no_talk_alone(
    scene: Scene, district: District, director: Member, mediator: Member
) -> None:
    successor = Member(*join(district, "successor", Role.MEDIATOR, "centre A"))
    registered(district, successor)
    replaced(scene.case, director, mediator, successor)
    assert shown(scene, mediator) == set()
    assert shown(scene, successor) == MEDIATORS


@pytest.mark.django_db
@pytest.mark.law("PM-15")
@pytest.mark.parametrize("name", OUTSIDE)
def test_outside_the_centre_nobody_sees_anything(scene: Scene, request: Any, name: str) -> None:
    assert shown(scene, request.getfixturevalue(name)) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["clerk", "director", "mediator", *OUTSIDE])
def test_a_count_counts_what_can_be_opened(scene: Scene, request: Any, name: str) -> None:
    who = request.getfixturevalue(name)
    for kind in ("notes", "documents", "offers", "sessions"):
        answer = who.client.get(f"/api/v1/mediation/{kind}?limit=1")
        count = answer.json().get("count", 0)
        whole = who.client.get(f"/api/v1/mediation/{kind}?limit=100") if count else answer
        assert count == len(rows(whole))
        by_party = who.client.get(f"/api/v1/mediation/{kind}?case={scene.case.pk}").json().get("count", 0)
        assert by_party == count


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["clerk", "director"])
def test_a_search_finds_the_dispute_and_no_word_of_the_table(scene: Scene, request: Any, name: str) -> None:
    who = request.getfixturevalue(name)

    def search(by: str) -> Any:
        body = {"matter": "join", "reason": "核对", "name": by}
        return who.client.post("/api/v1/disputes/search", body, format="json")

    assert str(scene.case.dispute_id) in search("张三").content.decode()
    assert scene.found(search("张三").content.decode()) == set()
    assert [search(word).json() for word in scene.words.values()] == [[]] * len(scene.words)


@pytest.mark.django_db
def test_neither_trail_nor_read_log_holds_a_word(scene: Scene, mediator: Member) -> None:
    shown(scene, mediator)
    texts = [str(row) for row in AuditEvent.objects.values_list("detail", "reason", "fields")]
    texts += [str(row) for row in ReadLog.objects.values_list("fields", "reason")]
    words = {name for name in scene.words if not name.startswith("offers")}
    assert scene.found("\n".join(texts)) & words == set()


@pytest.mark.django_db
def test_a_feed_holds_no_word_and_no_party(scene: Scene, mediator: Member) -> None:
    address = post(mediator, "feeds", {"device": "手机"}).json()["address"]
    text = APIClient().get(address).content.decode()
    assert scene.found(text) == set()
    assert not any(str(party.pk) in text for party in parties(scene.case))


# What the two sides take home


def taken(scene: Scene, party: CaseParty) -> set[str]:
    texts = [reveal(note, "text") for note in notes_for_party(scene.case, party)]
    texts += [reveal(paper, "title") for paper in documents_for("party", scene.case, party)]
    return scene.found(f"{texts} {offers_for_party(scene.case, party).values_list('pk', flat=True)}")


@pytest.mark.django_db
@pytest.mark.law("PM-15")
def test_each_side_takes_home_what_is_common_and_its_own(scene: Scene) -> None:
    common = {"notes_all", "papers_all", "offers_all"}
    zhang, li = parties(scene.case)
    assert taken(scene, zhang) == common | {"notes_zhang", "papers_zhang", "offers_zhang"}
    assert taken(scene, li) == common | {"notes_li", "papers_li"}


@pytest.mark.django_db
@pytest.mark.law("PM-15")
def test_the_printed_copy_of_a_side_holds_no_more(scene: Scene, clerk: Member) -> None:
    for party in parties(scene.case):
        asked = Asked("party", party_id=party.pk)
        made = dossier_make(actor=clerk.actor, case_id=scene.case.pk, asked=asked, form="docx", **WHY)
        opened = docx.Document(io.BytesIO(made.content))
        cells = (cell.text for table in opened.tables for row in table.rows for cell in row.cells)
        text = "\n".join((*(line.text for line in opened.paragraphs), *cells))
        assert scene.found(text) <= taken(scene, party)


@pytest.mark.django_db
def test_a_separate_session_is_in_its_own_partys_copy_alone(scene: Scene, clerk: Member) -> None:
    zhang, li = parties(scene.case)
    alone = planned(scene.case, clerk, party_id=zhang.pk)
    assert alone in sessions_for_party(scene.case, zhang)
    assert alone not in sessions_for_party(scene.case, li)


# The protected track, and phones


@pytest.mark.django_db
@pytest.mark.law("DV-23")
def test_a_protected_place_is_on_no_face_of_the_table(
    scene: Scene, director: Member, mediator: Member, clerk: Member
) -> None:
    protect(scene.case, director)
    safe_channel_set(
        actor=director.actor,
        dispute_id=scene.case.dispute_id,
        number=ADDRESS,
        hours="",
        leave_no_message=True,
    )
    scene.said("place")
    scene.words["place"] = ADDRESS
    assert shown(scene, clerk) == set()
    assert "place" not in shown(scene, director) | shown(scene, mediator)
    assert code_of(clerk.client.get(f"/api/v1/mediation/cases/{scene.case.pk}"))[0] == 404


@pytest.mark.usefixtures("committed")
def test_no_phone_pulls_a_word_of_the_table(
    district: District, worker: Member, clerk: Member, mediator: Member
) -> None:
    scene = told(at_table(district, worker, clerk, mediator), clerk, mediator)
    asked = {"cursor": None, "limit": 1000, "schema": 1}
    page = worker.client.post("/api/v1/sync/pull", asked, format="json").content.decode()
    assert str(scene.case.dispute_id) in page
    assert scene.found(page) == set()
    assert not any(str(party.pk) in page for party in parties(scene.case))
