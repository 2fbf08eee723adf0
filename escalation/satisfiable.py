"""Can a condition ever be true? A rule that can never fire is refused when it is saved, not discovered in
the field.

The condition is spread into alternatives (a disjunction of conjunctions); in each, the comparisons of one
fact are tried on every value at which one of them can change. Facts are taken as independent of each other.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from typing import Any

from escalation.conditions import (
    All,
    AnyOf,
    Condition,
    ConditionError,
    FactKind,
    FactType,
    Fault,
    Leaf,
    Not,
    Vocabulary,
    compare,
)

Literal = tuple[Leaf, bool]
MAX_ALTERNATIVES = 512
MAX_CODES_TRIED = 12


def satisfiable(condition: Condition, vocabulary: Vocabulary, fixed: Mapping[str, Any] | None = None) -> bool:
    """Whether some facts make the condition true, given those that are `fixed` (for instance by the
    event)."""
    return any(_consistent(branch, vocabulary, fixed or {}) for branch in alternatives(condition))


def alternatives(condition: Condition) -> list[list[Literal]]:
    """The condition as a disjunction of conjunctions. ConditionError when there are too many."""
    return _spread(condition, True)


def _spread(condition: Condition, positive: bool) -> list[list[Literal]]:
    if isinstance(condition, Leaf):
        return [[(condition, positive)]]
    if isinstance(condition, Not):
        return _spread(condition.part, not positive)
    parts = [_spread(part, positive) for part in condition.parts]
    if isinstance(condition, AnyOf) == positive:
        branches = list(chain.from_iterable(parts))
    else:
        _bounded(parts)
        branches = [list(chain.from_iterable(choice)) for choice in product(*parts)]
    return branches


def _bounded(parts: Sequence[Sequence[object]]) -> None:
    count = 1
    for part in parts:
        count *= max(1, len(part))
        if count > MAX_ALTERNATIVES:
            raise ConditionError(
                [Fault("when", "too_many_alternatives", f"more than {MAX_ALTERNATIVES} alternatives")]
            )


def _consistent(branch: Sequence[Literal], vocabulary: Vocabulary, fixed: Mapping[str, Any]) -> bool:
    by_fact: dict[str, list[Literal]] = {}
    for leaf, positive in branch:
        by_fact.setdefault(leaf.fact, []).append((leaf, positive))
    return all(_possible(vocabulary[fact], literals, fact, fixed) for fact, literals in by_fact.items())


def _possible(kind: FactType, literals: Sequence[Literal], fact: str, fixed: Mapping[str, Any]) -> bool:
    tried = [fixed[fact]] if fact in fixed else _candidates(kind, [leaf for leaf, _ in literals])
    return any(all(compare(leaf, value, kind) == positive for leaf, positive in literals) for value in tried)


def _candidates(kind: FactType, compared: Sequence[Leaf]) -> Iterator[Any]:
    if kind.kind is FactKind.FLAG:
        yield from (True, False)
    elif kind.kind is FactKind.NUMBER:
        yield None
        yield from sorted({max(0, leaf.value + step) for leaf in compared for step in (-1, 0, 1)})
    elif kind.kind is FactKind.CODES:
        yield from _subsets(compared)
    else:
        yield from kind.values


def _subsets(compared: Sequence[Leaf]) -> Iterator[frozenset[str]]:
    named = sorted({code for leaf in compared for code in leaf.value})
    if len(named) > MAX_CODES_TRIED:
        raise ConditionError(
            [Fault("when", "too_many_codes", f"more than {MAX_CODES_TRIED} codes of one fact")]
        )
    for size in range(len(named) + 1):
        yield from (frozenset(chosen) for chosen in combinations(named, size))


def both(first: Condition, second: Condition) -> Condition:
    """`first` and `second` together."""
    return All((first, second))
