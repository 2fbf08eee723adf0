"""Numbers reserved for days without power (PM-F2), and the forms of mediation over HTTP."""

import io
from typing import Any
from uuid import UUID, uuid4

import docx
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from kernel.problems import Problem
from mediation.models import BlockNumber, Case, NumberBlock
from mediation.papers.register import FORMS
from mediation.services import case_accept, number_void, numbers_reserve
from tests.cast import District, Member
from tests.mediation.made import consented

pytestmark = pytest.mark.django_db
FORMS_URL, BLOCKS_URL = "/api/v1/mediation/forms", "/api/v1/mediation/number-blocks"


@pytest.fixture
def block(clock: Any, district: District, clerk: Member) -> NumberBlock:
    return reserved(district, clerk)


def reserved(district: District, clerk: Member, count: int = 3, year: int = 2026) -> NumberBlock:
    committee = district.organisations["committee A"].pk
    return numbers_reserve(
        actor=clerk.actor, committee_id=committee, year=year, count=count, reason="停电检修"
    )


def taken(district: District, worker: Member, clerk: Member, serial: int | None = None, who: int = 0) -> Case:
    people = [
        {"role": role, "name": "某人", "phone": f"136{who}111000{number}"}
        for number, role in enumerate(("applicant", "respondent"))
    ]
    case = consented(district, worker, clerk, parties=people)
    return case_accept(actor=clerk.actor, case_id=case.pk, paper_serial=serial)


def code_of(refused: pytest.ExceptionInfo[Problem]) -> str:
    return refused.value.code


@pytest.mark.law("PM-F2")
def test_a_reserved_number_is_given_to_no_other_case(
    block: NumberBlock, district: District, worker: Member, clerk: Member
) -> None:
    assert (block.first, block.last) == (1, 3)
    assert taken(district, worker, clerk).number_serial == 4


@pytest.mark.law("PM-F2")
def test_papers_are_entered_in_the_order_of_their_numbers(
    block: NumberBlock, district: District, worker: Member, clerk: Member
) -> None:
    with pytest.raises(Problem) as refused:
        taken(district, worker, clerk, 2, who=1)
    assert (code_of(refused), refused.value.extra["expected"]) == ("number_out_of_order", 1)
    assert str(taken(district, worker, clerk, 1, who=2).number).endswith("人调字第1号")


def test_a_spoilt_paper_is_void_with_its_reason_and_the_next_one_follows(
    block: NumberBlock, district: District, worker: Member, clerk: Member
) -> None:
    for _again in range(2):
        number_void(actor=clerk.actor, block_id=block.pk, serial=1, reason="填写错误")
    assert taken(district, worker, clerk, 2).number_serial == 2
    (row,) = clerk.client.get(BLOCKS_URL).json()["results"]
    assert (row["open"], row["void"]) == ([3], {"1": "填写错误"})


@pytest.mark.parametrize("serial", [1, 9])
def test_a_number_that_was_used_or_never_reserved_is_refused(
    block: NumberBlock, district: District, worker: Member, clerk: Member, serial: int
) -> None:
    taken(district, worker, clerk, 1, who=1)
    with pytest.raises(Problem) as refused:
        taken(district, worker, clerk, serial, who=2)
    assert code_of(refused) == "number_not_reserved"


def test_numbers_are_reserved_for_the_own_committees_and_near_years(
    clock: Any, district: District, clerk: Member, other_clerk: Member
) -> None:
    with pytest.raises(Problem) as foreign:
        reserved(district, other_clerk)
    with pytest.raises(Problem) as early:
        reserved(district, clerk, year=2025)
    assert [code_of(refused) for refused in (foreign, early)] == ["not_found", "number_year"]


def test_a_clerk_reserves_over_http_within_the_bound(clock: Any, district: District, clerk: Member) -> None:
    committee = str(district.organisations["committee A"].pk)
    body = {"committee_id": committee, "year": 2026, "count": 2, "reason": "停电"}
    answers = [clerk.client.post(BLOCKS_URL, {**body, "count": count}, format="json") for count in (2, 0, 51)]
    assert [answer.status_code for answer in answers] == [201, 400, 400]
    assert answers[0].json()["open"] == [1, 2]


def test_a_block_of_another_street_does_not_exist(block: NumberBlock, other_clerk: Member) -> None:
    urls = [f"{BLOCKS_URL}/{block.pk}", f"{FORMS_URL}/acceptance/blank?block={block.pk}"]
    assert [other_clerk.client.get(url).status_code for url in urls] == [404, 404]
    assert other_clerk.client.get(BLOCKS_URL).json()["count"] == 0


def blank(who: Member, key: str, query: str = "") -> Any:
    return who.client.get(f"{FORMS_URL}/{key}/blank{query}")


def text_of(content: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def test_blanks_carry_the_numbers_that_are_still_open(block: NumberBlock, clerk: Member) -> None:
    number_void(actor=clerk.actor, block_id=block.pk, serial=2, reason="破损")
    pages = text_of(blank(clerk, "acceptance", f"?block={block.pk}").content)
    assert ["人调字第1号" in pages[0], "人调字第3号" in pages[1], len(pages)] == [True, True, 2]


def test_a_form_without_a_number_takes_none(block: NumberBlock, clerk: Member) -> None:
    answer = blank(clerk, "follow_up", f"?block={block.pk}")
    assert (answer.status_code, answer.json()["code"]) == (409, "form_not_numbered")


@pytest.mark.law("PM-F1", "PM-F3")
def test_every_form_is_there_blank(clock: Any, clerk: Member) -> None:
    listed = clerk.client.get(FORMS_URL).json()
    assert [form["key"] for form in listed] == [form.key for form in FORMS]
    for form in listed:
        assert form["title"].removesuffix("封面") in "".join(text_of(blank(clerk, form["key"]).content))


def test_a_blank_is_a_docx_too(clock: Any, clerk: Member) -> None:
    answer = blank(clerk, "rights_notice", "?format=docx")
    opened = docx.Document(io.BytesIO(answer.content))
    assert any("不收取任何费用" in paragraph.text for paragraph in opened.paragraphs)


@pytest.mark.law("PM-F3")
@pytest.mark.parametrize("query", ["?format=exe", "?block=x", "?other=1", f"?block={UUID(int=0)}"])
def test_a_blank_that_is_asked_for_wrongly_is_refused(clock: Any, clerk: Member, query: str) -> None:
    assert blank(clerk, "acceptance", query).status_code in (400, 404)


def test_forms_are_for_the_centre(clock: Any, clerk: Member, worker: Member, liaison: Member) -> None:
    assert [who.client.get(FORMS_URL).status_code for who in (clerk, worker, liaison)] == [200, 403, 403]
    assert blank(clerk, f"no_{uuid4().hex[:6]}").status_code == 404


def statements(who: Member, url: str) -> int:
    _ = who.client
    with CaptureQueriesContext(connection) as queries:
        assert who.client.get(url).status_code == 200
    return sum("mediation_" in query["sql"] for query in queries)


def test_the_list_of_blocks_asks_no_more_for_many(
    block: NumberBlock, district: District, clerk: Member
) -> None:
    few = statements(clerk, BLOCKS_URL)
    for _ in range(3):
        reserved(district, clerk)
    assert statements(clerk, BLOCKS_URL) == few


def test_what_became_of_a_number_is_never_changed(block: NumberBlock, clerk: Member) -> None:
    number_void(actor=clerk.actor, block_id=block.pk, serial=1, reason="破损")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        BlockNumber.objects.update(void_reason="改写")
