"""Conditions of escalation rules: a closed, typed language over facts, checked on save, explained on firing.

A condition is JSON: `{"all": [...]}`, `{"any": [...]}`, `{"not": {...}}` or a leaf
`{"fact": name, "op": operator, "value": ...}`. There is no other form, no expression and no reach into
tables.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MAX_LEAVES = 24
MAX_DEPTH = 6


class FactKind(StrEnum):
    FLAG = "flag"
    NUMBER = "number"
    CODE = "code"
    CODES = "codes"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class FactType:
    """What a fact may be. `values` are the known codes, lowest first for a rank; numbers are ≥ 0 or not
    known."""

    kind: FactKind
    zh: str
    en: str
    values: tuple[str, ...] = ()


Vocabulary = Mapping[str, FactType]

OPERATORS: Mapping[FactKind, frozenset[str]] = {
    FactKind.FLAG: frozenset({"is"}),
    FactKind.NUMBER: frozenset({"at_least", "at_most"}),
    FactKind.CODE: frozenset({"is", "any_of"}),
    FactKind.CODES: frozenset({"includes_any", "includes_all"}),
    FactKind.RANK: frozenset({"is", "any_of", "below", "at_least"}),
}
_LISTS = frozenset({"any_of", "includes_any", "includes_all"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a rule: where, a stable code, and words for the person who wrote it."""

    path: str
    code: str
    text: str


class ConditionError(ValueError):
    """A condition that is not of the language; carries every fault found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault.text}" for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Leaf:
    fact: str
    op: str
    value: Any


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"


Condition = Leaf | All | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Finding:
    """One compared fact of an explanation."""

    fact: str
    op: str
    value: Any
    found: Any
    holds: bool


def parse(body: Any, vocabulary: Vocabulary) -> Condition:
    """The condition of a JSON body. ConditionError with all faults when it is not of the language."""
    faults: list[Fault] = []
    condition = _node(body, vocabulary, "when", 1, faults)
    if not faults and sum(1 for _ in leaves(condition)) > MAX_LEAVES:
        faults.append(Fault("when", "too_many_leaves", f"more than {MAX_LEAVES} comparisons"))
    if faults:
        raise ConditionError(faults)
    return condition


def _node(body: Any, vocabulary: Vocabulary, path: str, depth: int, faults: list[Fault]) -> Condition:
    if not isinstance(body, dict):
        faults.append(Fault(path, "not_an_object", "a condition is an object"))
    elif depth > MAX_DEPTH:
        faults.append(Fault(path, "too_deep", f"nested deeper than {MAX_DEPTH}"))
    elif body.keys() == {"fact", "op", "value"}:
        return _leaf(body, vocabulary, path, faults)
    elif body.keys() == {"not"}:
        return Not(_node(body["not"], vocabulary, f"{path}.not", depth + 1, faults))
    elif len(body) == 1 and body.keys() <= {"all", "any"}:
        return _group(body, vocabulary, path, depth, faults)
    else:
        faults.append(Fault(path, "unknown_form", "expected all, any, not, or fact with op and value"))
    return All(())


def _group(
    body: dict[str, Any], vocabulary: Vocabulary, path: str, depth: int, faults: list[Fault]
) -> Condition:
    ((word, parts),) = body.items()
    if not isinstance(parts, list) or not parts:
        faults.append(Fault(f"{path}.{word}", "empty_group", "a list with at least one condition"))
        return All(())
    made = tuple(
        _node(part, vocabulary, f"{path}.{word}[{index}]", depth + 1, faults)
        for index, part in enumerate(parts)
    )
    return All(made) if word == "all" else AnyOf(made)


def _leaf(body: dict[str, Any], vocabulary: Vocabulary, path: str, faults: list[Fault]) -> Leaf:
    name, op, value = body["fact"], body["op"], body["value"]
    kind = vocabulary.get(name) if isinstance(name, str) else None
    if kind is None:
        faults.append(Fault(path, "unknown_fact", f"no fact {name!r}"))
    elif not isinstance(op, str) or op not in OPERATORS[kind.kind]:
        allowed = ", ".join(sorted(OPERATORS[kind.kind]))
        faults.append(Fault(path, "unknown_operator", f"{name} is a {kind.kind}: {allowed}"))
    else:
        fault = _value_fault(kind, op, value)
        if fault:
            faults.append(Fault(path, "wrong_value", f"{name} {op}: {fault}"))
    return Leaf(str(name), str(op), tuple(value) if isinstance(value, list) else value)


def _value_fault(kind: FactType, op: str, value: Any) -> str:
    if kind.kind is FactKind.FLAG:
        return "" if isinstance(value, bool) else "true or false"
    if kind.kind is FactKind.NUMBER:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return "" if whole and value >= 0 else "a whole number, 0 or more"
    if op not in _LISTS:
        return "" if value in kind.values else f"one of {', '.join(kind.values)}"
    if not isinstance(value, list) or not value or not all(isinstance(code, str) for code in value):
        return "a list of codes"
    unknown = sorted(set(value) - set(kind.values))
    return f"unknown codes {', '.join(unknown)}" if unknown else ""


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every comparison of a condition, in the order written."""
    if isinstance(condition, Leaf):
        yield condition
    elif isinstance(condition, Not):
        yield from leaves(condition.part)
    else:
        for part in condition.parts:
            yield from leaves(part)


def compare(leaf: Leaf, found: Any, kind: FactType) -> bool:
    """One comparison. A fact that is not known (None) satisfies nothing."""
    if found is None:
        return False
    return _COMPARISONS[kind.kind](leaf, found, kind)


def _compare_number(leaf: Leaf, found: Any, _kind: FactType) -> bool:
    return bool(found >= leaf.value if leaf.op == "at_least" else found <= leaf.value)


def _compare_codes(leaf: Leaf, found: Any, _kind: FactType) -> bool:
    wanted = set(leaf.value)
    return bool(wanted & set(found)) if leaf.op == "includes_any" else wanted <= set(found)


def _compare_code(leaf: Leaf, found: Any, _kind: FactType) -> bool:
    return bool(found == leaf.value if leaf.op == "is" else found in leaf.value)


def _compare_rank(leaf: Leaf, found: Any, kind: FactType) -> bool:
    if leaf.op in {"is", "any_of"}:
        return _compare_code(leaf, found, kind)
    here, there = kind.values.index(found), kind.values.index(leaf.value)
    return here < there if leaf.op == "below" else here >= there


_COMPARISONS = {
    FactKind.FLAG: _compare_code,
    FactKind.CODE: _compare_code,
    FactKind.NUMBER: _compare_number,
    FactKind.CODES: _compare_codes,
    FactKind.RANK: _compare_rank,
}


def holds(condition: Condition, facts: Mapping[str, Any], vocabulary: Vocabulary) -> bool:
    """Whether the condition is true of the facts."""
    if isinstance(condition, Leaf):
        return compare(condition, facts.get(condition.fact), vocabulary[condition.fact])
    if isinstance(condition, Not):
        return not holds(condition.part, facts, vocabulary)
    results = (holds(part, facts, vocabulary) for part in condition.parts)
    return all(results) if isinstance(condition, All) else any(results)


def explain(condition: Condition, facts: Mapping[str, Any], vocabulary: Vocabulary) -> list[Finding]:
    """Every comparison with what was found: the answer to "why did this fire?"."""
    return [
        Finding(leaf.fact, leaf.op, leaf.value, found, compare(leaf, found, vocabulary[leaf.fact]))
        for leaf in leaves(condition)
        for found in (facts.get(leaf.fact),)
    ]
