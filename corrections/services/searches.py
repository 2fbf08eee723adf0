"""Reviews and searches: opened by itself or by an officer, answered by the agency alone (CCL-30, CCM-38)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections.codes import ExcuseCode
from corrections.complaints import Burden
from corrections.leave import LEAVE
from corrections.machine import AGENCY
from corrections.models import DayCount, DueContact, Leave, Search, SearchEntry, Subject
from corrections.search_codes import SearchJudgement, SearchResult, SearchState, SearchWay, SearchWhy
from corrections.searching import OPEN, SEARCH, Out, count_days, tell_due
from corrections.services.acts import Said, in_course, move, not_after_today, of_term, sealed
from corrections.services.excusing import contacts_excuse_between
from corrections.services.found import require_staff, row_locked, subject_locked
from corrections.services.giving import SEARCH_TOLD, given_out
from corrections.services.guarding import burden_guard
from corrections.services.leave.found import leave_locked
from edge.conf import setting
from edge.repeats import made_before
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from kernel.signing import Signing
from tasks.codes import TaskKind
from tasks.services import About, task_create, tasks_cancel_for, tasks_done_for

ENTERED_LATE = timedelta(days=366)
TOLD = ("police", "procuratorate")
# What an ending makes of contacts that were missed since then.
_EXCUSED_BY = {
    "detained": ExcuseCode.DETAINED, "hospital": ExcuseCode.ILLNESS, "our_error": ExcuseCode.OUR_FAULT,
}  # fmt: skip


def search_locked(actor: Actor, search_id: UUID) -> Search:
    """Problem `not_found` also for a foreign one."""
    return row_locked(actor, Search.objects.all(), search_id)


def search_opened(actor: Actor, subject: Subject, why: SearchWhy, text: str = "", **columns: Any) -> Search:
    """A review, if none is open for the person. The person's row is locked."""
    known = Search.objects.filter(subject=subject, closed_at__isnull=True).first()
    if known is not None:
        return known
    pk = uuid7()
    search = Search.objects.create(
        id=pk, subject=subject, why=why, opened_at=clock.now(), opened_by_id=actor.user_id,
        reason=sealed(Search, "reason", pk, text, subject.key_id), **columns,
    )  # fmt: skip
    record(actor=actor, event="search.opened", subject_kind="search", subject_id=search.id, reason=why)
    task_create(
        actor=actor, kind=TaskKind.REVIEW, about=About("search", search.id), role=Role.AGENCY_OFFICER,
        organisation_id=subject.agency_id,
    )  # fmt: skip
    return search


@transaction.atomic
def review_ask(*, actor: Actor, subject_id: UUID, text: str) -> Search:
    """An officer asks the agency for a review, in words. An open one is given back."""
    subject = subject_locked(actor, subject_id)
    if not text:
        raise Problem("search_needs_reason")
    return search_opened(actor, subject, SearchWhy.OFFICER, text)


@law("CCL-30")
@transaction.atomic
def search_at_once(*, actor: Actor, subject_id: UUID, text: str) -> Search:
    """The agency opens a search at once, with its reason and without waiting for anything."""
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    actor.sign(Signing.SEARCH)
    search = search_opened(actor, subject_locked(actor, subject_id), SearchWhy.AT_ONCE)
    return search_lose(actor=actor, search_id=search.id, text=text)


@transaction.atomic
def leave_review(*, actor: Actor, leave_id: UUID, text: str) -> Leave:
    """A leave is over and nobody has come back: the agency looks at it as at a missed contact."""
    leave = leave_locked(actor, leave_id)
    if not LEAVE.already_done(leave.state, "review"):
        move(actor, leave, LEAVE, "review", Said())
        search_opened(actor, leave.subject, SearchWhy.LEAVE_OVER, text, leave=leave)
    return leave


@transaction.atomic
def search_log(
    *,
    actor: Actor,
    search_id: UUID,
    way: SearchWay,
    result: SearchResult,
    made_at: datetime,
    note: str = "",
    id: UUID | None = None,
) -> SearchEntry:
    """Write down one thing that was done to find the person, with its own time. `id`: the sender's own, by
    which the same request again is known."""
    search, now, pk = search_locked(actor, search_id), clock.now(), id or uuid7()
    if known := made_before(SearchEntry, id, search_id=search.id, recorded_by_id=actor.person):
        return known
    if not now - ENTERED_LATE <= made_at <= now:
        raise Problem("invalid", fields={"made_at": ["in the future, or more than a year ago"]})
    entry = SearchEntry.objects.create(
        id=pk, search=search, way=way, result=result, made_at=made_at, recorded_at=now,
        recorded_by_id=require_staff(actor),
        note=sealed(SearchEntry, "note", pk, note, search.subject.key_id),
    )  # fmt: skip
    record(actor=actor, event="search.logged", subject_kind="search", subject_id=search.id, reason=way)
    return entry


