"""Which versions of an app are too old."""

import pytest

from sync.versions import older


@pytest.mark.parametrize(
    ("said", "minimum", "verdict"),
    [
        ("1.0.0", "1.0.0", False),
        ("1.0", "1.0.0", False),
        ("0.9.12", "1.0.0", True),
        ("1.9.0", "1.10.0", True),
        ("1.10.0-beta", "1.10.0", False),
        ("v2", "1.10.0", False),
        ("newest", "0.0.1", True),
        ("", "0", True),
    ],
)
def test_versions_are_compared_by_number(said: str, minimum: str, verdict: bool) -> None:
    assert older(said, minimum) is verdict
