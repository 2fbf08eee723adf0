"""The documents that are made from the code: settings, law, problems, code tables, deadlines, personal fields
and the state diagrams."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from django.conf import settings

from backend.law_pages import law_page, law_tests
from edge.conf import all_settings
from kernel.codes import content_hash, tables
from kernel.deadlines import terms
from kernel.problems import catalogue
from kernel.transitions import state_tables
from privacy.register import rows

DIAGRAM = re.compile(r"(<!-- states: (?P<name>[\w. -]+) -->\n).*?(<!-- /states -->)", re.DOTALL)
MADE = "<!-- made by `make docs` from the code; do not edit -->\n"
_SKIPPED = {"migrations", "management"}


def import_everything() -> None:
    """Import every module of the apps, so that all marks and tables are known."""
    for app in ("kernel", *settings.APPS):
        package = import_module(app)
        for module in walk_packages(package.__path__, f"{app}."):
            if not _SKIPPED & set(module.name.split(".")) and not module.name.startswith("backend.bootstrap"):
                import_module(module.name)


def settings_page() -> str:
    """Every setting with default, unit, meaning and the row of the law it stands for."""
    lines = [
        "# Settings",
        "",
        MADE,
        "Every number that the text of the law does not fix. `GRIDGOV_<NAME>` in the environment",
        "overrides one.",
        "",
        "| setting | default | unit | meaning | law row |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| `{s.name}` | `{s.default}` | {s.unit} | {s.text} | {s.law} |" for s in all_settings().values()
    ]
    return "\n".join(lines) + "\n"


def problems_page() -> str:
    """The catalogue of problem codes."""
    lines = [
        "# Problem codes",
        "",
        MADE,
        "Bodies are RFC 9457 (`application/problem+json`). Clients switch on `code`; it is never reused.",
        "",
        "| code | status | 中文 | English | law row |",
        "|---|---|---|---|---|",
    ]
    for entry in catalogue().values():
        retired = " (retired)" if entry.retired else ""
        lines.append(f"| `{entry.code}`{retired} | {entry.status} | {entry.zh} | {entry.en} | {entry.law} |")
    return "\n".join(lines) + "\n"


def deadlines_page() -> str:
    """Every deadline with what it counts, and the one function that computes it."""
    lines = [
        "# Deadlines",
        "",
        MADE,
        "Each is one pure function; job, API, filter, export and document call it or compare the column",
        "that it gave. Days are local days of Asia/Shanghai, the day it counts from is not counted, and it",
        "has run out when `now >= due_at` (24:00 of the last day). Working days come from the calendar;",
        "beyond its last year they are Monday to Friday, marked `provisional`, and computed again when the",
        "year is loaded.",
        "",
        "| deadline | 中文 | English | length | counted in | from | then | law rows | function |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    known = all_settings()
    for term in terms().values():
        numbers = [f"`{name}` ({known[name].default})" for name in term.settings]
        length = "; ".join([*([term.length] if term.length else []), *numbers]) or "the date set"
        lines.append(
            f"| `{term.key}` | {term.zh} | {term.en} | {length} | {term.counted} | {term.since} "
            f"| {term.effect} | {', '.join(term.law)} | `{term.function}` |"
        )
    return "\n".join(lines) + "\n"


def codes_page() -> str:
    """The code tables that phones keep."""
    lines = ["# Code tables", "", MADE, f"Content hash `{content_hash()}`.", ""]
    for name, table in tables().items():
        lines += [f"## {name}", "", "| value | 中文 | English |", "|---|---|---|"]
        lines += [f"| `{member.value}` | {member.zh} | {member.en} |" for member in table]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def personal_fields_page() -> str:
    """The field register: of every personal field why we have it, on what ground, who sees it, how long."""
    lines = [
        "# Personal fields",
        "",
        MADE,
        "Every field that holds something about a person. What has no row here is not stored.",
        "",
        "| field | whose | purpose | law rows | sensitivity | seen by | kept |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows(settings.APPS):
        seen = ", ".join(row.seen_by) or "nobody over HTTP"
        lines.append(
            f"| `{row.model}.{row.field}` | {row.whose.zh} | {row.purpose} | {', '.join(row.basis)} "
            f"| {row.sensitivity.zh} | {seen} | {row.kept.zh} |"
        )
    return "\n".join(lines) + "\n"


def with_diagrams(text: str) -> str:
    """A page with each `<!-- states: NAME -->…<!-- /states -->` filled by the diagram of that machine."""
    machines = state_tables()

    def fill(found: re.Match[str]) -> str:
        diagram = machines[found["name"]].mermaid()
        return f"{found[1]}```mermaid\n{diagram}\n```\n{found[3]}"

    return DIAGRAM.sub(fill, text)


def pages(docs: Path, tests: Path) -> dict[Path, str]:
    """Path → text of everything that is made, and of every written page with diagrams in it."""
    import_everything()
    made = {
        docs / "settings.md": settings_page(),
        docs / "problems.md": problems_page(),
        docs / "codes.md": codes_page(),
        docs / "deadlines.md": deadlines_page(),
        docs / "law.md": law_page(law_tests(tests)),
        docs / "personal-fields.md": personal_fields_page(),
    }
    for path in sorted(docs.rglob("*.md")):
        if path not in made and DIAGRAM.search(text := path.read_text(encoding="utf-8")):
            made[path] = with_diagrams(text)
    return made
