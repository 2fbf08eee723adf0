"""What stands in which copy, what a file must have, and how long it is kept: rules without a database."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from edge.documents.model import Fields, Table, texts
from kernel.codes.law import ResolutionMethod
from kernel.written import day
from mediation.channels import Part
from mediation.papers import checklist
from mediation.papers.kinds import contents, is_in
from mediation.papers.opening import boxes
from mediation.papers.register import FORMS
from mediation.papers.retention import Retention, retention_class
from mediation.papers.source import Agreed, Attached, CaseFile, Duty, MarkMade, Person, Sitting, Told
from mediation.visibility import CopyKind, DocumentKind, Visibility

A, B = uuid4(), uuid4()
TODAY = date(2026, 3, 2)
PEOPLE = (Person("a", name="张三", id_number="1"), Person("b", name="李四", id_number="2"))
WHOLE = CaseFile(
    committee="某街道人民调解委员会",
    number="（2026）1人调字第1号",
    accepted_on=TODAY,
    parties=PEOPLE,
    notices=(Told("a", "张三", TODAY, "宣读"), Told("b", "李四", TODAY, "宣读")),
    sittings=(Sitting("s", "共同", "上午", "一室", "王调解", minutes=("笔录",)),),
    agreements=(Agreed("g", terms="修好", duties=(Duty("李四", "张三", "修", "", TODAY, "待履行"),)),),
)


@pytest.mark.parametrize("kind", CopyKind.values())
@pytest.mark.parametrize("party", [None, A, B])
def test_what_mediators_keep_to_themselves_is_in_no_copy(kind: str, party: Any) -> None:
    held = contents(kind, party=A, parts=Part)
    assert not is_in(held, visibility=Visibility.MEDIATORS, party=party)


@pytest.mark.parametrize(
    ("kind", "of_a", "of_b", "of_centre"),
    [
        ("committee", True, True, True), ("party", True, False, False),
        ("court", False, False, False), ("transfer", True, False, False),
    ],
)  # fmt: skip
def test_what_one_party_gave_and_what_the_centre_keeps(
    kind: str, of_a: bool, of_b: bool, of_centre: bool
) -> None:
    held = contents(kind, party=None if kind in ("committee", "court") else A, parts=Part)
    shown = [
        is_in(held, visibility=Visibility.ONE_PARTY, party=A),
        is_in(held, visibility=Visibility.ONE_PARTY, party=B),
        is_in(held, visibility=Visibility.CENTRE, party=None),
    ]
    assert shown == [of_a, of_b, of_centre]


@pytest.mark.law("PM-33d", refused="too")
def test_the_court_gets_the_papers_of_its_list_alone() -> None:
    held = contents("court")
    given = {kind for kind in DocumentKind if is_in(held, visibility="all_parties", party=None, kind=kind)}
    assert given == {"confirmation", "agreement", "identity", "evidence"}
    assert not is_in(held, visibility="one_party", party=A, kind="evidence")
    assert "session_record" not in held.papers


@pytest.mark.law("PM-F1")
def test_there_are_thirteen_items_and_a_whole_file_lacks_none() -> None:
    assert len(checklist.items(WHOLE)) == 13
    assert checklist.missing(WHOLE) == []


@pytest.mark.law("PM-F1")
@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"notices": WHOLE.notices[:1]}, ["rights_notice"]),
        ({"sittings": ()}, ["mediation_record"]),
        ({"parties": (PEOPLE[0], replace(PEOPLE[1], id_number=""))}, ["identity"]),
        ({"parties": (PEOPLE[0], replace(PEOPLE[1], acted_by="代理人王五"))}, ["mandate"]),
        ({"confirmation": "已申请"}, ["confirmation"]),
        ({"unscanned_marks": 2}, ["agreement_scans"]),
        ({"accepted_on": None, "sittings": ()}, ["application"]),
    ],
)
def test_what_must_be_there_and_is_not_is_named(change: dict[str, Any], lacks: list[str]) -> None:
    assert checklist.missing(replace(WHOLE, **change)) == lacks


def test_a_paper_that_was_handed_in_stands_for_its_item() -> None:
    paper = Attached("p", "mediation_record", "手写笔录")
    assert checklist.missing(replace(WHOLE, sittings=(), attached=(paper,))) == []


@pytest.mark.law("PM-F5")
@pytest.mark.parametrize(
    ("category", "parties", "kept"),
    [
        ("02", 2, Retention.SHORT), ("03", 2, Retention.LONG), ("02", 10, Retention.LONG),
        ("08", 12, Retention.PERMANENT),
    ],
)  # fmt: skip
def test_how_long_a_file_is_kept(category: str, parties: int, kept: Retention) -> None:
    asked = {"usual": "short", "long": ["03"], "permanent": ["08"], "many": 10}
    assert retention_class(category, parties, **asked) == kept


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_a_filled_form_has_every_line_of_its_blank(form: Any) -> None:
    def labels(blocks: Any) -> list[str]:
        found = [row.label for block in blocks if isinstance(block, Fields) for row in block.rows]
        return found + [word for block in blocks if isinstance(block, Table) for word in block.head]

    blank, filled = form.blocks(None), form.blocks(WHOLE)
    assert set(labels(blank)) <= set(labels(filled)) | {"见证人", "签署人"}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_a_blank_names_nobody(form: Any) -> None:
    assert not {"张三", "李四"} & set(texts(tuple(form.blocks(None))))


def test_dates_and_boxes_are_written_as_on_paper() -> None:
    assert (day(TODAY), day(None)) == ("2026年3月2日", "")
    assert boxes(("同意", "不同意"), ["同意"]) == "■同意　□不同意"


def words_of(key: str, source: CaseFile | None = None) -> str:
    form = next(form for form in FORMS if form.key == key)
    return "".join(texts(tuple(form.blocks(source))))


@pytest.mark.law("PM-30b", "PM-23")
def test_the_rights_notice_tells_nature_principles_rights_duties_and_effect() -> None:
    told = words_of("rights_notice")
    needed = (
        "性质和原则",
        "拒绝调解",
        "随时要求终止",
        "公开进行",
        "义务",
        "约束力",
        "三十日内",
        "不收取任何费用",
    )
    assert [text for text in needed if text not in told] == []


@pytest.mark.law("PM-LIM")
def test_the_receipt_says_when_it_was_asked_and_that_it_counts() -> None:
    told = words_of("receipt", replace(WHOLE, received_on=TODAY))
    assert ("2026年3月2日" in told, "诉讼时效" in told, "口头" in told) == (True, True, True)


@pytest.mark.law("PM-26", "PM-3")
def test_an_end_without_agreement_names_every_other_way() -> None:
    told = words_of("ways_notice", replace(WHOLE, end_reason="未达成协议"))
    assert [way.zh for way in ResolutionMethod if way.zh not in told] == []


@pytest.mark.law("PM-29")
def test_an_agreement_shows_each_mark_with_the_day_on_which_it_was_made() -> None:
    marks = (MarkMade("当事人李四", "按指印", TODAY, "见证人王五"),)
    agreed = replace(WHOLE.agreements[0], marks=marks, effective_on=TODAY)
    told = words_of("agreement", replace(WHOLE, agreements=(agreed,)))
    assert ("当事人李四按指印2026年3月2日见证人王五" in told, "生效日期2026年3月2日" in told) == (True, True)


@pytest.mark.law("PM-30")
def test_an_oral_agreement_is_of_the_day_on_which_it_was_reached() -> None:
    spoken = Agreed("o", oral=True, terms="当场道歉", oral_on=TODAY)
    told = words_of("oral_agreement", replace(WHOLE, agreements=(spoken,)))
    assert ("达成日期（即生效日期）2026年3月2日" in told, "当场道歉" in told) == (True, True)


@pytest.mark.law("PM-4", "MN-12", refused=True)
def test_no_paper_has_a_line_for_a_fee() -> None:
    for form in FORMS:
        assert not {"收费", "费用", "缴费"} & set(texts(tuple(form.blocks(None))))
