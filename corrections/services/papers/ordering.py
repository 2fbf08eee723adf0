"""What an order back from a leave, the lifting of a positioning order and a delegation are filled with."""

from corrections import access
from corrections.leave_codes import DecisionKind, NoticeKind
from corrections.models import Leave
from corrections.papers.sheet import Filled, said, span
from corrections.papers.words import DECIDER, OFFICER
from corrections.positioning import LIFTED, LiftReason, PositioningGround
from corrections.selectors import steps_of
from corrections.services.papers.filling import Filler, Filling, clear
from kernel.written import day, moment


def return_notice(filling: Filling) -> Filled:
    """A leave from which the agency ordered back, the newest one unless one is named."""
    rows = access.leaves_visible_to(filling.actor).filter(subject=filling.about)
    ordered = rows.filter(decisions__kind=DecisionKind.ORDER_BACK).distinct()
    row = filling.chosen(ordered.order_by("created_at", "id"))
    if row is None:
        return Filled()
    destination = filling.opened(row, "leave", "destination", beside="texts")["destination"]
    decisions = row.decisions.select_related("recorded_by").order_by("recorded_at", "id")
    order = decisions.filter(kind=DecisionKind.ORDER_BACK).latest("recorded_at", "id")
    granted = decisions.filter(kind__in=(DecisionKind.APPROVE, DecisionKind.EXTEND)).last()
    values = {
        "destination": said(destination, row.destination_code), "because": clear(order, "text"),
        "span": span(granted.first_day, granted.last_day) if granted else "",
        "ordered": day(order.decided_on), "back_by": day(order.last_day), "told": _told(row),
    }  # fmt: skip
    return Filled(values, marks={OFFICER: said(order.recorded_by.name, day(order.decided_on))})


def _told(row: Leave) -> str:
    """When the person was told of the newest decision; empty while that waits."""
    notice = row.notices.filter(kind=NoticeKind.TELL_PERSON, dropped=False).order_by("created_at", "id")
    newest = notice.last()
    return said(day(newest.done_on), newest.document_no) if newest and newest.done_on else ""


def positioning_lifted(filling: Filling) -> Filled:
    """An order that was lifted before its end: why, by whom, and from which moment nothing is kept. One that
    fell with the correction itself was lifted by nobody."""
    rows = access.positioning_visible_to(filling.actor).filter(subject=filling.about, state=LIFTED)
    row = filling.chosen(rows.order_by("over_at", "id"))
    if row is None:
        return Filled()
    filling.opened(row, "positioning_order", beside="texts")
    step = next(step for step in reversed(steps_of([row])[row.id]) if step.event == "lift")
    values = {
        "term": span(row.approved_on, row.ends_on), "ground": PositioningGround(row.ground).zh,
        "why": LiftReason(row.lift_reason).zh if row.lift_reason else "", "because": clear(step, "reason"),
        "over": moment(row.over_at), "device": row.device_no,
    }  # fmt: skip
    return Filled(values, marks={DECIDER: step.actor.name} if step.actor else {})


def delegation(filling: Filling) -> tuple[str, Filled]:
    """The station that is entrusted, and the agency's document with its days."""
    row = filling.about
    values = {
        "agency": row.agency.name, "number": row.document_no,
        "term": f"{day(row.valid_from)}至{day(row.valid_to)}前",
        "taken_back": f"已收回，{day(row.valid_to)}起无效" if row.ended_by_id else "",
    }  # fmt: skip
    return row.station.name, Filled(values)


OF_RECORDS: dict[str, Filler] = {"return_notice": return_notice, "positioning_lifted": positioning_lifted}
