from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cast import District
    from tests.liaison.made import Desk


@pytest.fixture
def desk(clock: Any, district: District) -> Desk:
    """The centre of street A, with the duty officer at work."""
    from tasks.codes import DutyPost
    from tests.cast import make_member
    from tests.liaison import made

    people = {name: make_member(district, name) for name in ("mediator", "duty", "director", "liaison")}
    made.shift(district.organisations["centre A"], people["duty"], DutyPost.MAIN)
    return made.Desk(district, *people.values())
