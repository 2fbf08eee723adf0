"""The table of the law: what it shows comes from the marks, and what is missing is said."""

import ast
from pathlib import Path

import pytest

from backend import law_pages
from backend.docs_pages import import_everything
from backend.law_pages import LawLine, LawTest, faces_shown, law_gaps, law_page, law_tests
from kernel.law_rows import LAW_ROWS, REASONS, Face
from tests.meta.source import ROOT

ACCEPTED: frozenset[Face] = frozenset({"accepted"})
REFUSED: frozenset[Face] = frozenset({"refused"})
BOTH = ACCEPTED | REFUSED


def _test(body: str) -> ast.FunctionDef:
    node = ast.parse(f"def test_x():\n    {body}\n").body[0]
    assert isinstance(node, ast.FunctionDef)
    return node


def test_marks_are_read_from_the_source(tmp_path: Path) -> None:
    source = 'import pytest\n@pytest.mark.law("CCL-2", "EF-9")\ndef test_x() -> None: ...\n'
    (tmp_path / "test_a.py").write_text(source)
    found = [("CCL-2", "test_a::test_x", ACCEPTED), ("EF-9", "test_a::test_x", ACCEPTED)]
    assert law_tests(tmp_path) == found


def test_a_mark_on_a_set_of_parameters_counts(tmp_path: Path) -> None:
    sets = '[pytest.param(1, marks=pytest.mark.law("C-6"))]'
    (tmp_path / "test_a.py").write_text(f'@pytest.mark.parametrize("x", {sets})\ndef test_x(x): ...\n')
    (tmp_path / "test_b.py").write_text(f'X = {sets}\n@pytest.mark.parametrize("x", X)\ndef test_y(x): ...\n')
    found = [("C-6", "test_a::test_x", ACCEPTED), ("C-6", "test_b::test_y", ACCEPTED)]
    assert law_tests(tmp_path) == found


@pytest.mark.parametrize(("said", "faces"), [("True", REFUSED), ("False", ACCEPTED), ("'too'", BOTH)])
def test_a_mark_may_say_what_its_test_shows(tmp_path: Path, said: str, faces: frozenset[Face]) -> None:
    source = f'@pytest.mark.law("CCL-2", refused={said})\ndef test_x(): ...\n'
    (tmp_path / "test_a.py").write_text(source)
    assert law_tests(tmp_path) == [("CCL-2", "test_a::test_x", faces)]


@pytest.mark.parametrize(
    "body",
    [
        "with pytest.raises(Problem): act()",
        "assert client.get(url).status_code == 404",
        "assert client.get(url).status_code in {403, 404}",
        "assert post(url).json()['code'] == 'role_not_allowed'",
        "assert refused_with(act) == 'x'",
    ],
)
def test_a_refusal_is_seen_in_the_body(body: str) -> None:
    assert faces_shown(_test(body)) == REFUSED


def test_a_lawful_no_is_no_refusal_of_the_software() -> None:
    assert faces_shown(_test("party_refuse(case)\n    assert case.state == 'refused'")) == ACCEPTED


def test_one_test_may_show_both() -> None:
    body = "assert a().status_code == 200\n    assert b().status_code == 403"
    assert faces_shown(_test(body)) == BOTH


def test_the_page_names_rule_and_proof() -> None:
    page = law_page([LawTest("CCL-2", "kernel/test_x::test_y", ACCEPTED)])
    [row] = [line for line in page.splitlines() if line.startswith("| CCL-2 |")]
    assert "Four categories only" in row
    assert "`kernel/test_x::test_y` |  |" in row


def test_every_row_stands_on_the_page_as_it_is_cited() -> None:
    rows = [line.split(" | ")[0].removeprefix("| ") for line in law_page([]).splitlines()]
    assert set(rows) >= {row.id for row in LAW_ROWS.values()}
    assert "DV-23/28" in rows


def test_a_part_of_a_row_counts_for_the_row() -> None:
    gaps = law_gaps([LawTest("DV-23", "a::b", ACCEPTED | REFUSED)])
    assert not [gap for gap in gaps if gap.startswith("DV-23/28") and "code" not in gap]


def test_a_row_without_proof_is_a_gap() -> None:
    assert "CCL-2: no refused" in law_gaps([LawTest("CCL-2", "a::b", ACCEPTED)])


def test_a_reason_that_is_not_true_any_more_is_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law_pages, "REASONS", {"CCL-2": {"refused": "nothing can be refused"}})
    line = LawLine(LAW_ROWS["CCL-2"], ["f"], ["a::b"], ["a::c"])
    assert line.gaps() == ["CCL-2: refused has a reason and a::c"]


def test_what_must_not_be_done_owes_only_the_test_that_it_is_not() -> None:
    assert LawLine(LAW_ROWS["MN-9"], refused=["a::b"]).gaps() == []


def test_reasons_name_rows_that_exist() -> None:
    assert set(REASONS) <= {row.id for row in LAW_ROWS.values()}
    assert all(reason for faces in REASONS.values() for reason in faces.values())


@pytest.mark.django_db  # the server's module looks at the database when it is imported
def test_every_row_of_the_law_is_proved_or_says_why_not() -> None:
    import_everything()
    assert law_gaps(law_tests(ROOT / "tests")) == []
