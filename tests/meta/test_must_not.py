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

from escalation.vocabulary import EVENTS, FACTS
from privacy.codes import RecipientKind
from sync.registry import kinds
from tests.meta.source import APPS, PACKAGES, ROOT, files, name

OLD_MEASURES = ("社区矫正人员", "家庭重大变故", "不得超过一个月", "三次警告", "三个工作日")
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
    written = [path for path in files(*PACKAGES) if path.name != "test_must_not.py"]
    written += [path for path in (ROOT / "docs").rglob("*.md")]
    found = [
        (name(path), word)
        for path in written
        for word in OLD_MEASURES
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
