from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """What is said about a step: the facts for the guard, why, and when it was said (paper's time)."""

    facts: Mapping[str, Any]
    reason: str = ""
    stated_at: datetime | None = None
