"""The catalogue and the code tables."""

import pytest

from kernel import problems
from kernel.codes import content_hash, tables
from kernel.codes.law import CorrectionCategory, DangerSignCode


def test_a_code_is_defined_once() -> None:
    with pytest.raises(ValueError, match="defined twice"):
        problems.define("not_found", 404, "", "")


def test_a_problem_outside_the_catalogue_cannot_be_raised() -> None:
    with pytest.raises(KeyError):
        problems.Problem("no_such_code")


def test_every_problem_is_a_refusal_with_two_texts() -> None:
    for entry in problems.catalogue().values():
        assert 400 <= entry.status < 600
        assert entry.zh
        assert entry.en


@pytest.mark.law("CCL-2")
def test_there_are_four_correction_categories_and_no_other() -> None:
    assert CorrectionCategory.values() == ["01", "02", "03", "04"]
    with pytest.raises(ValueError, match="05"):
        CorrectionCategory("05")


@pytest.mark.law("EF-9")
def test_a_trait_of_a_person_is_not_a_sign() -> None:
    for word in ("ill", "drunkard", "divorced", "petitioner", "unemployed"):
        with pytest.raises(ValueError, match=word):
            DangerSignCode(word)


def test_every_entry_has_a_chinese_and_an_english_text() -> None:
    assert all(member.zh and member.en for table in tables().values() for member in table)


def test_the_hash_covers_the_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = content_hash()
    monkeypatch.setattr(DangerSignCode.THREAT, "zh", "其他")
    assert content_hash() != before
