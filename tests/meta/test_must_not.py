"""What must not be done and would show as a name: in the answers and questions of the API, in columns, in the
vocabulary of rules, in the lists of who is given something, in the words of source and documents.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.contrib.gis.db.models import GeometryField

from edge.conf import all_settings
from escalation.vocabulary import EVENTS, FACTS
from mediation.channels.table import TABLE
from privacy.codes import RecipientKind
from sync.registry import kinds
from tests.meta.source import APPS, PACKAGES, ROOT, files, name

OLD_MEASURES = ("社区矫正人员", "家庭重大变故", "不得超过一个月", "三次警告", "三个工作日")
OLD_NUMBERS = re.compile(
    r"社区矫正实施办法"  # of 2012; that of 2020 is the 社区矫正法实施办法
    r"|每月[^。]{0,12}(八|8)\s*(个)?小时"
    r"|\b100\s*(-|\u2013|to|至|,)\s*70[01]\b|一百户至七百户"
    r"|(撤销|set[- ]aside)[^。|\n]{0,30}(六个月|6 months|six months)"
)
FORBIDS = re.compile(r"(\| )?MN-22\b")
POLICE_ARTICLES = {"9", "72(4)", "136"}
"""Of the 治安管理处罚法 in force since 2026: what may be cited."""
POLICE_LAW = re.compile(
    r"治安管理处罚法[》\s]*(?:\([^)]*\)\s*)?(?:art |第)?(\d+(?:\(\d+\))?|[一二三四五六七八九十百]+(?=条))"
)
OF_2020 = {
    "ASSESSMENT_FAST_WORKING_DAYS": ("CCM-14", 5), "ASSESSMENT_WORKING_DAYS": ("CCM-14", 10),
    "COMMENDATION_MONTHS": ("CCM-33", 6), "CORRECTION_CLASSES": ("CCM-21", ""),
    "DETENTION_TELL_DAYS": ("CCM-41", 3),
    "HEALTH_REPORT_MONTHS": ("CCM-24b", 1), "LEAVE_AGENCY_DAYS": ("CCM-27c", 30),
    "LEAVE_AHEAD_DAYS": ("CCM-27a", 3), "LEAVE_STATION_DAYS": ("CCM-27b", 7),
    "LEAVE_SUM_DAYS": ("CCM-27c", 30), "LEAVE_SUM_MONTHS": ("CCM-27c", 2),
    "LENGTHEN_CITY_MONTHS": ("CCM-24b", 1), "LENGTHEN_PROVINCE_MONTHS": ("CCM-24b", 3),
    "LOST_TELL_H": ("CCM-38", 24), "PERMIT_MONTHS": ("CCM-29", 6),
    "RECEIPT_DAYS": ("CCM-16", 5), "REVIEW_REPORT_MONTHS": ("CCM-24b", 3),
    "TRANSFER_AHEAD_MONTHS": ("CCM-30", 1), "TRANSFER_REPORT_DAYS": ("CCM-31", 7),
    "TRANSFER_STEP_DAYS": ("CCM-30", 5),
    "UNSUPERVISED_DAYS": ("CCM-34", 10),
}  # fmt: skip
WATCHES = {"watch_extended", "watch_over", "watch_until"}
"""A dispute (never a person) that the worker watches for two weeks at most."""


@cache
def _api_names() -> frozenset[str]:
    """Every property of every body and every parameter of the committed OpenAPI document."""
    document = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text(encoding="utf-8"))
    return frozenset(_names(document))


def _names(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        properties = part.get("properties")
        yield from properties if isinstance(properties, dict) else ()
        parameters = part.get("parameters")
        for parameter in parameters if isinstance(parameters, list) else ():
            yield parameter.get("name", "")
        for value in part.values():
            yield from _names(value)
    elif isinstance(part, list):
        for value in part:
            yield from _names(value)


def _columns() -> set[str]:
    models = [model for model in apps.get_models() if model._meta.app_label in APPS]
    return {field.name for model in models for field in model._meta.concrete_fields}


def _said(pattern: str, names: Any) -> list[str]:
    return sorted(word for word in names if re.search(pattern, word))


@pytest.mark.law("MN-9", refused=True)
def test_nobody_is_scored_or_ranked() -> None:
    pattern = r"(^|_)(score|rank|rating|trust|credit|reputation)(_|$)"
    assert _said(pattern, _api_names() | _columns()) == []


@pytest.mark.law("MN-9", "EF-7", refused=True)
def test_a_colour_is_a_disputes_and_never_a_persons() -> None:
    coloured = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name == "colour"
    }
    assert coloured == {"disputes.Dispute", "disputes.Screening"}


@pytest.mark.law("MN-10", refused=True)
def test_there_is_no_list_of_people_to_watch() -> None:
    pattern = r"watch|blacklist|key_person|key_people|(^|_)suspect(_|$)"
    assert set(_said(pattern, _api_names() | _columns())) <= WATCHES


@pytest.mark.law("MN-8", "MH-4", refused=True)
def test_belief_opinion_and_illness_are_no_filter_and_no_fact_of_a_rule() -> None:
    pattern = r"ethni|religi|belief|politic|party_member|mental|illness|disease|health"
    assert _said(pattern, set(FACTS) | _api_names()) == []


@pytest.mark.law("MN-15", "EF-8", refused=True)
def test_petition_complaint_and_assembly_are_no_fact_and_no_event_of_a_rule() -> None:
    pattern = r"petition|complain|assembl|critici|objection"
    assert _said(pattern, set(FACTS) | set(EVENTS)) == []


@pytest.mark.law("MN-15", refused=True)
def test_petitions_are_counted_nowhere() -> None:
    assert _said(r"petition", _api_names() | _columns()) == []


@pytest.mark.law("MN-16", "PI-26", refused=True)
def test_no_face_no_voice_no_camera() -> None:
    pattern = r"(^|_)(face|facial|voice\w*|fingerprint|biometric\w*|camera|cctv|video)(_|$)"
    assert _said(pattern, _api_names() | _columns()) == []
    pinned = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "requirements").glob("*.in"))
    assert not re.search(r"opencv|dlib|face|insight|whisper|vosk|speech", pinned)


@pytest.mark.law("MN-17", refused=True)
def test_nothing_is_photographed_on_a_visit() -> None:
    assert [kind.name for kind in kinds().values() if kind.takes_files] == ["screening"]


@pytest.mark.law("MN-21", refused=True)
def test_no_place_of_a_worker_is_kept() -> None:
    """A point stands on what a worker records while working, and on places; never on a person or a phone."""
    placed = {
        model._meta.label
        for model in apps.get_models()
        if any(isinstance(field, GeometryField) for field in model._meta.concrete_fields)
    }
    assert {label for label in placed if not label.startswith("grids.")} == {
        "corrections.VisitFix", "disputes.Screening",
    }  # fmt: skip


@pytest.mark.law("CCL-57", refused=True)
def test_nothing_goes_to_an_employer_a_school_or_the_public() -> None:
    assert set(RecipientKind.values()) == {
        "department", "court", "procuratorate", "police", "legal_aid", "arbitration", "notary",
        "correction_agency", "city", "civil_affairs", "education", "counterpart", "person", "lawful_query",
        "export",
    }  # fmt: skip


@pytest.mark.law("CZ-3", "PO-136", refused=True)
def test_no_column_of_the_exchange_standards_labels_and_no_history_of_penalties() -> None:
    pattern = r"sishi|sanshe|four_history|three_involve|penalt|police_record|criminal_record|reoffen"
    assert _said(pattern, _columns()) == []


@pytest.mark.law("MN-22", refused=True)
def test_no_word_of_the_repealed_measures_is_used() -> None:
    assert [(at, word) for at, line in _lines() for word in OLD_MEASURES if word in line] == []


@pytest.mark.law("MN-22", refused=True)
def test_no_number_of_the_repealed_law_is_written() -> None:
    """But in the row that forbids them."""
    old = [(at, line) for at, line in _lines() if OLD_NUMBERS.search(line)]
    assert [(at, line) for at, line in old if not FORBIDS.match(line)] == []
    assert {at for at, _ in old} == {"kernel/law_rows.tsv", "docs/law.md"}


@pytest.mark.parametrize(
    "old",
    [
        "《社区矫正实施办法》第十五条", "每月参加社区服务时间不少于八小时", "100-700 households",
        "range(100, 701)",
        "申请撤销裁决：六个月内", "set aside within 6 months",
    ],
)  # fmt: skip
def test_an_old_number_would_be_seen(old: str) -> None:
    assert OLD_NUMBERS.search(old)


@pytest.mark.law("MN-22", refused=True)
def test_numbers_of_the_implementing_measures_are_those_of_2020() -> None:
    """A new setting after them is entered here with its row of the law; one whose row sets no number is the
    district's own and cites none."""
    defined = all_settings().values()
    assert {one.name: (one.law, one.default) for one in defined if one.law.startswith("CCM-")} == OF_2020


@pytest.mark.law("MN-22", refused=True)
def test_an_award_is_set_aside_within_three_months() -> None:
    said = [term.text for way in TABLE.values() for term in way.terms if term.law == "AB-64/72/90"]
    assert said == ["收到裁决书之日起三个月内"]


@pytest.mark.law("MN-22", refused=True)
def test_the_police_law_is_cited_by_its_articles_of_2025() -> None:
    told = [line for _, line in _lines() if "治安管理处罚法" in line and not FORBIDS.match(line)]
    cited = {found for line in told for found in POLICE_LAW.findall(line)}
    assert cited == POLICE_ARTICLES
    assert POLICE_LAW.findall("《治安管理处罚法》第六十条、治安管理处罚法 (2012) art 60") == ["六十", "60"]


@cache
def _lines() -> tuple[tuple[str, str], ...]:
    """Every line of source, rows of law and documents, with its file."""
    tables = [path for package in PACKAGES for path in (ROOT / package).rglob("*.tsv")]
    paths = [*files(*PACKAGES), *tables, *(ROOT / "docs").rglob("*.md")]
    return tuple(
        (name(path), line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()
    )
