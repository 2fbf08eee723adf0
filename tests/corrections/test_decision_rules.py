"""Each kind of decision stands on its own grounds and is for its own categories."""

import pytest

from corrections.decisions import DecisionGround, DecisionKind, kind_gap

K, G = DecisionKind, DecisionGround


@pytest.mark.parametrize(
    ("kind", "ground", "category"),
    [
        pytest.param(K.COMMENDATION, G.GOOD_CONDUCT, "01", marks=pytest.mark.law("CCM-33")),
        pytest.param(K.COMMENDATION, G.DEED, "01", marks=pytest.mark.law("CCM-33")),
        pytest.param(K.ADMONITION, G.LATE_SHORT, "02", marks=pytest.mark.law("CCM-34")),
        pytest.param(K.WARNING, G.LATE_LONG, "02", marks=pytest.mark.law("CCM-35")),
        pytest.param(K.WARNING, G.TWO_ADMONITIONS, "02", marks=pytest.mark.law("CCM-35")),
        pytest.param(
            K.REVOKE_SUSPENSION, G.OVER_A_MONTH, "02", marks=pytest.mark.law("CCM-46/47/49", "CCL-46/48")
        ),
        pytest.param(
            K.REVOKE_PAROLE, G.TWO_WARNINGS, "03", marks=pytest.mark.law("CCM-46/47/49", "CCL-46/48")
        ),
        pytest.param(K.IMPRISON, G.NO_GUARANTOR, "04", marks=pytest.mark.law("CCL-49", "CCM-46/47/49")),
    ],
)
def test_a_kind_takes_its_own_grounds_and_categories(
    kind: DecisionKind, ground: DecisionGround, category: str
) -> None:
    assert kind_gap(kind, ground, [category]) is None


@pytest.mark.parametrize(
    ("kind", "ground", "category", "gap"),
    [
        pytest.param(
            K.COMMENDATION, G.LIGHT_BREACH, "01", "ground_not_of_kind",
            marks=pytest.mark.law("CCM-33", refused=True),
        ),
        pytest.param(
            K.ADMONITION, G.LATE_LONG, "02", "ground_not_of_kind",
            marks=pytest.mark.law("CCM-34", refused=True),
        ),
        pytest.param(
            K.WARNING, G.LATE_SHORT, "02", "ground_not_of_kind",
            marks=pytest.mark.law("CCM-35", refused=True),
        ),
        pytest.param(
            K.REVOKE_SUSPENSION, G.LATE_LONG, "02", "ground_not_of_kind",
            marks=pytest.mark.law("CCM-46/47/49", refused=True),
        ),
        pytest.param(
            K.REVOKE_SUSPENSION, G.OVER_A_MONTH, "03", "kind_not_of_category",
            marks=pytest.mark.law("CCL-46/48", refused=True),
        ),
        pytest.param(
            K.IMPRISON, G.NO_GUARANTOR, "02", "kind_not_of_category",
            marks=pytest.mark.law("CCL-49", refused=True),
        ),
    ],
)  # fmt: skip
def test_another_kind_s_ground_and_another_category_are_refused(
    kind: DecisionKind, ground: DecisionGround, category: str, gap: str
) -> None:
    assert kind_gap(kind, ground, [category]) == gap
