"""The field register 个人信息字段登记: of every personal field why we have it, on what ground, who sees it,
how long.

Each package writes its rows in its own `privacy_register.py`; a test fails on a field that looks personal
and has none. What has no row here may not be stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from kernel.codes import CodeTable
from kernel.codes.roles import Role
from kernel.law import law


class Whose(CodeTable):
    """Whose data a field holds."""

    WORKER = "worker", "工作人员", "a person who works with the system"
    PARTY = "party", "当事人", "a party or a person named in a dispute"
    SUPERVISED = "supervised", "矫正对象", "a person in correction"
    NAMED = "named", "相关人员", "guardian, member of a group, witness"


class Sensitivity(CodeTable):
    """How sensitive a field is (PI-28). Sensitive values are sealed under the person's key."""

    ORDINARY = "ordinary", "一般", "ordinary"
    SENSITIVE = "sensitive", "敏感", "sensitive"


class Kept(CodeTable):
    """How long a field is kept. The years of each class are the district's to confirm."""

    EMPLOYED = "employed", "任职期间及审计期限", "while the person works here, then as long as the trail"
    CASE = "case", "卷宗保存期限", "as long as the file of the case"
    TERM = "term", "矫正期间，解除后限制", "the term of correction, restricted from its end"
    EVIDENCE = "evidence", "审计期限", "as long as the trail"


@dataclass(frozen=True, slots=True)
class PersonalField:
    """One row. `model` is `package.Model`; `basis` are rows of the law; `seen_by` empty: nobody over the
    API.
    """

    model: str
    field: str
    whose: Whose
    purpose: str
    basis: tuple[str, ...]
    sensitivity: Sensitivity
    seen_by: tuple[Role, ...]
    kept: Kept


_rows: dict[tuple[str, str], PersonalField] = {}


@law("PI-5/6")
def enter(
    model: str,
    fields: Iterable[str],
    *,
    whose: Whose,
    purpose: str,
    basis: Iterable[str],
    sensitivity: Sensitivity,
    seen_by: Iterable[Role],
    kept: Kept,
) -> None:
    """Enter fields of one model that share everything else. ValueError for a field entered twice."""
    for field in fields:
        if (model, field) in _rows:
            raise ValueError(f"{model}.{field} is registered twice")
        _rows[model, field] = PersonalField(
            model, field, whose, purpose, tuple(basis), sensitivity, tuple(sorted(seen_by)), kept
        )


def rows(packages: Iterable[str]) -> list[PersonalField]:
    """The register of these packages, by model and field."""
    for package in packages:
        if find_spec(f"{package}.privacy_register") is not None:
            import_module(f"{package}.privacy_register")
    return [_rows[key] for key in sorted(_rows)]
