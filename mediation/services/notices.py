"""What parties are told about a session: by a person, in the allowed hours, in one wording for all."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from edge.conf import setting
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from mediation import appointments, table_access
from mediation.hours import Hours, not_before
from mediation.models import CaseParty, Session, SessionNotice
from mediation.services.moves import locked_case, require_may_call
from mediation.services.steps import tell
from mediation.session_rules import NoticeKind
from mediation.table_selectors import appointment_of, may_call


def call_hours() -> Hours:
    """The hours of the district in which parties are called upon."""
    return Hours.between(setting("CALL_FROM"), setting("CALL_TO"))


@law("DV-23")
def invite(session: Session) -> None:
    """One invitation for each party of the session. Problem `wish_required`: nobody is called, rather than
    all but one."""
    parties = _parties(session)
    require_may_call(session.case, parties)
    _write(session, parties, NoticeKind.INVITATION)


def tell_all(session: Session, kind: NoticeKind, words: str = "") -> None:
    """The same words for every party that may be called. A wish taken back since silences what would reach
    the other side."""
    _write(session, [party for party in _parties(session) if may_call(session.case, party)], kind, words)


def drop_waiting(session: Session) -> None:
    """What was not told yet is overtaken by what happened."""
    waiting = SessionNotice.objects.filter(session=session, told_at=None, dropped_at=None)
    waiting.update(dropped_at=clock.now())


def _parties(session: Session) -> list[CaseParty]:
    rows = CaseParty.objects.filter(case_id=session.case_id).select_related("dispute_party")
    parties = rows.order_by("id")
    return list(parties if session.party_id is None else parties.filter(pk=session.party_id))


def _write(session: Session, parties: list[CaseParty], kind: NoticeKind, words: str = "") -> None:
    now = clock.now()
    said = words or appointments.words(kind, appointment_of(session))
    SessionNotice.objects.bulk_create(
        SessionNotice(
            session=session, party=party, kind=kind, revision=session.revision, words=said, made_at=now,
            not_before=not_before(now, call_hours()),
        )
        for party in parties
    )  # fmt: skip


@law("DV-23")
@transaction.atomic
def notice_tell(
    *, actor: Actor, notice_id: UUID, form: str, told_at: datetime | None = None
) -> SessionNotice:
    """已通知: somebody told the party (`told_at`: when, if it is written down later). Told twice, the first
    stands.

    Problems `notice_too_early` outside the allowed hours, `wish_required` when the wish was taken back.
    """
    notice = locked_notice(actor, notice_id)
    if notice.told_at is not None:
        return notice
    at, now = told_at or clock.now(), clock.now()
    if at > now:
        raise Problem("date_in_future")
    if not call_hours().cover(at) or at < notice.made_at:
        raise Problem("notice_too_early", allowed_from=not_before(max(at, notice.made_at), call_hours()))
    notice.told_at, notice.told_by_id, notice.form = at, actor.person, form
    notice.save(update_fields=["told_at", "told_by", "form"])
    tell(actor, "notice_told", notice.session, "told_at", notice=str(notice.pk), about=notice.kind)
    return notice


def locked_notice(actor: Actor, notice_id: UUID) -> SessionNotice:
    """The notice under its case's lock, and still to be told. Problems `not_found`, `session_not_open`,
    `wish_required`."""
    seen = table_access.visible_notices(actor).filter(pk=notice_id)
    case_id = existing(seen.values_list("session__case_id", flat=True))
    case = locked_case(actor, case_id)
    notice = SessionNotice.objects.select_related("session", "party__dispute_party").get(pk=notice_id)
    notice.session.case = case
    if notice.dropped_at is not None:
        raise Problem("session_not_open")
    require_may_call(case, [notice.party])
    return notice


@law("DV-23")
@transaction.atomic
def notice_file(*, actor: Actor, notice_id: UUID) -> bytes:
    """日历文件: the calendar file for one party: appointment, room, code, time. For the other side on the
    protected track only by the wish (`wish_required`)."""
    notice = locked_notice(actor, notice_id)
    return appointments.calendar([appointment_of(notice.session)])
