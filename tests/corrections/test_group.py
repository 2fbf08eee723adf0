import pytest

from corrections.codes import MemberKind as K
from corrections.codes import Sex
from corrections.group import MemberFacts, group_gaps, masked

MAN = MemberFacts(K.OFFICER, Sex.MALE, knows_minors=False)
WOMAN = MemberFacts(K.SOCIAL_WORKER, Sex.FEMALE, knows_minors=False)
TEACHER = MemberFacts(K.SCHOOL, Sex.MALE, knows_minors=True)


@pytest.mark.law("CCL-25")
def test_a_womans_group_with_a_woman_is_complete() -> None:
    assert group_gaps([MAN, WOMAN], subject_sex=Sex.FEMALE, minors_rules=False) == []


@pytest.mark.law("CCL-25")
def test_a_womans_group_of_men_is_refused() -> None:
    found = group_gaps([MAN, TEACHER], subject_sex=Sex.FEMALE, minors_rules=False)
    assert found == ["group_without_woman"]


def test_a_group_needs_an_officer() -> None:
    assert group_gaps([WOMAN], subject_sex=Sex.MALE, minors_rules=False) == ["group_without_officer"]


@pytest.mark.law("CCL-52")
def test_a_minors_group_with_somebody_who_knows_minors_is_complete() -> None:
    assert group_gaps([MAN, TEACHER], subject_sex=Sex.MALE, minors_rules=True) == []


@pytest.mark.law("MN-7")
@pytest.mark.law("CCL-52")
def test_a_minors_group_without_is_refused() -> None:
    found = group_gaps([MAN], subject_sex=Sex.MALE, minors_rules=True)
    assert found == ["group_without_minors_expert"]


@pytest.mark.law("MI-103")
@pytest.mark.law("CCL-54")
@pytest.mark.parametrize(("name", "shown"), [("王小明", "王**"), ("李", "李*"), ("", "*")])
def test_a_masked_name_shows_its_first_character(name: str, shown: str) -> None:
    assert masked(name) == shown
