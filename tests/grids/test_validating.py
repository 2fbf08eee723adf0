"""What a validation report says: kind, row, code, metres, and where to look."""

from typing import Any

import numpy as np
import pytest
import shapely

from grids.faults import FaultKind, Severity, words
from grids.importing.picture import draw
from grids.importing.rows import Columns, Fault
from grids.importing.snapping import snap
from grids.importing.validating import Pieces, validate

PARENT, OTHER = "230103001001", "230103001002"
WEST, EAST = shapely.box(126.60, 45.70, 126.61, 45.71), shapely.box(126.61, 45.70, 126.62, 45.71)
OUTLINE = shapely.union_all([WEST, EAST])
METRE = 1.28e-5  # degrees of longitude here


def columns(*shapes: Any, households: int = 400) -> Columns:
    n = len(shapes)
    codes = [f"{PARENT}{serial:02d}" for serial in range(1, n + 1)]
    names = [f"网格{serial}" for serial in range(1, n + 1)]
    array = np.array(shapes, dtype=object)
    return Columns(list(range(1, n + 1)), codes, names, ["1"] * n, [households] * n, array)


def report(*shapes: Any, parents: dict[str, Any] | None = None, **more: Any) -> list[Fault]:
    rows = columns(*shapes, **more)
    return validate(Pieces(rows, [PARENT] * len(rows)), {PARENT: OUTLINE} if parents is None else parents)


def only(faults: list[Fault], kind: FaultKind) -> Fault:
    (fault,) = [fault for fault in faults if fault.kind is kind]
    return fault


def moved(metres: float) -> shapely.Geometry:
    """The eastern half with its western edge so many metres further east."""
    return shapely.box(126.61 + metres * METRE, 45.70, 126.62, 45.71)


def test_what_fits_has_no_finding() -> None:
    assert report(WEST, EAST) == []


def test_an_overlap_has_width_area_and_place() -> None:
    fault = only(report(WEST, moved(-50)), FaultKind.OVERLAP)
    assert (fault.row, fault.code, fault.facts["other"]) == (1, f"{PARENT}01", f"{PARENT}02")
    assert fault.facts["width"] == pytest.approx(48, abs=3)
    assert fault.geometry is not None
    assert fault.geometry.bounds == pytest.approx((126.61 - 50 * METRE, 45.70, 126.61, 45.71))


def test_a_grid_that_lies_within_another_one_is_an_overlap() -> None:
    inner = shapely.box(126.603, 45.703, 126.607, 45.707)
    fault = only(report(WEST, EAST, inner), FaultKind.OVERLAP)
    assert (fault.row, fault.facts["other"]) == (1, f"{PARENT}03")
    island = shapely.MultiPolygon([shapely.box(126.613, 45.703, 126.614, 45.704), inner])
    assert {one.row for one in report(WEST, EAST, island) if one.kind is FaultKind.OVERLAP} == {1, 2}


def test_two_grids_with_one_shape_overlap() -> None:
    assert only(report(WEST, EAST, EAST), FaultKind.OVERLAP).facts["other"] == f"{PARENT}03"


def test_a_gap_has_width_area_and_place() -> None:
    fault = only(report(WEST, moved(50)), FaultKind.GAP)
    assert (fault.code, fault.severity) == (PARENT, Severity.ERROR)
    assert fault.facts["area"] == pytest.approx(50 * 1112, rel=0.03)


@pytest.mark.parametrize("metres", [-0.4, 0.4])
def test_what_is_narrower_than_a_metre_is_a_sliver(metres: float) -> None:
    fault = only(report(WEST, moved(metres)), FaultKind.SLIVER)
    assert fault.facts["width"] == pytest.approx(0.4, abs=0.05)
    assert fault.geometry is not None


def test_what_reaches_beyond_its_parent_is_named() -> None:
    wide = shapely.box(126.61, 45.70, 126.63, 45.71)
    assert only(report(WEST, wide), FaultKind.BEYOND).row == 2


def test_a_grid_in_another_community_than_its_code_says_is_named() -> None:
    far = shapely.box(126.62, 45.70, 126.63, 45.71)
    faults = report(WEST, EAST, far, parents={PARENT: OUTLINE, OTHER: far})
    fault = only(faults, FaultKind.ELSEWHERE)
    assert (fault.row, fault.facts["inside"]) == (3, OTHER)


def test_borders_whose_corners_differ_are_an_error() -> None:
    corner = shapely.Polygon(
        [(126.61, 45.70), (126.62, 45.70), (126.62, 45.71), (126.61, 45.71), (126.61, 45.705)]
    )
    assert only(report(WEST, corner), FaultKind.NOT_NODED).severity is Severity.ERROR


