from importlib import import_module
from typing import Any

import pytest


@pytest.fixture
def stock(request: pytest.FixtureRequest, district: Any) -> Any:
    """See `tests.access.stock`; imported late, because it needs the models."""
    return import_module("tests.access.stock").build(request, district)
