"""The table of the law: each row → where it is carried out → the tests that prove it, accepted and refused,
or the reason why there is nothing to carry out or to prove.

A test shows a refusal when its source asserts one: a raised exception, an answer of 4xx, a problem code.
Where the source cannot show it (a pure rule that answers with a word), the mark says it:
`@pytest.mark.law("CCL-2", refused=True)`, or `refused="too"` of one that shows both.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from edge.conf import all_settings
from kernel.deadlines import terms
from kernel.law import marks
from kernel.law_rows import FACES, LAW_ROWS, LAWS, MUST_NOT, REASONS, Face, LawRow
from kernel.problems import catalogue

RULE_ID = re.compile(r"[A-Z]+-[\w/]+")
_REFUSES = re.compile(r"pytest\.raises\(|\b\w*refus(ed|al)\w*\(|status_code (==|in) \(?\{?4\d\d")
_ANSWERS = re.compile(r"status_code (==|in) \(?\{?20\d")


class LawTest(NamedTuple):
    """A test that names a row of the law; it may show both faces."""

    rule: str
    test: str
    faces: frozenset[Face]


@dataclass(slots=True)
class LawLine:
    """One row of the table. `reasons` say why a face (`code`, `accepted`, `refused`) has nothing."""

    row: LawRow
    code: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def reasons(self) -> Mapping[Face, str]:
        return REASONS.get(self.row.id, {})

    def shown(self, face: Face) -> list[str]:
        return {"code": self.code, "accepted": self.accepted, "refused": self.refused}[face]

    def gaps(self) -> list[str]:
        """Faces with neither a name nor a reason, and reasons that are not true any more."""
        bare = [f"{self.row.id}: no {face}" for face in self._owed() if not self.shown(face)]
        return bare + [
            f"{self.row.id}: {face} has a reason and {self.shown(face)[0]}"
            for face in self.reasons
            if self.shown(face)
        ]

    def _owed(self) -> Iterator[Face]:
        """What must never be done stands in no function: a must-not row owes the test that it is not done."""
        faces: tuple[Face, ...] = ("refused",) if self.row.id.startswith(MUST_NOT) else FACES
        return (face for face in faces if face not in self.reasons)


def law_lines(tests: list[LawTest]) -> list[LawLine]:
    """Every row of the law in its order. All modules must have been imported (`docs_pages`)."""
    lines = {row.id: LawLine(row) for row in LAW_ROWS.values()}
    for rule, name in _carried_out():
        _add(lines[LAW_ROWS[rule].id].code, name)
    for test in tests:
        line = lines[LAW_ROWS[test.rule].id]
        for face in sorted(test.faces):
            _add(line.shown(face), test.test)
    return list(lines.values())


def law_gaps(tests: list[LawTest]) -> list[str]:
    """What the table still lacks, in words; empty when every row is proved or has its reason."""
    return [gap for line in law_lines(tests) for gap in line.gaps()]


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def _carried_out() -> Iterator[tuple[str, str]]:
    """(rule id, name) of marked functions, deadlines and settings."""
    for rule, names in marks().items():
        yield from ((rule, name) for name in names)
    for term in terms().values():
        yield from ((rule, term.function) for rule in term.law)
    for setting in all_settings().values():
        yield from ((rule, f"GRIDGOV_{setting.name}") for rule in RULE_ID.findall(setting.law))


def law_page(tests: list[LawTest]) -> str:
    """`docs/law.md`."""
    lines = [
        "# Law",
        "",
        "<!-- made by `make docs` from the code; do not edit -->\n",
        "Each rule of law and practice, where the software carries it out, and the tests that prove it:",
        "one where what the rule allows is taken, one where what it forbids is refused. Where there is",
        "nothing to carry out or to prove, the reason stands in its place (`kernel/law_reasons.tsv`).",
        "`manage.py law_table` prints it, with `--check` it fails on what is missing.",
        "Not legal advice: a district justice bureau confirms every row before production use.",
        "A number of a row that is `secondary` or `unconfirmed` is a [setting](settings.md).",
    ]
    family = ""
    for line in law_lines(tests):
        if (name := line.row.id.partition("-")[0]) != family:
            family = name
            lines += ["", f"## {name}: {LAWS[name]}", "", _HEAD, "|---|---|---|---|---|---|---|"]
        lines.append(_printed(line))
    return "\n".join(lines) + "\n"


_HEAD = "| id | source | rule | status | carried out by | accepted | refused |"


def _printed(line: LawLine) -> str:
    row = line.row
    faces = [_cell(line, face) for face in FACES]
    said = [text.replace("|", "\\|") for text in (row.id, row.source, row.rule, row.status)]
    return "| " + " | ".join(said + faces) + " |"


def _cell(line: LawLine, face: Face) -> str:
    if reason := line.reasons.get(face):
        return f"not applicable, because {reason}"
    return "<br>".join(f"`{name}`" for name in line.shown(face))


# The marks in the source of the tests


def law_tests(folder: Path) -> list[LawTest]:
    """The `law` marks of all tests below `folder`, read from the source without running it."""
    found = []
    for path in sorted(folder.rglob("test_*.py")):
        place = path.relative_to(folder).with_suffix("").as_posix()
        module = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef):
                marked = _marked(node, _constants(module))
                found += [LawTest(rule, f"{place}::{node.name}", faces) for rule, faces in marked]
    return found


def _constants(module: ast.Module) -> dict[str, ast.expr]:
    """Names of the module and what they stand for: a list of parameter sets may have one."""
    return {
        target.id: node.value
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _marked(
    node: ast.FunctionDef, constants: Mapping[str, ast.expr]
) -> Iterator[tuple[str, frozenset[Face]]]:
    """Marks of the test itself and of its parameter sets (`pytest.param(…, marks=pytest.mark.law("…"))`)."""
    parts = [part for decorator in node.decorator_list for part in ast.walk(decorator)]
    named = [constants[part.id] for part in parts if isinstance(part, ast.Name) and part.id in constants]
    parts += [part for value in named for part in ast.walk(value)]
    for call in parts:
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.law":
            faces = _said(call) or faces_shown(node)
            yield from ((str(part.value), faces) for part in call.args if isinstance(part, ast.Constant))


def _said(call: ast.Call) -> frozenset[Face] | None:
    for word in call.keywords:
        if word.arg == "refused" and isinstance(word.value, ast.Constant):
            return _FACES_SAID[word.value.value]
    return None


_FACES_SAID: Mapping[object, frozenset[Face]] = {
    True: frozenset({"refused"}), False: frozenset({"accepted"}), "too": frozenset({"accepted", "refused"}),
}  # fmt: skip


def faces_shown(node: ast.FunctionDef) -> frozenset[Face]:
    """What the body asserts: a refusal, an acceptance, or both."""
    body = "\n".join(ast.unparse(part) for part in node.body)
    refused = bool(_REFUSES.search(body)) or _names_a_problem(node)
    if not refused:
        return frozenset({"accepted"})
    return frozenset({"refused", "accepted"} if _ANSWERS.search(body) else {"refused"})


def _names_a_problem(node: ast.FunctionDef) -> bool:
    """An assertion compares with the code of a problem."""
    codes = catalogue()
    return any(
        isinstance(part, ast.Constant) and part.value in codes
        for assertion in ast.walk(node)
        if isinstance(assertion, ast.Assert)
        for compare in ast.walk(assertion)
        if isinstance(compare, ast.Compare)
        for part in ast.walk(compare)
    )
