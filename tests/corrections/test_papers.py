"""Forms of corrections, blank and filled."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from corrections.papers.forms import FORMS
from edge.documents.model import texts
from privacy.models import ReadLog
from tests.cast import District, Member
from tests.corrections import stage

pytestmark = pytest.mark.django_db
URL = "/api/v1/corrections"
WHY = {"purpose": "handle", "reason": "宣告"}


def text_of(content: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.law("CCL-22", "CCL-44")
def test_every_form_is_there_blank(clock: Any, officer: Member) -> None:
    listed = officer.client.get(f"{URL}/forms").json()
    assert [form["key"] for form in listed] == [form.key for form in FORMS]
    for form in listed:
        assert form["title"] in text_of(officer.client.get(f"{URL}/forms/{form['key']}/blank").content)


def test_a_form_is_filled_with_the_persons_orders_and_leaves_a_row(
    clock: Any, district: District, officer: Member
) -> None:
    subject = stage.registered(district, officer.actor)
    stage.ordered(officer.actor, subject)
    answer = officer.client.post(f"{URL}/subjects/{subject.pk}/papers/announcement", WHY, format="json")
    found = text_of(answer.content)
    assert (stage.adult().name in found, "（2026）测1号" in found) == (True, True)
    assert ReadLog.objects.get().reason == WHY["reason"]


@pytest.mark.law("CCL-54")
def test_a_form_is_filled_for_those_alone_who_see_the_person(
    clock: Any, district: District, officer: Member, other_officer: Member, mediator: Member
) -> None:
    subject = stage.registered(district, officer.actor)
    url = f"{URL}/subjects/{subject.pk}/papers/leave"
    answers = [who.client.post(url, WHY, format="json").status_code for who in (other_officer, mediator)]
    assert (answers, officer.client.post(url, {**WHY, "reason": ""}, format="json").status_code) == (
        [404, 403],
        400,
    )


@pytest.mark.law("CCL-26")
def test_what_is_taken_along_on_a_visit_says_nothing_of_a_status() -> None:
    form = next(form for form in FORMS if form.key == "contact")
    shown = "".join(texts(tuple(form.blocks(None))))
    assert not {word for word in ("矫正", "司法", "缓刑", "假释") if word in shown}


@pytest.mark.law("CCL-28", "CCL-34b")
def test_a_sanction_has_facts_rule_the_persons_word_and_the_remedy() -> None:
    for key in ("admonition", "warning"):
        form = next(form for form in FORMS if form.key == key)
        shown = "".join(texts(tuple(form.blocks(None))))
        assert [
            word for word in ("事实和证据", "依据的规定", "陈述和申辩", "人民检察院") if word not in shown
        ] == []


@pytest.mark.law("CCL-28", "CCL-34b")
@pytest.mark.parametrize(
    "key",
    ["commendation", "admonition", "warning", "proposal", "positioning", "positioning_notice",
     "positioning_lifted", "return_notice"],
)  # fmt: skip
def test_the_slip_with_all_ways_and_their_numbers_is_printed_on_each_decision(key: str) -> None:
    form = next(form for form in FORMS if form.key == key)
    shown = "".join(texts(tuple(form.blocks(None))))
    words = ("提出异议", "人民检察院", "12309", "投诉受理处", "法律援助", "12348")
    assert [word for word in words if word not in shown] == []
    assert ("提出异议的期限" in shown) == (not key.startswith(("positioning", "return")))


@pytest.mark.law("CCL-24", refused=True)
def test_no_form_asks_for_ethnicity_religion_or_opinion() -> None:
    labels = {text for form in FORMS for text in texts(tuple(form.blocks(None)))}
    assert not {"民族", "宗教", "宗教信仰", "政治面貌"} & labels
