from importlib import import_module
from typing import Any

import pytest
from django.db import transaction


@pytest.fixture
def stock(request: pytest.FixtureRequest, district: Any) -> Any:
    """See `tests.access.stock`; imported late, because it needs the models."""
    with transaction.atomic():  # committed or rolled back with the test, but never half told
        return import_module("tests.access.stock").build(request, district)
