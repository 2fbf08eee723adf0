"""Each kind of decision stands on its own grounds and is for its own categories."""

from datetime import date

import pytest

from corrections.decisions import DecisionGround, DecisionKind, commendation_from, kind_gap, rests_on_gap

K, G = DecisionKind, DecisionGround


@pytest.mark.parametrize(
    ("kind", "ground", "category"),
    [
        (K.COMMENDATION, G.GOOD_CONDUCT, "01"),
        (K.COMMENDATION, G.DEED, "01"),
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
        (K.COMMENDATION, G.LIGHT_BREACH, "01", "ground_not_of_kind"),
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


@pytest.mark.parametrize(
    ("received_on", "first"),
    [(date(2026, 3, 2), date(2026, 9, 2)), (date(2026, 8, 31), date(2027, 2, 28))],
)
def test_good_conduct_may_be_commended_from_the_same_day_six_months_on(
    received_on: date, first: date
) -> None:
    assert commendation_from(received_on, 6) == first


@pytest.mark.law("CCL-X1", "CCL-X2", refused="too")
@pytest.mark.parametrize(
    ("ground", "named", "gap"),
    [
        (G.TWO_ADMONITIONS, [K.ADMONITION, K.ADMONITION], None),
        (G.TWO_ADMONITIONS, [K.ADMONITION, K.WARNING], "ground_needs_records"),
        (G.TWO_WARNINGS, [K.WARNING], "ground_needs_records"),
        (G.AFTER_PENALTY, [], "ground_needs_records"),
        (G.LIGHT_BREACH, [], None),
    ],
)
def test_a_ground_that_counts_decisions_names_them(ground: G, named: list[K], gap: str | None) -> None:
    assert rests_on_gap(ground, named) == gap


@pytest.mark.law("CCL-X1", refused="too")
@pytest.mark.parametrize("ground", [G.INJUNCTION_SERIOUS, G.AFTER_PENALTY])
def test_parole_is_not_revoked_for_what_it_does_not_know(ground: G) -> None:
    assert kind_gap(K.REVOKE_PAROLE, ground, ["03"]) == "ground_not_of_kind"
