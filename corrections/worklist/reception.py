"""Reception and the last day on an officer's worklist."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Q

from corrections import access
from corrections.clocks import CONFIRMERS, receipt_due
from corrections.entry import APPLIED, EntryTold
from corrections.machine import AGENCY, STAFF
from corrections.reception_codes import OrderDateKind
from edge.conf import setting
from kernel.actor import Actor
from kernel.clock import day_end, day_start, local_day
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


def receipts(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Documents are here and the receipt has not gone back (CCM-16)."""
    days, title = setting("RECEIPT_DAYS"), ("送达回执待退", "a receipt to be sent back")
    rows = access.orders_visible_to(actor).exclude(dates__kind=OrderDateKind.RECEIPT)
    waiting = rows.filter(dates__kind=OrderDateKind.DOCUMENTS).annotate(arrived=Max("dates__on"))
    return [
        WorklistItem("order", row.id, *title, due_at=day_end(receipt_due(row.arrived, days)))
        for row in waiting
    ]


def reports_late(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Who owes the report-in and has not come: the agency looks for the person and tells the organ (CCM-17).
    Of category 04 it is the organ that is late, and nobody is looked for."""
    rows = access.orders_visible_to(actor).filter(
        report_in_due_on__lt=local_day(now), report_in_owed_by="person",
        subject__reception__reported_in_on__isnull=True,
    )  # fmt: skip
    title = "未按期报到", "nobody has reported in"
    return [
        WorklistItem("order", row.id, *title, due_at=day_end(row.report_in_due_on))
        for row in rows.exclude(dates__kind=OrderDateKind.LATE_TOLD)
    ]


def entries_to_decide(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = access.entries_visible_to(actor).filter(state=APPLIED)
    title = "进入场所申请待审批", "a permission to enter to be decided"
    return [
        WorklistItem("entry", row.id, *title, due_at=day_start(row.first_day), since=row.entered_at)
        for row in rows
    ]


def entries_to_tell(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Court and procuratorate are told of an approval (CCM-39)."""
    rows = access.entries_visible_to(actor).filter(tell_by__isnull=False)
    short = rows.annotate(told=Count("notices")).filter(told__lt=len(EntryTold))
    title = "准予进入待告知", "court and procuratorate to be told"
    return [
        WorklistItem("entry", row.id, *title, due_at=day_end(row.tell_by))
        for row in short
        if row.tell_by is not None
    ]


SECTIONS = (
    Section("receipts_due", SectionKind.TO_DO, "送达回执待退", "receipts to be sent", STAFF, receipts),
    Section(
        "reports_in_late", SectionKind.OVERDUE, "未按期报到", "who has not reported in", STAFF, reports_late
    ),
    Section(
        "entries_to_decide", SectionKind.TO_DO, "进入场所申请", "entries to decide", AGENCY, entries_to_decide
    ),
    Section(
        "entries_to_tell", SectionKind.TO_DO, "准予进入待告知", "entries to tell", AGENCY, entries_to_tell
    ),
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
