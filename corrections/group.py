"""What a correction group must hold before it works and after each change (CCL-25, CCL-52)."""

from collections.abc import Sequence
from dataclasses import dataclass

from corrections.codes import MemberKind, Sex
from kernel.law import law
from kernel.text import clean


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """What matters of one member for the group's composition."""

    kind: MemberKind
    sex: Sex
    knows_minors: bool


@law("CCL-25", "CCL-52")
def group_gaps(members: Sequence[MemberFacts], *, subject_sex: Sex, minors_rules: bool) -> list[str]:
    """Codes of what the group lacks; empty when it may be (or stay) active."""
    gaps = []
    if not any(member.kind == MemberKind.OFFICER for member in members):
        gaps.append("group_without_officer")
    if subject_sex == Sex.FEMALE and not any(member.sex == Sex.FEMALE for member in members):
        gaps.append("group_without_woman")
    if minors_rules and not any(member.knows_minors for member in members):
        gaps.append("group_without_minors_expert")
    return gaps


@law("CCL-54", "MI-103")
def masked(name: str) -> str:
    """A name of which only the first character is shown."""
    plain = clean(name) or ""
    return plain[:1] + "*" * max(len(plain) - 1, 1)
