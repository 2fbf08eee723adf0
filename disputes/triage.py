"""What triage 分流 suggests, with its reasons: category, complexity, level, colour. A person sets them.

Complexity says who has to take part (EF-6), not how grave it is and nothing about a person; each rule stands
alone and names itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from disputes.codes import Complexity, LevelReason
from disputes.machine import rank
from kernel.codes.law import DisputeCategory, DisputeScale, HandlingLevel
from kernel.law import law

_ASK_OTHERS = frozenset(
    {
        LevelReason.LIFE_OR_LIMB, LevelReason.PROTECTED, LevelReason.RESTRICTED, LevelReason.THREE_PARTIES,
        LevelReason.TWO_COMMUNITIES,
    }
)  # fmt: skip
_NEEDS_DEPARTMENTS = frozenset(
    {DisputeCategory.FOREST_LAND, DisputeCategory.EXPROPRIATION, DisputeCategory.POLLUTION}
)
MANY_PARTIES = 3
TWO_COMMUNITIES = 2
TEXTS: Mapping[str, tuple[str, str]] = {
    "ordinary": ("一般纠纷", "an ordinary quarrel"),
    "departments": ("涉及多个部门的类别", "a category that departments take part in"),
    "many_people": ("群体性", "a group of people"),
    "major_group": ("重大群体性", "a large group of people"),
    **{reason.value: (reason.zh, reason.en) for reason in _ASK_OTHERS},
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the suggestion looks at. `parties` counts sides; `suggested`: the colour of the screenings."""

    category: str
    scale: str
    level: str
    level_reasons: tuple[str, ...]
    parties: int
    communities: int
    hidden: bool
    suggested: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    category: str
    complexity: Complexity
    level: HandlingLevel
    colour: str
    reasons: tuple[str, ...]


@law("EF-6")
def suggest(known: Known, levels: Mapping[str, str]) -> Suggestion:
    """`levels`: complexity → level, the district's setting. A level is never suggested below the present one:
    handing back is a person's own act."""
    hard = [name for holds, name in _hard(known) if holds]
    complex_ = [name for holds, name in _complex(known) if holds]
    complexity = Complexity.HARD if hard else Complexity.COMPLEX if complex_ else Complexity.SIMPLE
    meant = HandlingLevel(levels[complexity])
    level = meant if complexity != Complexity.SIMPLE else HandlingLevel(known.level)
    if known.hidden and rank(level) < rank(HandlingLevel.STREET):
        level = HandlingLevel.STREET
    level = max(level, HandlingLevel(known.level), key=rank)
    return Suggestion(known.category, complexity, level, known.suggested, (*hard, *complex_) or ("ordinary",))


def _hard(known: Known) -> list[tuple[bool, str]]:
    return [
        (known.scale == DisputeScale.MAJOR_GROUP, "major_group"),
        (
            known.category in _NEEDS_DEPARTMENTS and known.scale != DisputeScale.INDIVIDUAL,
            "departments",
        ),
    ]


def _complex(known: Known) -> list[tuple[bool, str]]:
    asked = [(reason in known.level_reasons, reason.value) for reason in sorted(_ASK_OTHERS)]
    return [
        *asked,
        (
            known.parties >= MANY_PARTIES and LevelReason.THREE_PARTIES not in known.level_reasons,
            "three_parties",
        ),
        (
            known.communities >= TWO_COMMUNITIES and LevelReason.TWO_COMMUNITIES not in known.level_reasons,
            "two_communities",
        ),
        (known.scale == DisputeScale.GROUP, "many_people"),
        (known.category in _NEEDS_DEPARTMENTS and known.scale == DisputeScale.INDIVIDUAL, "departments"),
    ]


def read_levels(text: str) -> dict[str, str]:
    """`"simple=community complex=street hard=district"` → level by complexity; every one is named."""
    pairs = dict(part.split("=", 1) for part in text.split() if "=" in part)
    if pairs.keys() != set(Complexity.values()) or not set(pairs.values()) <= set(HandlingLevel.values()):
        raise ValueError(f"expected a level for each of {', '.join(Complexity.values())}: {text!r}")
    return pairs