@transaction.atomic
def search_explain(*, actor: Actor, search_id: UUID, text: str) -> Search:
    """The agency has an explanation: nothing more follows. Twice is no fault."""
    return _closed(actor, search_id, "explain", text)


@law("CCL-28")
@transaction.atomic
def search_consider_admonition(*, actor: Actor, search_id: UUID, text: str) -> Search:
    """The agency looks at an admonition: that is a decision of its own, with the person's word first."""
    return _closed(actor, search_id, "consider_admonition", text)


def _closed(actor: Actor, search_id: UUID, event: str, text: str) -> Search:
    search = search_locked(actor, search_id)
    if not SEARCH.already_done(search.state, event):
        _move(actor, search, event, text, closed_at=clock.now())
    return search


def _move(actor: Actor, search: Search, event: str, text: str, facts: Any = None, **columns: Any) -> None:
    move(actor, search, SEARCH, event, Said(text, facts=facts or {}), **columns)
    if search.closed_at is not None:
        tasks_done_for(actor=actor, subject_kind="search", subject_id=search.id)
        for who in TOLD:
            _task_gone(actor, search, who)


@law("CCL-30", "CCM-38")
@transaction.atomic
def search_lose(*, actor: Actor, search_id: UUID, text: str) -> Search:
    """Lost contact: the agency says so, with its reason; police and procuratorate are to be told. Attempts
    are shown and not required. Twice is no fault."""
    search = search_locked(actor, search_id)
    if SEARCH.already_done(search.state, "lose"):
        return search
    now = clock.now()
    tell_by = tell_due(now, setting("LOST_TELL_H"))
    _move(actor, search, "lose", text, lost_at=now, tell_by=tell_by)
    burden_guard(actor, search.subject, Burden.LOST_CONTACT)
    for who in TOLD:
        task_create(
            actor=actor, kind=TaskKind.NOTIFY, about=About(f"search_{who}", search.id),
            role=Role.AGENCY_OFFICER, organisation_id=search.subject.agency_id, due_at=tell_by,
        )  # fmt: skip
    return search


@law("CCL-30", "CCL-31")
@transaction.atomic
def search_told(*, actor: Actor, search_id: UUID, police: bool, told_on: date, document_no: str) -> Search:
    """State that the police (or the procuratorate) was told, with day and document: the agency alone does.
    Twice is no fault; problem `already_exists` for another day or paper."""
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    search = search_locked(actor, search_id)
    if search.lost_at is None:
        raise Problem("transition_not_allowed", current=search.state)
    who = "police" if police else "procuratorate"
    day = in_course("told_on", told_on, clock.local_day(search.lost_at))
    before = getattr(search, f"{who}_on"), getattr(search, f"{who}_document")
    if before == (day, document_no):
        return search
    if before[0] is not None:
        raise Problem("already_exists", fields={"told_on": ["told on another day, or by another paper"]})
    setattr(search, f"{who}_on", day)
    setattr(search, f"{who}_document", document_no)
    search.save(update_fields=[f"{who}_on", f"{who}_document"])
    tasks_done_for(actor=actor, subject_kind=f"search_{who}", subject_id=search.id)
    record(actor=actor, event="search.told", subject_kind="search", subject_id=search.id, reason=who)
    given_out(actor, search.id, SEARCH_TOLD[who])
    return search


def _task_gone(actor: Actor, search: Search, who: str) -> None:
    tasks_cancel_for(actor=actor, subject_kind=f"search_{who}", subject_id=search.id, reason="closed")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a search ended. Which of these an ending needs, the table's guards say."""

    event: str
    text: str = ""
    place: str = ""
    told: str = ""
    since_on: date | None = None
    found_on: date | None = None
    judgement: SearchJudgement | None = None
    document_no: str = ""


def _days_checked(ending: Ending) -> None:
    """Since when somebody is where they were found may lie before the term."""
    if ending.since_on is not None:
        not_after_today("since_on", ending.since_on)
    if ending.found_on is not None:
        in_course("found_on", ending.found_on, ending.since_on)


