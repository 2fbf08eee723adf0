"""What the composition root connects once every app is loaded."""

from audit import registry
from backend.reactions import REACTIONS


def connect() -> None:
    registry.install(REACTIONS)
