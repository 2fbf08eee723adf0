"""What keeps the code readable, by number. The numbers stand in pyproject.toml under [tool.gridgov]."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.meta.source import PACKAGES, budget, files, length, name, tree

REASONED = re.compile(
    r"# noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*  because \S|# type: ignore\[[a-z-]+(, ?[a-z-]+)*\]  # because \S"
)
SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|mypy:|ruff:\s*noqa|pylint:)")
# The words that a test below forbids everywhere else; this file is the only one that may spell them.
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b|pytest\.mark\.(skip|xfail)|pytest\.skip\(")
SELF = Path(__file__)


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _too_long(paths: list[Path], limit: int, *, tests: bool = False) -> list[str]:
    return [
        f"{name(path)}:{node.lineno} {node.name}: {length(node)} lines"
        for path in paths
        for node in _functions(path)
        if length(node) > limit and node.name.startswith("test_") >= tests
    ]


def test_functions_fit() -> None:
    assert _too_long(files(*PACKAGES, "tests"), budget()["function-lines"]) == []


def test_tests_fit() -> None:
    assert _too_long(files("tests"), budget()["test-lines"], tests=True) == []


def test_files_fit() -> None:
    limits = {path: budget()["file-lines"] for path in files(*PACKAGES)}
    limits |= {path: budget()["test-file-lines"] for path in files("tests")}
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in limits}
    assert [f"{name(path)}: {size}" for path, size in sizes.items() if size > limits[path]] == []


def test_viewsets_fit() -> None:
    found = [
        f"{name(path)}:{node.lineno} {node.name}: {length(node)} lines"
        for path in files(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and node.name.endswith(("ViewSet", "View"))
        if length(node) > budget()["viewset-lines"]
    ]
    assert found == []


def _comments(path: Path) -> Iterator[tuple[int, str]]:
    source = io.StringIO(path.read_text(encoding="utf-8"))
    for token in tokenize.generate_tokens(source.readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def test_silencing_names_a_code_and_a_reason() -> None:
    found = [
        f"{name(path)}:{line} {comment}"
        for path in files(*PACKAGES, "tests")
        for line, comment in _comments(path)
        if SILENCED.search(comment) and not REASONED.search(comment)
    ]
    assert found == []


def test_nothing_is_unfinished_or_skipped() -> None:
    found = [
        f"{name(path)}:{number} {line.strip()}"
        for path in files(*PACKAGES, "tests")
        if path != SELF
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert found == []


VAGUE = {"utils", "helpers", "common", "manager", "data", "info"}


def test_no_file_is_named_after_nothing() -> None:
    assert [name(path) for path in files(*PACKAGES, "tests") if path.stem in VAGUE] == []
