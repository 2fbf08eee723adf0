"""The end of a correction: what is done before, the papers after, and ends that a document makes."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections import access
from corrections.decisions import BACK_TO_PRISON, DRAFTED, HEARD, STANDING
from corrections.ends import (
    DETAINED,
    ENDINGS,
    RELEASES,
    CertificateWay,
    EndPaper,
    EndReason,
    NoticeTo,
    stages_begun,
)
from corrections.machine import AGENCY
from corrections.models import (
    Aftercare,
    Decision,
    Detention,
    Ending,
    EndNotice,
    EndPaperRow,
    EndStage,
    Subject,
    Transfer,
)
from corrections.sendings import send_due
from corrections.services.acts import Said, in_course, move, not_after_today
from corrections.services.aftercare import aftercare_waits
from corrections.services.found import in_term, require_staff, subject_locked
from corrections.services.giving import end_told, given_out
from corrections.transfers import UNDER_WAY
from edge.conf import setting
from edge.encryption import seal_value
from edge.rows import existing
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from tasks.codes import TaskKind
from tasks.services import About, task_create, tasks_cancel_for

ENDING = "correction_ending"


def proposal_pending(subject: Subject) -> bool:
    """Whether a proposal to revoke or to imprison has not been decided."""
    rows = Decision.objects.filter(subject=subject, kind__in=sorted(BACK_TO_PRISON), result="")
    return rows.filter(state__in=[DRAFTED, HEARD, *sorted(STANDING)]).exists()


def detained(subject: Subject) -> bool:
    return Detention.objects.filter(subject=subject, state=DETAINED).exists()


@law("CCL-44", "CCL-51")
def ending_open(subject: Subject, reason: EndReason, ended_on: date, document_no: str = "") -> Ending:
    """The row of an end with its notices, and the agency's tasks. What is pending is marked for the agency's
    head; it prolongs nothing."""
    categories = set(subject.orders.values_list("category", flat=True))
    ending = Ending.objects.create(
        subject=subject, reason=reason, ended_on=ended_on, outside_prison="04" in categories,
        in_detention=detained(subject), proposal_pending=proposal_pending(subject), document_no=document_no,
        created_at=clock.now(),
    )  # fmt: skip
    due_on = send_due(max(ended_on, clock.today()), setting("COPY_SEND_DAYS"))
    notices = [EndNotice(ending=ending, to=to, due_on=due_on) for to in NoticeTo]
    EndNotice.objects.bulk_create(notices)
    _task(subject, TaskKind.REVIEW, About(ENDING, ending.id))
    for notice in notices:
        _task(subject, TaskKind.NOTIFY, About("end_notice", notice.id), due_on)
    return ending


def _task(subject: Subject, kind: TaskKind, about: About, due_on: date | None = None) -> None:
    task_create(
        actor=SYSTEM, kind=kind, about=about, role=Role.AGENCY_OFFICER, organisation_id=subject.agency_id,
        due_at=clock.day_end(due_on) if due_on else None,
    )  # fmt: skip


@transaction.atomic
def end_stages_tick(subject_id: UUID) -> int:
    """Begin the stages before the end whose day has come, once each; the newest makes the officer's task."""
    subject = Subject.objects.select_for_update(skip_locked=True).filter(id=subject_id).first()
    if subject is None or subject.ends_on is None or not in_term(subject):
        return 0
    begun = stages_begun(subject.ends_on, clock.today())
    known = EndStage.objects.filter(subject=subject, ends_on=subject.ends_on)
    missing = [days for days in begun if days not in set(known.values_list("days", flat=True))]
    EndStage.objects.bulk_create(
        EndStage(subject=subject, ends_on=subject.ends_on, days=days, begun_at=clock.now())
        for days in missing
    )
    if missing:
        task_create(
            actor=SYSTEM, kind=TaskKind.REVIEW, about=About("subject", subject.id), role=Role.STATION_OFFICER,
            assignee_id=subject.officer_id, organisation_id=subject.station_id,
            due_at=clock.day_end(subject.ends_on),
        )  # fmt: skip
    return len(missing)


@law("CCM-53")
def checklist(subject: Subject) -> dict[str, bool]:
    """What is looked at before the end: `True` is still to be done, or to be looked at."""
    papers = set(EndPaperRow.objects.filter(subject=subject).values_list("kind", flat=True))
    known = Aftercare.objects.filter(subject=subject)
    transfers = Transfer.objects.filter(subject=subject, state__in=UNDER_WAY)
    return {
        "summary": EndPaper.SUMMARY not in papers,
        "appraisal": EndPaper.APPRAISAL not in papers,
        "proposal_pending": proposal_pending(subject),
        "detained": detained(subject),
        "transfer_under_way": transfers.exists(),
        "aftercare": not known.exists() or aftercare_waits(subject),
    }


