"""What stands on the worklists of officers, bureau and desks. No title holds a name: a person is found by
opening the item."""

from corrections.worklist import (
    assessments,
    contacts,
    decisions,
    endings,
    leave,
    positioning,
    reception,
    reports,
    searches,
    sendings,
)
from tasks.worklist import register

PARTS = (
    assessments,
    contacts,
    decisions,
    endings,
    leave,
    positioning,
    reception,
    reports,
    searches,
    sendings,
)


def connect() -> None:
    """Enter the sections (once, when the app is ready)."""
    for part in PARTS:
        for section in part.SECTIONS:
            register(section)
