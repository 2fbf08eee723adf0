"""The timeline of a dispute: everything that happened to it, with both clocks, made of what packages
register. Nothing is stored here, and no entry holds a name, an address or a person's words.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from disputes.codes import ApplicationForm, AttemptResult, Outcome
from disputes.models import Application, Attempt, DisputeScreening, DisputeTransition
from disputes.selectors import with_absorbed
from kernel.codes.law import HandlingLevel

if TYPE_CHECKING:
    from disputes.models import Dispute
    from kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """`device_at`: by the clock of whoever did it (None where nobody was out in the field); `at`: when the
    server had it."""

    kind: str
    subject_id: UUID
    at: datetime
    title: str
    title_en: str
    device_at: datetime | None = None
    role: str = ""
    marks: tuple[str, ...] = ()


Source = Callable[["Actor", "Dispute"], Iterable[Entry]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Enter a source of entries (once, when its app is ready). It sees no more than its own `visible_to`."""
    if name in _sources:
        raise ValueError(f"timeline source {name} is registered twice")
    _sources[name] = source


def timeline(actor: "Actor", dispute: "Dispute") -> list[Entry]:
    """Oldest first, by the clock of whoever did it."""
    entries = [entry for source in _sources.values() for entry in source(actor, dispute)]
    return sorted(entries, key=lambda entry: (entry.device_at or entry.at, entry.at, str(entry.subject_id)))


def _via(row: "DisputeTransition | Attempt | Application", dispute: "Dispute") -> tuple[str, ...]:
    """The code under which it happened, where that one was merged into this since."""
    return () if row.dispute_id == dispute.pk else (f"via={row.dispute.code}",)


def steps(_actor: "Actor", dispute: "Dispute") -> Iterable[Entry]:
    for row in DisputeTransition.objects.filter(with_absorbed(dispute)).select_related("dispute"):
        moved = row.from_level != row.to_level and row.from_level
        marks = (f"level={row.to_level}",) if moved else (f"state={row.to_state}",)
        zh, en = EVENTS.get(row.event, (row.event, row.event))
        yield Entry("step", row.id, row.at, zh, en, row.device_at, row.role, (*marks, *_via(row, dispute)))


def screenings(_actor: "Actor", dispute: "Dispute") -> Iterable[Entry]:
    links = DisputeScreening.objects.filter(dispute=dispute).select_related("screening", "via")
    for link in links:
        row, outcome = link.screening, Outcome(link.screening.outcome)
        alias = (f"via={link.via.code}",) if link.via else ()
        yield Entry(
            "screening", row.id, row.received_at, f"排查记录：{outcome.zh}", f"screening: {outcome.en}",
            row.device_at, row.author_role, (link.why, f"occurred_at={row.occurred_at.isoformat()}", *alias),
        )  # fmt: skip


def attempts(_actor: "Actor", dispute: "Dispute") -> Iterable[Entry]:
    for row in Attempt.objects.filter(with_absorbed(dispute)).select_related("dispute"):
        result, level = AttemptResult(row.result), HandlingLevel(row.level)
        title = f"{level.zh}调处：{result.zh}"
        yield Entry("attempt", row.id, row.at, title, f"attempt: {result.en}", None, row.role,
                    (f"tried_on={row.tried_on.isoformat()}", *_via(row, dispute)))  # fmt: skip


def applications(_actor: "Actor", dispute: "Dispute") -> Iterable[Entry]:
    for row in Application.objects.filter(with_absorbed(dispute)).select_related("dispute"):
        form = ApplicationForm(row.form)
        marks = (f"asked_on={row.asked_on.isoformat()}", f"receipt={row.receipt_no}", *_via(row, dispute))
        yield Entry("application", row.id, row.at, form.zh, f"application {form.en}", None, row.role, marks)


EVENTS = {
    "register": ("登记", "registered"), "accept": ("受理", "accepted"),
    "not_accept": ("不予受理", "not accepted"), "not_a_dispute": ("不属于纠纷", "not a dispute"),
    "watch_over": ("关注期满", "the watch ended"), "merge": ("并入", "merged"),
    "unmerge": ("撤销并入", "parted again"), "triage": ("分流", "triaged"), "handle": ("办理", "handling"),
    "hand_up": ("提级", "handed up"), "hand_back": ("退回", "handed back"),
    "ask_hand_up": ("请求提级", "asked to hand it up"), "keep_level": ("不予提级", "stays at its level"),
    "reroute": ("改派", "rerouted"), "settle": ("达成", "settled"), "not_settle": ("不成", "not settled"),
    "to_department": ("转部门办理", "to a department"), "to_mediation": ("转调解", "to mediation"),
    "to_referral": ("转介", "referred"), "declined": ("对方不接收", "declined"),
    "no_answer": ("对方未答复", "no answer"), "refuse": ("拒绝调解", "mediation refused"),
    "withdraw": ("撤回", "withdrawn"), "not_taken": ("委员会未受理", "not taken by the committee"),
    "close_elsewhere": ("另途了结", "closed elsewhere"), "feedback": ("反馈", "feedback"),
    "follow_up": ("回访", "follow-up"), "archive": ("归档", "archived"), "reopen": ("重启", "reopened"),
}  # fmt: skip
"""Event of the state table → what it is called."""


def connect() -> None:
    """Enter the sources of this package (once, when the app is ready)."""
    for name, source in (
        ("steps", steps), ("screenings", screenings), ("attempts", attempts), ("applications", applications),
    ):  # fmt: skip
        register(name, source)
