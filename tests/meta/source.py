"""The source as the checks of this folder see it: files, trees, the budget of pyproject.toml."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "analysis", "escalation", "mediation", "disputes", "corrections", "liaison", "tasks", "grids", "sync",
    "accounts", "privacy", "audit", "edge",
)  # fmt: skip
PACKAGES = ("backend", *APPS, "kernel", "fixtures", "bench", "clients")


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def budget() -> dict[str, Any]:
    """`[tool.gridgov]`: the numbers and lists that are ours."""
    found: dict[str, Any] = pyproject()["tool"]["gridgov"]
    return found


def files(*folders: str, suffix: str = "py") -> list[Path]:
    """Committed kinds of source below the folders; generated migrations are nobody's handwriting."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob(f"*.{suffix}"))]
    return [path for path in found if "migrations" not in path.parts and "node_modules" not in path.parts]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[str]:
    """Dotted names of what a file imports, `from a import b` as `a.b`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
