"""What is known of a person in correction is used for the correction alone: nothing outside names its code,
its models or its tables, and inside few files touch where a person was.
"""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from tests.meta.source import PACKAGES, ROOT, files, imports, name

OUTSIDE = tuple(package for package in PACKAGES if package != "corrections")
NAMED = {
    "backend/truth.py": "the yardstick of the demo: ids of the visits that a phone has to hold",
    "fixtures/supervised.py": "tells the invented story of people in correction",
}
WHERE_A_PERSON_WAS = {
    "closing.py": "destroys it with the file",
    "models/__init__.py": "lists the models",
    "models/positioning.py": "the points of a device",
    "models/visits.py": "the fixes of a visit",
    "privacy_register.py": "says whose they are, and until when",
    "services/amending.py": "judges a visit again after the leave changed",
    "services/placing.py": "judges a visit",
    "services/points.py": "keeps the points of a device, and reads them with a purpose",
    "services/visits.py": "keeps what a visit brought",
}
PLACES = re.compile(r"\b(PositioningPoint|VisitFix)\b")


def _models() -> list[str]:
    return [model.__name__ for model in apps.get_app_config("corrections").get_models()]


def _tables() -> list[str]:
    """Names of tables as a statement may write them."""
    models = apps.get_app_config("corrections").get_models(include_auto_created=True)
    return [model._meta.db_table.replace('"', "") for model in models]


def _names() -> re.Pattern[str]:
    tables = "|".join(re.escape(table) for table in _tables())
    return re.compile(rf"\b({tables})\b|\bcorrections\.({'|'.join(_models())})\b", re.IGNORECASE)


def _written(*folders: str) -> list[Path]:
    """Source, statements and migrations."""
    kinds = ("*.py", "*.sql")
    return [path for folder in folders for kind in kinds for path in sorted((ROOT / folder).rglob(kind))]


@pytest.mark.law("MN-3", "CCL-29d", refused=True)
def test_code_outside_imports_nothing_of_supervision() -> None:
    found = {
        name(path)
        for path in files(*OUTSIDE)
        if any(imported.split(".")[0] == "corrections" for imported in imports(path))
    }
    assert found == set(NAMED)


@pytest.mark.law("MN-3", refused=True)
def test_nothing_outside_names_a_table_or_a_model_of_supervision() -> None:
    names = _names()
    found = {
        (name(path), said.group(0))
        for path in _written(*OUTSIDE)
        if (said := names.search(path.read_text(encoding="utf-8").replace('"', "")))
    }
    assert {(path, word) for path, word in found if path not in NAMED} == set()


@pytest.mark.parametrize(
    "said", ["select 1 from corrections_subject", '"positioning"."point"', "corrections.Visit"]
)
def test_such_a_name_would_be_seen(said: str) -> None:
    assert _names().search(said.replace('"', ""))


@pytest.mark.law("MN-3", refused=True)
@pytest.mark.django_db
def test_no_table_outside_points_at_supervision_and_no_view_reads_it() -> None:
    schemas = [table.split(".") if "." in table else ["public", table] for table in _tables()]
    own = [f"{schema}.{table}" for schema, table in schemas]
    with connection.cursor() as cursor:
        cursor.execute(
            "select n.nspname || '.' || c.relname from pg_depend d join pg_class t on t.oid = d.refobjid"
            " join pg_namespace tn on tn.oid = t.relnamespace"
            " left join pg_constraint k on d.classid = 'pg_constraint'::regclass and k.oid = d.objid"
            " left join pg_rewrite w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid"
            " join pg_class c on c.oid = coalesce(k.conrelid, w.ev_class)"
            " join pg_namespace n on n.oid = c.relnamespace where tn.nspname || '.' || t.relname = any(%s)",
            [own],
        )
        users = {row[0] for row in cursor.fetchall()}
    assert users
    assert users - set(own) == set()


@pytest.mark.law("MN-3", refused=True)
def test_where_a_person_was_is_touched_by_a_closed_list_of_files() -> None:
    base = ROOT / "corrections"
    found = {
        str(path.relative_to(base))
        for path in files("corrections")
        if PLACES.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(WHERE_A_PERSON_WAS)
