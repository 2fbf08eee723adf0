from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture
def stock(district: Any) -> Any:
    """See `tests.access.stock`; imported late, because it needs the models."""
    with transaction.atomic():  # committed or rolled back with the test, but never half told
        return import_module("tests.access.stock").build(district)


@pytest.fixture(scope="module")
def seen(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """What everybody is shown of the stock: observed once, then rolled back (see `tests.access.observed`)."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_module("tests.access.observed").observe()
        transaction.set_rollback(True)
