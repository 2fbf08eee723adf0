"""Referrals on the worklist of the desk: what a channel has not answered, and what came back."""

from collections.abc import Iterable
from datetime import datetime

from kernel.actor import Actor
from mediation import access
from mediation.channels import Channel
from mediation.machine import DESK
from mediation.models import Referral
from mediation.referral import WITH_THE_CHANNEL, ReferralState
from mediation.services.referrals import is_urgent
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
        "referrals_back", SectionKind.CAME_BACK, "转介退回或反馈", "Referrals that came back", DESK, came_back
    ),
)
