"""The list of grid duties, without a database."""

import pytest

from tasks.codes import GRID_DUTIES, TaskKind
from tasks.machine import duty_listed


@pytest.mark.law("GR-8")
def test_an_empty_list_stands_for_the_districts_own() -> None:
    assert duty_listed(GRID_DUTIES[0], [])
    assert not duty_listed(TaskKind.REVIEW, [])


@pytest.mark.law("GR-8")
def test_a_grids_own_list_counts_alone() -> None:
    assert not duty_listed(TaskKind.PATROL, [TaskKind.GATHER])
