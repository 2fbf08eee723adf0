"""The order and the roles of the worklist."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from kernel.actor import Actor
from kernel.codes.roles import Role
from tasks import worklist
from tasks.worklist import Section, SectionKind, WorklistItem

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
CLERK = Actor(uuid4(), Role.CENTRE_CLERK)


def item(number: int, due: datetime | None = None) -> WorklistItem:
    return WorklistItem("thing", UUID(int=number), f"事项 {number}", f"thing {number}", due_at=due, since=NOW)


def section(code: str, kind: SectionKind, *items: WorklistItem, role: Role = Role.CENTRE_CLERK) -> Section:
    return Section(code, kind, code, code, frozenset({role}), lambda _actor, _now: items)


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "_sections", {})


def test_danger_stands_first_whatever_was_registered_first() -> None:
    worklist.register(section("b", SectionKind.TO_DO, item(1)))
    worklist.register(section("a", SectionKind.DANGER, item(2)))
    assert [filled.section.code for filled in worklist.worklist(CLERK, NOW)] == ["a", "b"]


def test_a_section_of_another_role_is_not_asked() -> None:
    worklist.register(section("a", SectionKind.DANGER, item(1), role=Role.CENTRE_DIRECTOR))
    assert worklist.worklist(CLERK, NOW) == []


def test_lines_stand_by_due_time_and_those_without_one_last() -> None:
    later, sooner = NOW + timedelta(hours=2), NOW + timedelta(hours=1)
    worklist.register(section("a", SectionKind.TO_DO, item(3), item(1, later), item(2, sooner)))
    (filled,) = worklist.worklist(CLERK, NOW)
    assert [line.subject_id.int for line in filled.items] == [2, 1, 3]


def test_a_code_is_registered_once() -> None:
    worklist.register(section("a", SectionKind.TO_DO))
    with pytest.raises(ValueError, match="twice"):
        worklist.register(section("a", SectionKind.TO_DO))


def test_a_long_section_says_how_much_it_holds() -> None:
    worklist.register(section("a", SectionKind.TO_DO, *map(item, range(worklist.SECTION_ROWS_MAX + 5))))
    (filled,) = worklist.worklist(CLERK, NOW)
    assert (filled.count, len(filled.items)) == (worklist.SECTION_ROWS_MAX + 5, worklist.SECTION_ROWS_MAX)
