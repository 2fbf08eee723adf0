"""自查清单: what a procuratorate corrects, from records alone, for the agency and the procurator."""

from typing import Any

import pytest

from corrections.models import Subject
from tests.cast import Member
from tests.corrections.decided import complained
from tests.corrections.stage import ID_NUMBER, NAME, Case, days

pytestmark = pytest.mark.django_db
URL = "/api/v1/corrections/self-check"


def matters(member: Member) -> dict[str, list[tuple[str, str]]]:
    found = member.client.get(URL).json()["matters"]
    return {
        row["code"]: [(item["subject_kind"], item["subject_id"]) for item in row["items"]] for row in found
    }


@pytest.mark.law("CCL-X3", "CCL-8")
def test_agency_and_procurator_have_the_matters_of_the_rule_the_empty_ones_too(
    case: Case, agency: Member, procurator: Member
) -> None:
    assert list(matters(agency)) == [
        "informed", "leave", "out_of_sight", "sanctions", "objections", "release", "opinions",
    ]  # fmt: skip
    assert list(matters(procurator)) == [
        "informed", "leave", "out_of_sight", "sanctions", "objections", "complaints", "release", "opinions",
    ]  # fmt: skip


@pytest.mark.law("CCL-X3")
def test_whose_term_is_over_without_an_end_is_on_it_until_the_end_is_written_down(
    case: Case, clock: Any, procurator: Member
) -> None:
    last = Subject.objects.get(pk=case.subject.pk).ends_on
    assert last is not None
    clock.move(days((last - clock.at.date()).days + 2))
    assert ("subject", str(case.subject.pk)) in matters(procurator)["release"]


@pytest.mark.law("CCL-X3", "CCL-34b", refused="too")
def test_a_complaint_is_on_the_procurator_s_list_and_never_on_the_agency_s(
    case: Case, agency: Member, complaints: Member, procurator: Member
) -> None:
    row = complained(complaints, agency, id_number=ID_NUMBER)
    assert matters(procurator)["complaints"] == [("complaint", str(row.pk))]
    assert str(row.pk) not in agency.client.get(URL).content.decode()


@pytest.mark.law("CCL-X3", "MN-9", refused=True)
def test_nobody_else_has_it_and_no_line_names_or_scores_anybody(
    case: Case, agency: Member, officer: Member, bureau_head: Member, auditor: Member
) -> None:
    refused = [member.client.get(URL).status_code for member in (officer, bureau_head, auditor)]
    assert refused == [403, 403, 403]
    answer = agency.client.get(URL)
    assert NAME not in answer.content.decode()
    keys = {key for row in answer.json()["matters"] for item in row["items"] for key in item}
    assert keys <= {
        "subject_kind", "subject_id", "title", "title_en", "due_at", "since", "waiting_for", "marks",
    }  # fmt: skip


def test_it_is_printed(case: Case, agency: Member) -> None:
    answer = agency.client.get(f"{URL}/print?format=pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert agency.client.get(f"{URL}/print?format=exe").status_code == 400
