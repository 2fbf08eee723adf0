"""SQL kept as SQL: `<package>/sql/<name>.sql`, read once."""

from functools import cache
from importlib.resources import files


@cache
def load(package: str, name: str) -> str:
    """The text of `<package>/sql/<name>.sql`."""
    return (files(package) / "sql" / f"{name}.sql").read_text(encoding="utf-8")
