"""Sealed texts of a file, opened for a paper. Access and the read log are the service's matter."""

from collections.abc import Callable

from django.db.models import Model

from edge.encryption import KeyGoneError, reveal

Opener = Callable[[Model, str], str]
UNREADABLE = "（已封存或销毁）"


def opened(row: Model, field: str) -> str:
    """The clear text; empty for nothing. A value whose key is sealed or destroyed says so."""
    try:
        return reveal(row, field) or ""
    except KeyGoneError:
        return UNREADABLE


def present(row: Model, field: str) -> str:
    """A dot for a value that is there: enough to see what a file lacks, and nothing is opened."""
    return "" if getattr(row, field) is None else "·"
