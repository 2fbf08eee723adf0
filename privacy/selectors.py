"""What happened with somebody's record, for the person: who read what and why, and what went to whom; and who
read unusually much, for who audits it."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from edge.conf import setting
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from privacy import access
from privacy.closing import classes, require_seen
from privacy.models import NoticeShown, PersonRequest, ReadLog, Share

MOST = 500
MONTH = re.compile(r"^(20[0-9]{2})-(0[1-9]|1[0-2])\Z")
_MORE_THAN_ANY_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Log:
    """The oldest rows since a moment, how many of each kind were left off after them, and from which moment
    on those stand."""

    rows: list[dict[str, Any]]
    left_off: dict[str, int]
    go_on_from: datetime | None


def request_log(actor: Actor, request_id: UUID, since: datetime | None = None) -> tuple[PersonRequest, Log]:
    """The log for a request of the own office, once the identity was checked. Problem `not_found`."""
    rows = access.requests_visible_to(actor).filter(identified_by__isnull=False, subject_id__isnull=False)
    asked: PersonRequest = existing(rows.filter(pk=request_id))
    if asked.subject_id is None:
        raise Problem("not_found")
    require_seen(actor, asked.subject_kind, asked.subject_id)
    return asked, subject_log(asked.subject_kind, asked.subject_id, since)


@law("PI-45/46/50")
def subject_log(subject_kind: str, subject_id: UUID, since: datetime | None = None) -> Log:
    """Readings, shares and notices of one record and of what hangs on it, oldest first: by role and purpose,
    never by a reader's name. At most `MOST` at a time."""
    entry = classes().get(subject_kind)
    about = {"subject_id__in": [subject_id, *(entry.log_of(subject_id) if entry else ())]}
    read, shared = ReadLog.objects.filter(**about), Share.objects.filter(**about)
    told = NoticeShown.objects.filter(**about).select_related("notice")
    kinds: dict[str, tuple[QuerySet[Any], Callable[[Any], dict[str, Any]]]] = {
        "read": (_since(read, "read_at", since), _read),
        "shared": (_since(shared, "shared_at", since), _share),
        "notice": (_since(told, "at", since), _notice),
    }
    found = [shown(row) for every, shown in kinds.values() for row in every[: MOST + 1]]
    found.sort(key=lambda row: row["at"])
    rows, after = found[:MOST], found[MOST:]
    if not after:
        return Log(rows, {}, None)
    seen = Counter(row["what"] for row in rows)
    left_off = {what: every.count() - seen[what] for what, (every, _) in kinds.items()}
    return Log(rows, {what: count for what, count in left_off.items() if count}, after[0]["at"])


def _since(rows: QuerySet[Any], field: str, since: datetime | None) -> QuerySet[Any]:
    return (rows.filter(**{f"{field}__gte": since}) if since else rows).order_by(field, "pk")


def _read(row: ReadLog) -> dict[str, Any]:
    return {
        "at": row.read_at, "what": "read", "role": row.role, "purpose": row.purpose, "recipient": "",
        "basis": "", "fields": row.fields,
    }  # fmt: skip


def _share(row: Share) -> dict[str, Any]:
    return {
        "at": row.shared_at, "what": "shared", "role": row.role, "purpose": row.purpose,
        "recipient": row.recipient, "basis": row.basis, "fields": row.fields,
    }  # fmt: skip


def _notice(row: NoticeShown) -> dict[str, Any]:
    return {
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
