"""The generated documents: what they show comes from the code."""

from pathlib import Path

from backend import docs_pages
from kernel.transitions import StateTable, Transition


def test_a_diagram_is_filled_from_its_table() -> None:
    StateTable("docs test", initial="a", transitions=[Transition("a", "go", "b")], terminal=["b"])
    page = docs_pages.with_diagrams("x\n<!-- states: docs test -->\nold\n<!-- /states -->\ny\n")
    assert "old" not in page
    assert "    a --> b: go\n" in page


def test_law_marks_of_tests_are_read_from_the_source(tmp_path: Path) -> None:
    source = 'import pytest\n@pytest.mark.law("CCL-2", "EF-9")\ndef test_x() -> None: ...\n'
    (tmp_path / "test_a.py").write_text(source)
    assert docs_pages.test_marks(tmp_path) == [("CCL-2", "test_a::test_x"), ("EF-9", "test_a::test_x")]


def test_the_law_page_names_rule_and_proof() -> None:
    page = docs_pages.law_page([docs_pages.TestMark("CCL-2", "kernel/test_x::test_y")])
    [row] = [line for line in page.splitlines() if line.startswith("| CCL-2 |")]
    assert "Four categories only" in row
    assert "`kernel/test_x::test_y`" in row


def test_every_setting_stands_on_the_page() -> None:
    assert "| `AUDIT_RETENTION_DAYS` | `1095` | days |" in docs_pages.settings_page()
