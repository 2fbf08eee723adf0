"""Papers that are owed to court, procuratorate and police, on the worklist. No title holds a name."""

from collections.abc import Iterable
from datetime import datetime

from corrections import access
from corrections.machine import AGENCY
from corrections.sendings import OWED, SendTo, SentPaper
from kernel.actor import Actor
from kernel.deadlines import ran_out
from tasks.worklist import Section, SectionKind, WorklistItem


def _owed(actor: Actor, now: datetime, *, over: bool) -> list[WorklistItem]:
    rows = [
        row
        for row in access.sendings_visible_to(actor).filter(state=OWED)
        if ran_out(row.due_at, now) == over
    ]
    return [
        WorklistItem(
            "owed_sending", row.id, f"{SentPaper(row.paper).zh}送{SendTo(row.to).zh}",
            f"{SentPaper(row.paper).en} to the {SendTo(row.to).en}", due_at=row.due_at, since=row.created_at,
        )
        for row in rows
    ]  # fmt: skip


def to_send(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _owed(actor, now, over=False)


def late(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _owed(actor, now, over=True)


SECTIONS = (
    Section("sendings_late", SectionKind.OVERDUE, "文书未按期送出", "papers sent too late", AGENCY, late),
    Section("sendings_due", SectionKind.TO_DO, "应送法院检察院文书", "papers to send", AGENCY, to_send),
)
