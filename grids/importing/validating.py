"""Whether shapes of one level fit together and fill what is above them: no overlap, no gap (GR-3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from grids.codes import household_warning
from kernel.law import law

# Degrees: a strip of two centimetres along a border is two roundings of the same line.
STRIP = 2e-7
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Piece:
    """One shape with its code and the code of what it must lie in."""

    code: str
    parent: str
    shape: shapely.Geometry
    households: int | None = None


@dataclass(slots=True)
class Findings:
    """`errors` forbid publishing, `warnings` do not."""

    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, list[str]]:
        """For the release: the first of each sort, and how many there were."""
        shown = {"errors": self.errors[:SHOWN], "warnings": self.warnings[:SHOWN]}
        for name, texts in (("errors", self.errors), ("warnings", self.warnings)):
            if len(texts) > SHOWN:
                shown[name] = [*shown[name], f"… {len(texts) - SHOWN} more"]
        return shown


@law("GR-3")
def validate(pieces: Sequence[Piece], parents: Mapping[str, shapely.Geometry]) -> Findings:
    """Overlaps, and gaps or excess against each parent whose shape is known."""
    findings = Findings()
    for piece, other in _overlaps(pieces):
        findings.errors.append(f"{piece} and {other} overlap or do not share their vertices")
    children: dict[str, list[shapely.Geometry]] = {}
    for entry in pieces:
        children.setdefault(entry.parent, []).append(entry.shape)
        if warning := household_warning(entry.households):
            findings.warnings.append(f"{entry.code}: {warning}")
    for parent, shapes in sorted(children.items()):
        if parent in parents:
            _compare(findings, parent, parents[parent], shapely.union_all(shapes))
        else:
            findings.warnings.append(f"{parent}: no shape to compare with")
    return findings


def _overlaps(pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """Pairs of codes whose shapes break the coverage."""
    shapes = np.array([piece.shape for piece in pieces], dtype=object)
    if shapely.coverage_is_valid(shapes):
        return []
    bad = shapely.coverage_invalid_edges(shapes)
    rows = [row for row, edges in enumerate(bad) if edges is not None and not edges.is_empty]
    tree = shapely.STRtree(shapes[rows])
    left, right = tree.query(bad[rows], predicate="intersects")
    pairs = {tuple(sorted((rows[a], rows[b]))) for a, b in zip(left, right, strict=True) if a != b}
    return sorted((pieces[a].code, pieces[b].code) for a, b in pairs)


def _compare(findings: Findings, code: str, parent: shapely.Geometry, union: shapely.Geometry) -> None:
    gap = parent.difference(union).area
    excess = union.difference(parent).area
    sliver = parent.length * STRIP
    if gap > sliver:
        findings.errors.append(f"{code}: a gap of {gap:.3g} square degrees is in none of its parts")
    if excess > sliver:
        findings.errors.append(f"{code}: its parts reach {excess:.3g} square degrees beyond it")
