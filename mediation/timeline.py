"""What mediation adds to a dispute's timeline, for those who see the case: its steps, what referrals came to,
and which party was told the other ways. A party is an id; no word of anybody stands here."""

from collections.abc import Iterable

from disputes.models import Dispute
from disputes.timeline import Entry, register
from kernel.actor import Actor
from mediation import access
from mediation.channels import Channel
from mediation.machine import CaseState
from mediation.models import CaseTransition, ReferralTransition, WaysTold
from mediation.models.cases import WaysForm
from mediation.referral import ReferralState


def steps(actor: Actor, dispute: Dispute) -> Iterable[Entry]:
    cases = access.visible_cases(actor).filter(dispute=dispute)
    for row in CaseTransition.objects.filter(case__in=cases):
        state = CaseState(row.target)
        yield Entry(
            "mediation_step", row.pk, row.at, f"调解：{state.zh}", f"mediation: {state.en}", None, row.role,
            _marks(row),
        )  # fmt: skip


def ways(actor: Actor, dispute: Dispute) -> Iterable[Entry]:
    """PM-26: to whom, how, on which day."""
    cases = access.visible_cases(actor).filter(dispute=dispute)
    for row in WaysTold.objects.filter(party__case__in=cases):
        zh, _, en = str(WaysForm(row.form).label).partition(" ")
        yield Entry(
            "ways_told", row.pk, row.recorded_at, f"告知其他途径：{zh}", f"other ways told: {en}",
            role=row.role, marks=(f"party={row.party_id}", f"told_on={row.told_on.isoformat()}"),
        )  # fmt: skip


def referrals(actor: Actor, dispute: Dispute) -> Iterable[Entry]:
    seen = access.visible_referrals(actor).filter(dispute=dispute)
    for row in ReferralTransition.objects.filter(referral__in=seen).select_related("referral"):
        channel, state = Channel(row.referral.channel), ReferralState(row.target)
        yield Entry(
            "referral_step", row.pk, row.at, f"转介{channel.zh}：{state.zh}",
            f"referral, {channel.en}: {state.en}", None, row.role, _marks(row),
        )  # fmt: skip


def _marks(row: CaseTransition | ReferralTransition) -> tuple[str, ...]:
    """Which step it was, and the time that the paper says."""
    stated = (f"stated_at={row.stated_at.isoformat()}",) if row.stated_at else ()
    return (f"event={row.event}", *stated)


def connect() -> None:
    """Enter the sources (once, when the app is ready)."""
    for name, source in (("mediation_steps", steps), ("ways_told", ways), ("referral_steps", referrals)):
        register(name, source)
