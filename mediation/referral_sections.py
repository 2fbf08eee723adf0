"""Referrals on the worklist of the desk: what a channel has not answered, and what came back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef

from kernel.actor import Actor
from mediation import access
from mediation.channels import Channel
from mediation.machine import DESK
from mediation.models import Referral, ReferralStop
from mediation.referral import WITH_THE_CHANNEL, ReferralState
from mediation.services.referrals import is_urgent
from tasks.codes import TaskKind, TaskState
from tasks.models import Task
from tasks.worklist import Section, SectionKind, WorklistItem


def _line(row: Referral) -> WorklistItem:
    channel = Channel(row.channel)
    return WorklistItem(
        "mediation_referral", row.pk, f"{row.dispute.code} {channel.zh}", f"{row.dispute.code} {channel.en}",
        due_at=row.no_answer_at or row.answer_due_at, since=row.made_at,
        marks=("urgent",) if is_urgent(row) else (),
    )  # fmt: skip


def unanswered(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    rows = access.visible_referrals(actor).filter(state__in=WITH_THE_CHANNEL, no_answer_at__isnull=False)
    return [_line(row) for row in rows.select_related("dispute")]


def came_back(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    states = (ReferralState.DECLINED, ReferralState.NEEDS_MORE, ReferralState.REPORTED_BACK)
    rows = access.visible_referrals(actor).filter(state__in=states)
    return [_line(row) for row in rows.select_related("dispute")]


def to_stop(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """PI-13/14: what a party took back and the channel was not told, where nobody has it as a to-do."""
    asked = Task.objects.filter(
        subject_kind="mediation_referral", subject_id=OuterRef("pk"), kind=TaskKind.NOTIFY,
        state=TaskState.OPEN,
    )  # fmt: skip
    owed = ReferralStop.objects.filter(referral=OuterRef("pk"), told_on=None)
    rows = access.visible_referrals(actor).filter(Exists(owed), ~Exists(asked)).select_related("dispute")
    return [replace(_line(row), due_at=None) for row in rows]


SECTIONS = (
    Section(
        "referrals_unanswered",
        SectionKind.WAITING,
        "转介未答复",
        "Referrals without an answer",
        DESK,
        unanswered,
    ),
    Section(
        "referrals_to_stop",
        SectionKind.TO_DO,
        "待告知对方停止使用",
        "Channels to be told to stop",
        DESK,
        to_stop,
    ),
    Section(
        "referrals_back", SectionKind.CAME_BACK, "转介退回或反馈", "Referrals that came back", DESK, came_back
    ),
)
