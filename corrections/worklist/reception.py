"""Reception and the last day on an officer's worklist."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from corrections import access
from corrections.clocks import CONFIRMERS
from corrections.machine import STAFF
from edge.conf import setting
from kernel.actor import Actor
from kernel.clock import day_end, local_day
from tasks.worklist import Section, SectionKind, WorklistItem


def open_ones(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = access.receptions_visible_to(actor).filter(completed_on__isnull=True)
    title = "接收手续未完成", "a reception is not complete"
    return [WorklistItem("reception", row.id, *title, since=row.opened_at) for row in rows]


def ends(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Whose term ends soon, without the word of two officers for its last day."""
    until = local_day(now) + timedelta(days=setting("END_CONFIRM_DAYS"))
    standing = Q(end_confirmations__occasion="before_end", end_confirmations__ends_on=F("ends_on"))
    rows = access.visible_to(actor).filter(ends_on__lte=until)
    short = rows.annotate(words=Count("end_confirmations", filter=standing)).filter(words__lt=CONFIRMERS)
    title = "期满日期待核对", "a last day to be confirmed by two"
    return [
        WorklistItem("subject", row.id, *title, due_at=day_end(row.ends_on))
        for row in short
        if row.ends_on is not None
    ]


SECTIONS = (
    Section(
        "receptions_open", SectionKind.MISSING, "接收手续未完成", "unfinished receptions", STAFF, open_ones
    ),
    Section(
        "ends_unconfirmed",
        SectionKind.MISSING,
        "期满日期待核对",
        "last days to be confirmed by two",
        STAFF,
        ends,
    ),
)
