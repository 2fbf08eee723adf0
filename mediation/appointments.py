"""An appointment as a paper and as a calendar file: that there is one, the room, the code, the time. No name,
no address, no matter: whoever finds the paper or looks over a shoulder learns nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from icalendar import Calendar, Event

from kernel.clock import TZ
from kernel.written import day

TITLE = "预约 appointment"
_WORDS = {
    "invitation": "预约：{when}，{room}，编号 {code}。如时间不便，请与我们联系。",
    "cancelled": "原定 {when}（{room}，编号 {code}）的预约取消。",
}


@dataclass(frozen=True, slots=True)
class Appointment:
    """What may be told about a session. `off`: it does not take place at this time."""

    id: UUID
    code: str
    room: str
    starts_at: datetime
    ends_at: datetime
    revision: int
    said_at: datetime
    off: bool = False


def words(kind: str, appointment: Appointment) -> str:
    """The neutral words of a notice; the same for every party."""
    at = appointment.starts_at.astimezone(TZ)
    when = f"{day(at.date())}{at:%H:%M}"
    return _WORDS[kind].format(when=when, room=appointment.room, code=appointment.code)


def calendar(appointments: Iterable[Appointment]) -> bytes:
    """RFC 5545: one event each. A later `revision` of the same id replaces what a calendar has."""
    found = Calendar()
    found.add("prodid", "-//gridgov//appointments//ZH")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    for one in appointments:
        found.add_component(_event(one))
    text: bytes = found.to_ical()
    return text


def _event(one: Appointment) -> Event:
    event = Event()
    event.add("uid", f"{one.id}@gridgov")
    event.add("sequence", one.revision)
    event.add("dtstamp", one.said_at.astimezone(UTC))
    event.add("dtstart", one.starts_at.astimezone(UTC))
    event.add("dtend", one.ends_at.astimezone(UTC))
    event.add("summary", TITLE)
    event.add("location", one.room)
    event.add("description", one.code)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if one.off else "CONFIRMED")
    return event
