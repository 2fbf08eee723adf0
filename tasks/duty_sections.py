"""What the duty list puts on the worklist: holes for who plans it, hand-overs for who comes on duty."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from edge.conf import setting
from kernel.actor import Actor
from kernel.clock import TZ
from kernel.codes.roles import Role
from tasks import access
from tasks.models import DutyShift
from tasks.roster import warn_from
from tasks.selectors import holes_of
from tasks.worklist import Section, SectionKind, WorklistItem, register

OFFICERS = frozenset({Role.DUTY_OFFICER})
SHOWN = timedelta(days=7)
"""How long after its end a shift that was not handed over, or not signed for, stands on the worklist."""


def connect() -> None:
    """Enter the sections (once, when the app is ready)."""
    for section in (
        Section(
            "duty_holes", SectionKind.MISSING, "值班表空缺", "Holes in the duty list", access.PLANNERS, vacant
        ),
        Section(
            "duty_unsigned", SectionKind.MISSING, "交接班未签收", "Shifts that nobody has signed for",
            access.PLANNERS, unsigned,
        ),
        Section(
            "duty_handed", SectionKind.TO_DO, "待签收的交班记录", "Shifts to sign for", OFFICERS, handed
        ),
        Section("duty_own", SectionKind.TO_DO, "我的当班", "The own shift", OFFICERS, own),
    ):  # fmt: skip
        register(section)


def vacant(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    """Stretches without anybody that begin within the days of warning, or have begun."""
    if actor.organisation_id is None or not access.plans_duty(actor):
        return
    days = setting("DUTY_WARN_DAYS")
    for post, (begins, _ends) in holes_of(actor.organisation_id, (now, now + timedelta(days=days))):
        if warn_from(begins, days) <= now:
            yield WorklistItem(
                "organisation", actor.organisation_id, f"{post.zh}无人值班", f"nobody holds: {post.en}",
                due_at=begins, marks=(post, "now" if begins <= now else "soon"),
            )  # fmt: skip


def _shift(row: DutyShift) -> WorklistItem:
    begins, ends = (at.astimezone(TZ).strftime("%m-%d %H:%M") for at in (row.starts_at, row.ends_at))
    return WorklistItem(
        "duty_shift", row.id, f"{row.get_post_display()} {begins} 至 {ends}",
        f"{row.post} {begins} to {ends}", due_at=row.ends_at, since=row.handed_at, marks=(row.post,),
    )  # fmt: skip


def unsigned(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    """Shifts over for less than a week that nobody has signed for, handed over or not."""
    if not access.plans_duty(actor):
        return
    rows = access.shifts_visible_to(actor).filter(
        taken_at__isnull=True,
        cancelled_at__isnull=True,
        ends_at__lte=now,
        ends_at__gt=now - timedelta(days=7),
    )
    yield from map(_shift, rows)


def handed(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    """What colleagues have handed over, while the actor is on duty."""
    if not access.on_duty_now(actor):
        return
    rows = access.shifts_visible_to(actor).filter(handed_at__isnull=False, taken_at__isnull=True)
    yield from map(_shift, rows.exclude(person_id=actor.person))


def own(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    """The own shift that goes on, or is over for less than a week and not yet handed over."""
    rows = access.shifts_visible_to(actor).filter(
        person_id=actor.person, cancelled_at__isnull=True, handed_at__isnull=True, starts_at__lte=now,
        ends_at__gt=now - SHOWN,
    )  # fmt: skip
    yield from map(_shift, rows)
