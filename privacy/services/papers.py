"""Papers of privacy, filled from their records for those who see these."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from edge.documents.forms import form_of, paper
from edge.documents.model import Document
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.purposes import Purpose
from kernel.codes.roles import Role
from kernel.law import law
from kernel.written import day, moment
from privacy import access
from privacy.closing import classes
from privacy.codes import NoticeWay, RequestKind
from privacy.machine import ListState, QueryState, RequestState
from privacy.models import DestructionList, LawfulQuery, PersonRequest
from privacy.naming import names
from privacy.papers import forms
from privacy.papers.source import Asked, Happened, Listed, Queried
from privacy.selectors import Log, request_log
from privacy.services.queries import FOUND, NONE_FOUND

LOGGED = {"read": "查阅", "shared": "提供", "notice": "告知"}


@law("PI-45/46/50")
def request_paper(*, actor: Actor, request_id: UUID) -> Document:
    """个人信息请求 as far as it has come, with the way to complain. Problem `not_found`."""
    row = existing(access.requests_visible_to(actor).filter(pk=request_id))
    return _paper(forms.REQUEST, _asked(row))


@law("PI-19/47")
def destruction_paper(*, actor: Actor, list_id: UUID) -> Document:
    """销毁清册 by number, class and day. Problem `not_found`."""
    row = existing(access.lists_visible_to(actor).filter(pk=list_id))
    return _paper(forms.DESTRUCTION, _listed(row))


@law("MI-SEAL", "CCL-54")
def query_paper(*, actor: Actor, query_id: UUID) -> Document:
    """依法查询: what was asked and decided, and nothing of what was read. Problem `not_found`."""
    row = existing(access.queries_visible_to(actor).filter(pk=query_id))
    return _paper(forms.LAWFUL_QUERY, _queried(row))


@law("PI-45/46/50")
def log_paper(*, actor: Actor, request_id: UUID, since: datetime | None = None) -> Document:
    """What was read, given and told, for the person who asked. Problem `not_found`, also before the identity
    was checked."""
    asked, log = request_log(actor, request_id, since)
    source = Happened(
        paper_no=asked.paper_no,
        since=moment(since),
        rows=tuple(_log_row(row) for row in log.rows),
        left_off=_left_off(log),
    )
    return _paper(forms.SUBJECT_LOG, source)


def _log_row(row: Mapping[str, Any]) -> tuple[str, ...]:
    names_in_zh = {code.value: code.zh for code in (*Role, *Purpose, *NoticeWay)}
    said = [names_in_zh.get(word, word) for word in (row["role"], row["purpose"])]
    fields = "、".join(names_in_zh.get(field, field) for field in row["fields"])
    return (moment(row["at"]), LOGGED[row["what"]], *said, row["recipient"], row["basis"], fields)


def _left_off(log: Log) -> str:
    if log.go_on_from is None:
        return ""
    counts = "、".join(f"{LOGGED[what]}{count}条" for what, count in log.left_off.items())
    from_when = moment(log.go_on_from)
    return f"本件只列出前{len(log.rows)}条，另有{counts}没有列出，自{from_when}起，请求人可以要求续印。"


def _paper(key: str, source: Asked | Listed | Queried | Happened) -> Document:
    return paper(form_of(forms.PACKAGE, key), source, made_at=clock.now())


def _asked(row: PersonRequest) -> Asked:
    checked_by, answered_by = names(row.identified_by, row.answered_by)
    outcome = {RequestState.ANSWERED: forms.ANSWERED, RequestState.REFUSED: forms.REFUSED}
    return Asked(
        kind=RequestKind(row.kind).zh,
        paper_no=row.paper_no,
        kept_at=row.kept_at,
        received=day(row.received_on),
        due=day(row.due_on),
        identity=forms.CHECKED[0] if row.identified_by else "",
        answer=_said(row.answer_document, row.answered_at if row.answer_document else None),
        refused=row.refused_because,
        outcome=outcome.get(RequestState(row.state), ""),
        checked_by=checked_by,
        answered_by=_said(answered_by, row.answered_at),
    )


def _listed(row: DestructionList) -> Listed:
    known = {kind: entry.zh for kind, entry in classes().items()}
    first, second = names(row.first_id, row.second_id)
    entries = row.entries.select_related("closing")
    return Listed(
        kind=known.get(row.subject_kind, ""),
        drafted=day(clock.local_day(row.drafted_at)),
        document_no=row.document_no,
        state=ListState(row.state).zh,
        cancelled=row.cancelled_because,
        rows=tuple(
            (
                str(number),
                entry.closing.seal_number or str(entry.closing_id),
                known.get(entry.closing.subject_kind, ""),
                day(entry.retention_until),
            )
            for number, entry in enumerate(entries, 1)
        ),
        first=_said(first, row.first_at),
        second=_said(second, row.second_at),
    )


def _queried(row: LawfulQuery) -> Queried:
    entered_by, approved_by = names(row.entered_by, row.approved_by)
    refused = row.state == QueryState.REFUSED
    granted = row.approved_by is not None and not refused  # of a refusal only the trail knows whose it is
    return Queried(
        unit=row.unit,
        basis=row.basis,
        document_no=row.document_no,
        scope="、".join(row.scope),
        seal_number=row.seal_number,
        entered=day(clock.local_day(row.entered_at)),
        decision=forms.NOT_GRANTED if refused else forms.GRANTED if granted else "",
        decided=moment(row.decided_at),
        refused=row.refused_because,
        opened=moment(row.opened_at),
        answer={FOUND: forms.FOUND, NONE_FOUND: forms.NONE_FOUND}.get(row.answer, ""),
        answered=_said(row.answer_document, row.answered_at),
        entered_by=entered_by,
        approved_by=_said(approved_by, row.decided_at) if granted else "",
    )


def _said(what: str, at: datetime | None) -> str:
    """What, and the day of it, as far as they are known."""
    return "　".join(part for part in (what, day(clock.local_day(at)) if at else "") if part)
