"""Arrows that import-linter cannot see, the list of rule files, and the one clock."""

import ast
import re
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db.models import Field, Model

from tests.meta.source import APPS, PACKAGES, ROOT, budget, files, imports, name, tree

STANDARD = {
    "models", "services", "selectors", "access", "sync", "api", "serializers", "urls", "jobs", "apps",
    "reactions", "authentication", "management", "sql",
}  # fmt: skip
PURE_LIBRARIES = {"icalendar", "kernel", "msgspec", "numpy", "rfc8785", "orjson", "pypinyin"}
# corrections stands beside disputes, mediation and escalation: neither side may know the other.
APART = {"corrections": {"disputes", "mediation", "escalation", "analysis"}}


def _may_import(left: str, right: str) -> bool:
    apart = right in APART.get(left, set()) or left in APART.get(right, set())
    return not apart and APPS.index(left) <= APPS.index(right)


# Models


def _models() -> list[type[Model]]:
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


def _relations() -> list[tuple[type[Model], Field, str]]:
    """(model, field, app on the other side) of every relation to another of our packages."""
    return [
        (model, field, field.related_model._meta.app_label)
        for model in _models()
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.is_relation and isinstance(field.related_model, type)
        if field.related_model._meta.app_label not in {model._meta.app_label, "auth", "contenttypes"}
    ]


def test_foreign_keys_point_right() -> None:
    wrong = [
        str(field) for model, field, other in _relations() if not _may_import(model._meta.app_label, other)
    ]
    assert wrong == []


def test_foreign_keys_across_packages_leave_no_way_back() -> None:
    assert [str(field) for _, field, _ in _relations() if field.remote_field.related_name != "+"] == []


def test_no_generic_foreign_key() -> None:
    found = [m for m in _models() for f in m._meta.private_fields if isinstance(f, GenericForeignKey)]
    assert found == []


def _get_model_labels(path: Path) -> list[str]:
    return [
        node.args[0].value.split(".")[0].lower()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "get_model"
        if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    ]


def test_no_model_is_fetched_from_the_left() -> None:
    wrong = [
        f"{name(path)}: {label}"
        for app in APPS
        for path in files(app)
        for label in _get_model_labels(path)
        if label in APPS and not _may_import(app, label)
    ]
    assert wrong == []


# Rule files


def _is_pure(path: Path, rules: set[str]) -> bool:
    """Imports only the standard library, kernel, a pure library or another rule file of its package."""
    for imported in imports(path):
        top = imported.split(".")[0]
        module = imported.replace(".", "/")
        inside = {f"{module}.py", f"{module.rsplit('/', 1)[0]}.py"} & rules
        same_package = top == path.relative_to(ROOT).parts[0]
        if not (top in sys.stdlib_module_names or top in PURE_LIBRARIES or (inside and same_package)):
            return False
    return True


def _candidates() -> list[Path]:
    """Files of an app that have no job of their own in every app, and could be rules."""
    return [
        path
        for app in APPS
        if app != "edge"
        for path in files(app)
        if path.stem != "__init__" and not STANDARD & {*path.relative_to(ROOT).with_suffix("").parts[1:]}
    ]


def test_rule_files_are_listed_completely() -> None:
    rules = set(budget()["rule-files"])
    pure = {name(path) for path in _candidates() if _is_pure(path, rules)}
    assert sorted(pure - rules) == []


@pytest.mark.parametrize("rule", budget()["rule-files"])
def test_a_rule_file_is_plain_python(rule: str) -> None:
    assert _is_pure(ROOT / rule, set(budget()["rule-files"]))


# One clock

CLOCK = re.compile(
    r"timezone\.now|auto_now|datetime\.now\(|datetime\.utcnow|datetime\.today|date\.today\(|\bNow\(\)"
    r"|time\.time\(\)"
)
SQL_CLOCK = re.compile(
    r"\bnow\(\)|current_timestamp|current_date|clock_timestamp|statement_timestamp", re.IGNORECASE
)


def test_nobody_else_reads_a_clock() -> None:
    found = [
        f"{name(path)}:{number} {line.strip()}"
        for path in files(*APPS, "backend", "kernel")
        if name(path) != "kernel/clock.py" and "bootstrap" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if CLOCK.search(line)
    ]
    assert found == []


def test_no_sql_of_ours_reads_a_clock() -> None:
    found = [
        f"{name(path)}:{number} {line.strip()}"
        for path in files(*PACKAGES, suffix="sql")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if SQL_CLOCK.search(line.split("--")[0])
    ]
    assert found == []


def test_clients_know_nothing_of_the_server() -> None:
    """An app is written from what they show: the protocol has to be enough."""
    server = set(PACKAGES) - {"clients"} | {"tests"}
    known = {name(path): {imported.split(".")[0] for imported in imports(path)} for path in files("clients")}
    assert {path: found & server for path, found in known.items() if found & server} == {}
