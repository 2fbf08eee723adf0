"""Where an edit belongs, and which fields clash: plain rules, no database."""

from uuid import UUID

import pytest

from sync.merge import Change, Edit, Place, Version, merge, place

A, B = UUID(int=1), UUID(int=2)


def placed(base_rev: int, seq: int, rev: int | None, *versions: Version, forced: bool = False) -> Place:
    edit = Edit(A, seq, base_rev, forced)
    return place(edit, rev=rev, versions=versions, waiting=[])


@pytest.mark.parametrize(
    ("base_rev", "versions", "expected"),
    [
        (2, [Version(1, A, 1, 0), Version(2, A, 2, 1)], Place.APPLY),
        (1, [Version(1, A, 1, 0), Version(2, A, 2, 1)], Place.APPLY),
        (1, [Version(1, A, 1, 0), Version(2, B, 2, 1)], Place.CLASH),
        (2, [Version(1, A, 1, 0), Version(2, B, 2, 1)], Place.APPLY),
        (3, [Version(1, A, 1, 0), Version(2, A, 2, 1)], Place.HOLD),
        (1, [Version(1, A, 1, 0), Version(2, A, 9, 3)], Place.LATE),
        (3, [Version(1, A, 1, 0), Version(2, A, 2, 2)], Place.APPLY),
        (3, [Version(1, A, 1, 0), Version(2, A, 2, 2), Version(3, B, 3, 2)], Place.CLASH),
    ],
)
def test_an_edit_has_one_place(base_rev: int, versions: list[Version], expected: Place) -> None:
    assert placed(base_rev, 5, max(version.rev for version in versions), *versions) == expected


def test_without_its_record_an_edit_waits_until_it_is_forced() -> None:
    assert [placed(1, 5, None), placed(1, 5, None, forced=True)] == [Place.HOLD, Place.APPLY]


def test_an_edit_waits_for_an_earlier_one_of_its_device_that_is_not_settled() -> None:
    edit, versions = Edit(A, 5, 1), [Version(1, A, 1, 0)]
    assert place(edit, rev=1, versions=versions, waiting=[(A, 4)]) == Place.HOLD
    assert place(edit, rev=1, versions=versions, waiting=[(A, 6), (B, 4)]) == Place.APPLY


def test_fields_merge_one_by_one() -> None:
    changes = [Change("brief", "theirs", 5, B), Change("scale", "2", 3, B), Change("level", "x", 6, B)]
    merged = merge({"brief": "mine", "scale": "1", "level": "x"}, base_rev=4, device=A, changes=changes)
    assert (merged.apply, merged.same, merged.clashes) == ({"scale": "1"}, ("level",), ("brief",))


def test_an_own_earlier_change_is_no_conflict() -> None:
    merged = merge({"brief": "second"}, base_rev=1, device=A, changes=[Change("brief", "first", 5, A)])
    assert merged.apply == {"brief": "second"}
