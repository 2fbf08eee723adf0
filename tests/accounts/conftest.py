import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from accounts import sessions_cache


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    """Throttles and the five-second memory of sessions start empty in each test."""
    cache.clear()
    sessions_cache.forget()


@pytest.fixture
def stranger() -> APIClient:
    """A client that is not signed in."""
    return APIClient()
