"""A year of three people in correction, in fast motion: by HTTP, by phones and by the worker."""

from tests.stories.stage import Stage
from tests.stories.supervision import (
    complaints,
    contacts,
    endings,
    leaves,
    positioning,
    reception,
    sanctions,
    sealing,
)
from tests.stories.supervision.year import Year


def play(stage: Stage) -> None:
    year = Year(stage)
    for chapter in (reception, contacts, leaves, sanctions, positioning, complaints, endings, sealing):
        chapter.play(year)
