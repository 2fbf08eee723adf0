"""What happened with somebody's record, for the person: who read what and why, and what went to whom; and who
read unusually much, for who audits it."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import TruncDate

from edge.conf import setting
from kernel import clock
from kernel.law import law
from privacy.closing import classes
from privacy.models import NoticeShown, ReadLog, Share

MOST = 500
MONTH = re.compile(r"^(20[0-9]{2})-(0[1-9]|1[0-2])\Z")
_MORE_THAN_ANY_MONTH = timedelta(days=31)


@law("PI-45/46/50")
def subject_log(subject_kind: str, subject_id: UUID) -> list[dict[str, Any]]:
    """Readings, shares and notices of one record and of what hangs on it, oldest first: by role and purpose,
    never by a reader's name."""
    entry = classes().get(subject_kind)
    about = {"subject_id__in": [subject_id, *(entry.log_of(subject_id) if entry else ())]}
    rows = [*_reads(about), *_shares(about), *_notices(about)]
    return sorted(rows, key=lambda row: row["at"])[:MOST]


def _reads(about: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for row in ReadLog.objects.filter(**about).order_by("read_at")[:MOST]:
        yield {
            "at": row.read_at, "what": "read", "role": row.role, "purpose": row.purpose, "recipient": "",
            "basis": "", "fields": row.fields,
        }  # fmt: skip


def _shares(about: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for row in Share.objects.filter(**about).order_by("shared_at")[:MOST]:
        yield {
            "at": row.shared_at, "what": "shared", "role": row.role, "purpose": row.purpose,
            "recipient": row.recipient, "basis": row.basis, "fields": row.fields,
        }  # fmt: skip


def _notices(about: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for row in NoticeShown.objects.filter(**about).select_related("notice")[:MOST]:
        yield {
            "at": row.at, "what": "notice", "role": "", "purpose": f"{row.notice.code} {row.notice.version}",
            "recipient": "", "basis": "PI-17/18/35", "fields": [row.way],
        }  # fmt: skip


def month_of(text: str) -> date | None:
    """The first day of `2026-03`; None for what is no month."""
    found = MONTH.match(text)
    return date(int(found[1]), int(found[2]), 1) if found else None


@law("CCL-61", "PI-51")
def bulk_reads(first: date) -> dict[str, Any]:
    """Who opened more than `BULK_READ_RECORDS` records on a local day of the month, by day and not by number:
    it is no ranking. The reasons stand in the read log."""
    after = (first + _MORE_THAN_ANY_MONTH).replace(day=1)
    more_than = setting("BULK_READ_RECORDS")
    rows = ReadLog.objects.filter(read_at__gte=clock.day_start(first), read_at__lt=clock.day_start(after))
    who = rows.annotate(day=TruncDate("read_at", tzinfo=clock.TZ)).values(
        "day", "reader_id", "role", "organisation_id"
    )
    counted = who.annotate(readings=Count("id"), records=Count("subject_id", distinct=True))
    found = counted.filter(records__gt=more_than).order_by("day", "reader_id", "role")
    return {"month": f"{first:%Y-%m}", "more_than": more_than, "rows": list(found)}