def test_parts_holes_and_sizes_are_worth_a_look() -> None:
    holed = shapely.difference(WEST, shapely.box(126.603, 45.703, 126.604, 45.704))
    island = shapely.MultiPolygon([EAST, shapely.box(126.603, 45.703, 126.604, 45.704)])
    faults = report(holed, island, households=40)
    found = {fault.kind for fault in faults}
    assert found == {FaultKind.PARTS, FaultKind.HOLES, FaultKind.SIZE_HOUSEHOLDS}
    assert {fault.severity for fault in faults} == {Severity.WARNING}


def test_an_area_far_from_the_others_is_worth_a_look() -> None:
    crumb = shapely.box(126.61, 45.7, 126.6102, 45.7002)
    rest = shapely.Polygon(
        [(126.6102, 45.7), (126.62, 45.7), (126.62, 45.71), (126.61, 45.71), (126.61, 45.7002),
         (126.6102, 45.7002)]
    )  # fmt: skip
    assert only(report(WEST, rest, crumb), FaultKind.SIZE_AREA).row == 3


def test_without_the_shape_of_the_parent_only_holes_are_gaps_and_that_is_said() -> None:
    ring = shapely.difference(OUTLINE, shapely.box(126.605, 45.703, 126.606, 45.704))
    kinds = [fault.kind for fault in report(ring, parents={})]
    assert {FaultKind.NO_PARENT_SHAPE, FaultKind.GAP} <= set(kinds)


def test_every_kind_has_words_in_both_languages() -> None:
    facts = dict.fromkeys(
        ("why", "type", "most", "code", "first", "known", "above", "other", "area", "width", "inside",
         "parts", "holes", "households", "median", "assignments", "tolerance", "vertices", "moved",
             "day"), "x",
    )  # fmt: skip
    assert all("{" not in text for kind in FaultKind for text in words(kind, facts))


# Snapping


@pytest.mark.parametrize("metres", [-0.4, 0.4])
def test_snapping_closes_a_sliver_and_lists_the_change(metres: float) -> None:
    rows, notes = snap(columns(WEST, moved(metres)), 0.5)
    assert validate(Pieces(rows, [PARENT, PARENT]), {PARENT: OUTLINE}) == []
    (note,) = notes
    assert (note.row, note.kind, note.severity) == (2, FaultKind.SNAPPED, Severity.NOTE)
    assert note.facts["vertices"] == 2
    assert note.facts["moved"] == pytest.approx(0.4, abs=0.05)


def test_snapping_gives_a_neighbour_s_corner_to_the_edge_it_lies_on() -> None:
    low, high = shapely.box(126.61, 45.70, 126.62, 45.705), shapely.box(126.61, 45.705, 126.62, 45.71)
    rows, notes = snap(columns(WEST, low, high), 0.5)
    assert validate(Pieces(rows, [PARENT] * 3), {PARENT: shapely.union_all(rows.shapes)}) == []
    assert [note.row for note in notes] == [1]


NINE = [shapely.box(1266 + x, 457 + y, 1267 + x, 458 + y) for y in range(3) for x in range(3)]
SQUARES = [shapely.transform(square, lambda xy: np.round(xy / 10, 1)) for square in NINE]


def shifted(at: int) -> list[shapely.Geometry]:
    """Nine squares, one of them 30 cm further east."""
    there = shapely.transform(SQUARES[at], lambda xy: np.round(xy + np.array((0.3 * METRE, 0)), 7))
    return [there if number == at else square for number, square in enumerate(SQUARES)]


@pytest.mark.parametrize("at", [0, 1, 4, 8])
def test_snapping_closes_all_slivers_of_a_shifted_row(at: int) -> None:
    rows, _ = snap(columns(*shifted(at)), 0.5)
    outline = shapely.union_all(rows.shapes)
    assert [one for one in validate(Pieces(rows, [PARENT] * 9), {PARENT: outline}) if one.facts] == []


def test_a_shifted_row_goes_back_to_where_its_neighbours_meet() -> None:
    rows, notes = snap(columns(*shifted(4)), 0.5)
    assert shapely.equals(rows.shapes, np.array(SQUARES, dtype=object)).all()
    assert [(note.row, note.facts["vertices"]) for note in notes] == [(5, 4)]


def test_what_is_wider_than_the_tolerance_stays_as_it_is() -> None:
    before = columns(WEST, moved(2))
    rows, notes = snap(before, 0.5)
    assert notes == []
    assert shapely.equals_exact(rows.shapes, before.shapes).all()


@pytest.mark.parametrize("metres", [0, -1, 6, float("nan")])
def test_a_tolerance_that_would_move_real_borders_is_refused(metres: float) -> None:
    with pytest.raises(ValueError, match="tolerance"):
        snap(columns(WEST, EAST), metres)


def test_the_picture_is_a_png_also_of_nothing() -> None:
    assert draw([], []).startswith(b"\x89PNG")
    marks = [(fault.geometry, fault.severity, "1 overlap") for fault in report(WEST, moved(-50))]
    assert draw([WEST, EAST], marks).startswith(b"\x89PNG")