@law("CCM-53")
@transaction.atomic
def end_paper_write(
    *, actor: Actor, subject_id: UUID, kind: EndPaper, written_on: date, text: str
) -> EndPaperRow:
    """The person's own summary, or the agency's appraisal. Twice gives the first."""
    user_id, subject = require_staff(actor), subject_locked(actor, subject_id)
    if kind == EndPaper.APPRAISAL and actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    standing = EndPaperRow.objects.filter(subject=subject, kind=kind).first()
    if standing is not None:
        return standing
    pk = uuid7()
    row = EndPaperRow.objects.create(
        id=pk, subject=subject, kind=kind, written_on=not_after_today("written_on", written_on),
        text=seal_value(EndPaperRow, "text", pk, text, subject.key_id), entered_by_id=user_id,
        entered_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="subject.end_paper", subject_kind="subject", subject_id=subject.id, reason=kind)
    return row


def ending_locked(actor: Actor, ending_id: UUID) -> Ending:
    rows = access.endings_visible_to(actor).select_for_update(of=("self",)).select_related("subject")
    row = existing(rows.filter(id=ending_id))
    return row


def _facts(ending: Ending) -> dict[str, bool]:
    return {
        "release": ending.reason in RELEASES,
        "outside_prison": ending.outside_prison,
        "told": not ending.notices.filter(sent_on=None).exists(),
        "aftercare_waits": aftercare_waits(ending.subject),
    }


def _step(actor: Actor, ending: Ending, event: str, said: Said, **columns: object) -> Ending:
    if not ENDINGS.already_done(ending.state, event):
        said = replace(said, facts=_facts(ending))
        move(actor, ending, ENDINGS, event, said, **columns)
        if event != "close":
            tasks_cancel_for(actor=actor, subject_kind=ENDING, subject_id=ending.id, reason=event)
    return ending


@law("CCL-44")
@transaction.atomic
def ending_certify(
    *, actor: Actor, ending_id: UUID, certificate_no: str, issued_on: date | None = None,
    way: CertificateWay = CertificateWay.IN_PERSON,
) -> Ending:  # fmt: skip
    """The certificate of release stands: its number, its date, and how it reached the person; never before
    the last day is over."""
    ending = ending_locked(actor, ending_id)
    day = not_after_today("issued_on", issued_on or clock.today())
    if day < ending.ended_on:
        raise Problem("invalid", fields={"issued_on": ["before the last day"]})
    return _step(
        actor, ending, "certify", Said(on=day), certificate_no=certificate_no, certified_on=day,
        certificate_way=way,
    )  # fmt: skip


@law("CCL-44")
@transaction.atomic
def ending_released_by(*, actor: Actor, ending_id: UUID, organ: str, document_no: str, on: date) -> Ending:
    """Category 04: released by the prison or the detention house, by its document."""
    return _step(
        actor, ending_locked(actor, ending_id), "released_by", Said(on=not_after_today("on", on)),
        released_by=organ, document_no=document_no, released_on=on,
    )  # fmt: skip


@transaction.atomic
def ending_terminate(*, actor: Actor, ending_id: UUID) -> Ending:
    """The papers of a termination are complete."""
    return _step(actor, ending_locked(actor, ending_id), "terminate", Said())


@law("CCL-44", "CCL-51")
@transaction.atomic
def ending_notice(*, actor: Actor, ending_id: UUID, to: NoticeTo, sent_on: date, document_no: str) -> Ending:
    """One of the three notices went out, by its number; the same one twice is no fault."""
    user_id, ending = require_staff(actor), ending_locked(actor, ending_id)
    notice = ending.notices.select_for_update().get(to=to)
    if notice.sent_on is None:
        notice.sent_on, notice.sent_by_id = in_course("sent_on", sent_on, ending.ended_on), user_id
        notice.document_no = document_no
        notice.save(update_fields=["sent_on", "sent_by", "document_no"])
        record(actor=actor, event="correction_ending.notice", subject_kind=ENDING, subject_id=ending.id,
               reason=to)  # fmt: skip
        tasks_cancel_for(actor=actor, subject_kind="end_notice", subject_id=notice.id, reason="sent")
        organs = ending.subject.orders.order_by("created_at", "id").values_list("organ", flat=True)
        organ = "、".join(dict.fromkeys(organs)) if to == NoticeTo.ORGAN else ""
        given_out(actor, ending.id, end_told(EndReason(ending.reason), to), organ)
    return ending


@transaction.atomic
def ending_close(*, actor: Actor, ending_id: UUID) -> Ending:
    """All papers are out."""
    return _step(actor, ending_locked(actor, ending_id), "close", Said())


@transaction.atomic
def ending_look_at(*, actor: Actor, ending_id: UUID) -> Ending:
    """The agency's head has seen that the term ended in detention, or with a proposal pending."""
    if actor.role != Role.AGENCY_HEAD:
        raise Problem("role_not_allowed")
    ending = ending_locked(actor, ending_id)
    if ending.looked_at_by_id is None:
        ending.looked_at_by_id = actor.user_id
        ending.save(update_fields=["looked_at_by"])
        record(actor=actor, event="correction_ending.look_at", subject_kind=ENDING, subject_id=ending.id)
    return ending
