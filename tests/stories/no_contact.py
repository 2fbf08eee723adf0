"""What would have reached the other side of a dispute, counted in the database past the server."""

from pathlib import Path

from tests.stories.stage import Stage

QUERY = Path(__file__).with_name("contacts.sql").read_text(encoding="utf-8")


def contacts(stage: Stage, dispute: str) -> dict[str, int]:
    """How many of each kind there are, by what it is called."""
    return {str(what): int(number) for what, number in stage.stand.ask(QUERY, dispute)}
