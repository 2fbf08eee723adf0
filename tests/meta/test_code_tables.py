"""The closed code tables of the law: the codes that are taken, and one beside them that is not."""

import pytest

from corrections.codes import HelpMeasure
from corrections.decisions import DecisionKind
from corrections.ends import EndReason
from corrections.leave_codes import LeaveReason, LeaveState
from corrections.positioning import PositioningGround
from corrections.reception_codes import ReceptionPlace
from kernel.codes import CodeTable
from kernel.codes.law import (
    AreaLevel,
    Colour,
    ContactForm,
    CorrectionCategory,
    DisputeCategory,
    DisputeScale,
    DisputeSource,
    GridType,
    ResolutionMethod,
)
from mediation.agreement import AgreementState
from mediation.confirmation import ConfirmationState

TABLES = [
    pytest.param(CorrectionCategory, "01 02 03 04", "05", marks=pytest.mark.law("C-1", refused="too")),
    pytest.param(
        DisputeCategory, "01 02 03 04 05 06 07 08 09 10a 10b 11 12a 12b 13 14 15 99", "16",
        marks=pytest.mark.law("C-2", refused="too"),
    ),
    pytest.param(
        DisputeSource, "1 2 3 4 5 6 7 8 9", "10", marks=pytest.mark.law("C-3", "PM-F4", refused="too")
    ),
    pytest.param(DisputeScale, "01 02 03", "04", marks=pytest.mark.law("C-4", refused="too")),
    pytest.param(
        ResolutionMethod, "01 02 03 04 05 06 07 08 09 10 11 12 13 99", "14",
        marks=pytest.mark.law("C-5", refused="too"),
    ),
    pytest.param(LeaveReason, "1 2 3 4 5 9", "6", marks=pytest.mark.law("C-6", "CCM-26a", refused="too")),
    pytest.param(
        LeaveState,
        "draft submitted verifying returned_for_papers with_city approved refused objected upheld withdrawn "
        "not_used active extended ordered_back overdue under_review closed closed_late ended",
        "expired", marks=pytest.mark.law("C-7", refused="too"),
    ),
    pytest.param(
        DecisionKind,
        "commendation admonition warning penalty revoke_suspension revoke_parole imprison commute",
        "detention", marks=pytest.mark.law("C-8", refused="too"),
    ),
    pytest.param(
        EndReason, "term_over pardon suspension_revoked parole_revoked imprisoned death", "transferred",
        marks=pytest.mark.law("C-9", refused="too"),
    ),
    pytest.param(ContactForm, "1 2 3 4 5", "6", marks=pytest.mark.law("C-10", refused="too")),
    pytest.param(
        PositioningGround, "EM1 EM2 EM3 EM4 EM5", "EM6", marks=pytest.mark.law("C-11", refused="too")
    ),
    pytest.param(GridType, "1 2 3", "4", marks=pytest.mark.law("C-12", "GR-9", refused="too")),
    pytest.param(Colour, "G Y O R", "B", marks=pytest.mark.law("C-13", refused="too")),
    pytest.param(
        ConfirmationState, "none offered filed valid rejected not_accepted withdrawn expired", "pending",
        marks=pytest.mark.law("C-14", refused="too"),
    ),
    pytest.param(
        AgreementState,
        "oral written effective performing performed breached amended set_aside not_concluded", "void",
        marks=pytest.mark.law("C-14", refused="too"),
    ),
    pytest.param(
        AreaLevel, "province city district street community", "grid",
        marks=pytest.mark.law("CZ-4", refused="too"),
    ),
    pytest.param(
        HelpMeasure, "employment study social_assistance legal_aid counselling family", "donation",
        marks=pytest.mark.law("CCL-43", refused="too"),
    ),
    pytest.param(
        ReceptionPlace, "office home", "workplace", marks=pytest.mark.law("CCM-17", refused="too")
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "codes", "other"), TABLES)
def test_a_code_table_is_closed(table: type[CodeTable], codes: str, other: str) -> None:
    assert [str(code.value) for code in table] == codes.split()
    with pytest.raises(ValueError, match=other):
        table(other)
