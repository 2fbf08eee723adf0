"""Processes that run the suite together must collect the same tests in the same order."""

import ast

import pytest

from tests.meta.source import files, name, tree


def unordered(values: ast.expr) -> bool:
    """Whether these are values of a set, whose order is another in each process."""
    if isinstance(values, ast.BinOp):
        return unordered(values.left) or unordered(values.right)
    if isinstance(values, ast.Call):
        return isinstance(values.func, ast.Name) and values.func.id in {"set", "frozenset"}
    return isinstance(values, ast.Set | ast.SetComp)


def test_no_test_takes_its_cases_from_a_set() -> None:
    found = [
        f"{name(path)}:{call.lineno}"
        for path in files("tests")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "parametrize"
        if len(call.args) > 1 and unordered(call.args[1])
    ]
    assert found == [], "sort them"


@pytest.mark.parametrize(
    ("values", "found"),
    [("set(Role) - {A}", True), ("{1, 2}", True), ("sorted(set(Role) - {A})", False), ("LIST", False)],
)
def test_a_set_is_recognised(values: str, found: bool) -> None:
    assert unordered(ast.parse(values, mode="eval").body) is found
