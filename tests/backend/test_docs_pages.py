"""The generated documents: what they show comes from the code."""

from backend import docs_pages
from kernel.transitions import StateTable, Transition


def test_a_diagram_is_filled_from_its_table() -> None:
    StateTable("docs test", initial="a", transitions=[Transition("a", "go", "b")], terminal=["b"])
    page = docs_pages.with_diagrams("x\n<!-- states: docs test -->\nold\n<!-- /states -->\ny\n")
    assert "old" not in page
    assert "    a --> b: go\n" in page


def test_every_setting_stands_on_the_page() -> None:
    assert "| `AUDIT_RETENTION_DAYS` | `1095` | days |" in docs_pages.settings_page()
