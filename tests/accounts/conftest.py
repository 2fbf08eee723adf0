import pytest
from rest_framework.test import APIClient

from accounts import sessions_cache
from edge.throttles import calls


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    """Throttles and the five-second memory of sessions start empty in each test."""
    calls.forget()
    sessions_cache.forget()


@pytest.fixture
def stranger() -> APIClient:
    """A client that is not signed in."""
    return APIClient()
