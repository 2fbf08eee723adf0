"""A firing in words: which rule, on what, why, and what was done. The same for API and command."""

from typing import Any

from escalation.models import Extension, Firing, LevelClock, Pause
from escalation.vocabulary import FACTS, Action
from kernel.clock import TZ

MADE = ("intake", "report", "task")
_OPERATORS = {
    "is": "＝",
    "any_of": "属于",
    "at_least": "≥",
    "at_most": "≤",
    "below": "低于",
    "includes_any": "含有任一",
    "includes_all": "含有全部",
}


def sentence(finding: dict[str, Any]) -> str:
    """One comparison: `危险迹象 含有任一 threat、weapon：实为 threat（成立）`."""
    word = "成立" if finding["holds"] else "不成立"
    wanted, found = _said(finding["value"]), _said(finding["found"])
    fact = FACTS[finding["fact"]].zh if finding["fact"] in FACTS else finding["fact"]
    return f"{fact} {_OPERATORS.get(finding['op'], finding['op'])} {wanted}：实为 {found}（{word}）"


def _said(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(str, value)) or "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    return "未知" if value is None else str(value)


def explanation(firing: Firing) -> list[str]:
    """The firing as lines of text, with local times."""
    body = firing.version.body
    lines = [
        f"{firing.rule.code} v{firing.version.number}: {body['zh']} ({body['en']})",
        f"  on {firing.event}, due {_local(firing.due_at)}, fired {_local(firing.fired_at)}",
    ]
    lines += [f"  - {sentence(finding)}" for finding in firing.findings]
    return lines + [f"  → {deed(done)}" for done in firing.actions]


def deed(done: dict[str, Any], *, more: bool = True) -> str:
    """One action and what came of it; `more`: with what it made, which is not for everybody."""
    told = sorted(done.items()) if more else ()
    extra = ", ".join(f"{key} {value}" for key, value in told if key not in {"action", "result"})
    name = Action(done["action"]).zh
    return f"{name} {done['action']}: {done['result']}" + (f" ({extra})" if extra else "")


def made_by(done: dict[str, Any]) -> tuple[str, str] | None:
    """(kind, id) of the record that an action made: `intake`, `report` or `task`."""
    return next(((kind, done[kind]) for kind in MADE if kind in done), None)


def clock_line(clock: LevelClock) -> str:
    """One level clock: what it is for, its last day, and how it stands."""
    stands = f"ended {_local(clock.ended_at)} ({clock.end})" if clock.ended_at else "running"
    guess = ", provisional" if clock.provisional else ""
    if clock.paused_at and not clock.ended_at:
        stands = f"standing still since {_local(clock.paused_at)}"
    return (
        f"clock {clock.ordinal} {clock.level} [{clock.profile}]: last day {clock.last_day}{guess}, {stands}"
    )


def pause_line(pause: Pause) -> str:
    """How long the case stood still."""
    until = _local(pause.resumed_at) if pause.resumed_at else "…"
    return f"pause of the case: {_local(pause.paused_at)} to {until}"


def extension_line(asked: Extension) -> str:
    """Who asked for more time, and what became of it."""
    decided = f", {asked.decision} ({_local(asked.decided_at)})" if asked.decided_at else ""
    return (
        f"extension of clock {asked.clock.ordinal} by {asked.days} d, asked {_local(asked.asked_at)} "
        f"by {asked.asked_role}: {asked.reason}; {asked.state}{decided}"
    )


def _local(at: Any) -> str:
    return str(at.astimezone(TZ).strftime("%Y-%m-%d %H:%M"))
