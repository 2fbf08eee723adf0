"""What happened with somebody's record, for the person: who read what and why, and what went to whom."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from kernel.law import law
from privacy.closing import classes
from privacy.models import NoticeShown, ReadLog, Share

MOST = 500


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
