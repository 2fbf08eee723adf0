"""The centre's people, and a case at the table. Models are imported late: this file is read before the apps
are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from mediation.models import Case
    from tests.cast import District, Member


@pytest.fixture
def cast(clock: Any, district: District) -> dict[str, Member]:
    """Clerk, mediator, director and keeper by name."""
    from tests.mediation.agreed import everybody

    return everybody(district)


@pytest.fixture
def at_table(cast: dict[str, Member], district: District, worker: Member) -> Case:
    """Accepted on Monday 2026-03-02, its mediator named."""
    from tests.mediation.agreed import accepted

    return accepted(district, worker, cast["clerk"], cast["mediator"])