@law("CCM-38", "CCM-41")
@transaction.atomic
def search_end(*, actor: Actor, search_id: UUID, ending: Ending) -> Search:
    """The search is over. Contacts that could not take place (hospital, detention, our error) are excused
    from the day that was found out. Twice is no fault."""
    search = search_locked(actor, search_id)
    if SEARCH.already_done(search.state, ending.event):
        return search
    _days_checked(ending)
    facts = {
        "place": ending.place, "told": ending.told, "since_on": ending.since_on,
        "judgement": ending.judgement, "document_no": ending.document_no,
    }  # fmt: skip
    key_id = search.subject.key_id
    _move(
        actor, search, ending.event, ending.text, facts, closed_at=clock.now(), since_on=ending.since_on,
        found_on=ending.found_on, judgement=ending.judgement or "", document_no=ending.document_no,
        place=sealed(Search, "place", search.id, ending.place, key_id),
        told=sealed(Search, "told", search.id, ending.told, key_id),
    )  # fmt: skip
    code = _EXCUSED_BY.get(ending.event)
    if code is not None:
        days = ending.since_on or clock.local_day(search.opened_at), clock.today()
        contacts_excuse_between(actor, search.subject, days, code, missed_contact=search.contact)
    return search


@law("CCL-X1", "CCM-34")
@transaction.atomic
def days_count(
    *,
    actor: Actor,
    search_id: UUID,
    first_day: date,
    last_day: date,
    outs: Sequence[Out],
    note: str = "",
    id: UUID | None = None,
) -> DayCount:
    """An officer of the agency counts days out of supervision from stated dates. `id`: the sender's own."""
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    actor.sign(Signing.SEARCH)
    search, pk = search_locked(actor, search_id), id or uuid7()
    if known := made_before(DayCount, id, search_id=search.id, counted_by_id=actor.person):
        return known
    of_term("first_day", first_day, search.subject)
    if last_day < first_day or any(out.last < out.first for out in outs):
        raise Problem("invalid", fields={"last_day": ["before first_day"]})
    counted = count_days(first_day, not_after_today("last_day", last_day), outs, limit=0)
    row = DayCount.objects.create(
        id=pk, search=search, first_day=first_day, last_day=last_day, days=counted.days,
        taken_out=[
            {
                "kind": out.kind, "first_day": out.first.isoformat(), "last_day": out.last.isoformat(),
                "document_no": out.document_no,
            }
            for out in outs
        ],
        note=sealed(DayCount, "note", pk, note, search.subject.key_id), counted_by_id=require_staff(actor),
        counted_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="search.days_counted", subject_kind="search", subject_id=search.id)
    return row


# What time and late data do.


@law("CCL-30")
@transaction.atomic
def review_open_due(contact_id: UUID, now: datetime) -> int:
    """The hours after a missed contact are over, or two ways have failed: the review opens by itself."""
    owner = DueContact.objects.filter(id=contact_id).values("subject_id")
    subject = Subject.objects.select_for_update(skip_locked=True).filter(id__in=owner).first()
    if subject is None:
        return 0
    contact = DueContact.objects.select_for_update().get(id=contact_id)
    if contact.review_at is None or contact.review_at > now:
        return 0
    DueContact.objects.filter(id=contact.id).update(review_at=None)
    if contact.state == "missed" and subject.state == "in_correction":
        early = contact.review_at < contact.grace_until + timedelta(hours=setting("MISSED_REVIEW_H"))
        search_opened(SYSTEM, subject, SearchWhy.TWO_WAYS if early else SearchWhy.TIME_OVER, contact=contact)
    return 1


@transaction.atomic
def review_settle(search_id: UUID) -> int:
    """Late data settled the contact: nothing is left to review."""
    owner = Search.objects.filter(id=search_id).values("subject_id")
    subject = Subject.objects.select_for_update(skip_locked=True).filter(id__in=owner).first()
    search = Search.objects.select_for_update().filter(id=search_id).first()
    if subject is None or search is None or search.state != SearchState.REVIEW:
        return 0
    search.subject = subject
    _move(SYSTEM, search, "late_data", "", closed_at=clock.now())
    return 1


@law("CCL-44")
def searches_end(subject: Subject) -> None:
    """The term is over: nobody is searched any more."""
    for search in Search.objects.select_for_update().filter(subject=subject, state__in=OPEN):
        search.subject = subject
        _move(SYSTEM, search, "term_end", "", closed_at=clock.now())
