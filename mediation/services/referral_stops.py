"""停止使用告知: what a party takes back of what has gone to a channel, the channel is told by a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Membership
from accounts.selectors import area_ancestors, memberships_in_force
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from kernel.problems import Problem
from mediation import access
from mediation.channels import TABLE, Channel
from mediation.models import DossierCopy, Referral, ReferralStop, ReferralTransition, ReferralWord
from mediation.referral import StopForm
from mediation.services.centre import desk_task
from mediation.services.referral_moves import locked_referral, referral_told
from privacy.codes import RecipientKind
from privacy.services import Given, share_logged
from tasks.codes import TaskKind
from tasks.services import About, task_create, tasks_done_for

SUBJECT = "mediation_referral"
GOING = ("send", "supply")


@dataclass(frozen=True, slots=True)
class _Went:
    """One time that something went to the channel: when, on which day by the paper, and by whom."""

    at: datetime
    day: date
    by: UUID | None
    role: str


@law("PI-13/14")
def stop_owed(actor: Actor, row: Referral, word: ReferralWord) -> ReferralStop | None:
    """What this word takes back of what has gone there: whoever sent it last has the to-do of telling the
    channel. None where nothing of it has gone."""
    words = list(ReferralWord.objects.filter(referral=row).exclude(pk=word.pk).order_by("recorded_at", "id"))
    gone = _gone(row)
    fields, papers = _parts(words[-1:]) - _parts([word]), _papers(words[-1:]) - _papers([word])
    sent = [said for one in gone if (said := _in_force(words, one.at))]
    fields, papers = fields & _parts(sent), papers & _papers(sent)
    if not (fields or papers):
        return None
    stop = ReferralStop.objects.create(
        referral=row, word=word, fields=sorted(fields), papers=sorted(papers), made_at=clock.now(),
        sent_on=sorted({one.day for one in gone}), owed_by_id=gone[-1].by,
    )  # fmt: skip
    referral_told(actor, row, "stop_owed", {"stop": str(stop.pk)}, ["stops"])
    _ask(actor, row, gone[-1])
    return stop


def _parts(words: Iterable[ReferralWord]) -> frozenset[str]:
    return frozenset(code for word in words for code in word.fields)


def _papers(words: Iterable[ReferralWord]) -> frozenset[str]:
    return frozenset(part for word in words for part in word.papers)


def _in_force(words: list[ReferralWord], at: datetime) -> ReferralWord | None:
    return next((word for word in reversed(words) if word.recorded_at <= at), None)


def _gone(row: Referral) -> list[_Went]:
    """The sendings, and the sets of the file that were made for it, oldest first."""
    steps = ReferralTransition.objects.filter(referral=row, event__in=GOING)
    went = [
        _Went(step.at, clock.local_day(step.stated_at or step.at), step.actor_id, step.role) for step in steps
    ]
    copies = DossierCopy.objects.filter(referral=row)
    went += [
        _Went(copy.made_at, clock.local_day(copy.made_at), copy.made_by_id, copy.role) for copy in copies
    ]
    return sorted(went, key=lambda one: one.at)


def _ask(actor: Actor, row: Referral, last: _Went) -> None:
    """The to-do of the person who sent it; of the desk where that person is no longer there or may no longer
    know of the matter."""
    holder = _still_there(row, last)
    if holder is None:
        desk_task(actor, row.dispute, TaskKind.NOTIFY, SUBJECT, row.pk)
        return
    task_create(
        actor=actor, kind=TaskKind.NOTIFY, about=About(SUBJECT, row.pk, area_id=row.street_id),
        role=Role(holder.role), assignee_id=holder.user_id, organisation_id=holder.organisation_id,
    )  # fmt: skip


def _still_there(row: Referral, last: _Went) -> Membership | None:
    if last.by is None:
        return None
    areas = [area for area, _ in area_ancestors(row.street_id)]
    held = memberships_in_force().filter(
        user_id=last.by, role=last.role, organisation__area_id__in=[row.street_id, *areas]
    )
    holder = held.order_by("valid_from", "id").first()
    if holder is None:
        return None
    sender = Actor(
        user_id=holder.user_id, role=Role(holder.role), membership_id=holder.pk,
        organisation_id=holder.organisation_id,
    )  # fmt: skip
    return holder if access.visible_referrals(sender).filter(pk=row.pk).exists() else None


@dataclass(frozen=True, slots=True)
class Told:
    """How, when and with which letter the channel was told."""

    form: StopForm | str
    on: date | None = None
    document_no: str = ""


@law("PI-13/14", "ND-12")
@transaction.atomic
def referral_stop_told(
    *, actor: Actor, referral_id: UUID, stop_id: UUID, told: Told
) -> tuple[Referral, bool]:
    """停止使用告知: a person has told the channel to stop using what the party took back; it stands in the
    share log. Told again, the first stands. Problems `not_found`, `date_in_future`,
    `told_before_taken_back`."""
    row = locked_referral(actor, referral_id)
    stop = existing(ReferralStop.objects.filter(referral=row, pk=stop_id).select_related("word"))
    if stop.told_on is not None:
        return row, True
    day = told.on or clock.today()
    if day > clock.today():
        raise Problem("date_in_future")
    if day < stop.word.said_on:
        raise Problem("told_before_taken_back", taken_back_on=stop.word.said_on)
    stop.told_on, stop.form, stop.document_no = day, told.form, told.document_no
    stop.told_by_id, stop.recorded_at = actor.person, clock.now()
    stop.save(update_fields=["told_on", "form", "document_no", "told_by", "recorded_at"])
    _log(actor, row, stop)
    if not ReferralStop.objects.filter(referral=row, told_on=None).exists():
        tasks_done_for(actor=actor, subject_kind=SUBJECT, subject_id=row.pk, kind=TaskKind.NOTIFY)
    return row, False


def _log(actor: Actor, row: Referral, stop: ReferralStop) -> None:
    channel = Channel(row.channel)
    named = [f"{row.channel}.{code}" for code in stop.fields] + [f"file.{part}" for part in stop.papers]
    share_logged(
        actor=actor,
        given=Given(
            SUBJECT, row.pk, "PI-13/14", f"告知停止使用：{channel.zh}", RecipientKind(TABLE[channel].to),
            row.recipient, named,
        ),
    )  # fmt: skip
    detail = {"stop": str(stop.pk), "form": stop.form, "sent_on": [day.isoformat() for day in stop.sent_on]}
    referral_told(actor, row, "stop_told", detail, ["told_on"])
