"""From a quarrel of four parties in two communities to a settled file."""

from tests.stories.quarrel import agreed, centre, counted, found, kept, table
from tests.stories.quarrel.matter import Matter
from tests.stories.stage import Stage


def play(stage: Stage) -> None:
    matter = Matter(stage, began=stage.now().date())
    before = counted.tally(stage, matter.began)
    for chapter in (found, centre, table, agreed, kept):
        chapter.play(matter)
    counted.play(matter, before)
