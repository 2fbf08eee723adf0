"""Reports at work: the desk of street A with somebody on duty, and steps in one word."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from accounts.models import Organisation
from kernel import clock
from kernel.ids import uuid7
from liaison import services
from liaison.models import Report
from liaison.services import Observed, Source
from tasks.codes import DutyPost
from tasks.models import DutyShift
from tests.cast import District, Member


def seen(district: District, **changes: Any) -> Observed:
    said = {
        "acts": ("threat",), "observed_at": clock.now(), "area_id": district.areas["A1"].id,
        "grid_id": district.grids["A1-1"].id,
    }  # fmt: skip
    return Observed(**(said | changes))


def shift(organisation: Organisation, who: Member, post: DutyPost, hours: int = 10) -> DutyShift:
    """On duty from an hour ago."""
    start = clock.now() - timedelta(hours=1)
    return DutyShift.objects.create(
        organisation=organisation, person=who.user, post=post, starts_at=start,
        ends_at=start + timedelta(hours=hours), entered_by=who.user, entered_at=start,
    )  # fmt: skip


@dataclass
class Desk:
    """Who takes part, and the acts by name."""

    district: District
    mediator: Member
    duty: Member
    director: Member
    police: Member

    def drafted(self, ground: str = "PS-1", who: Member | None = None, **changes: Any) -> Report:
        return services.report_draft(
            actor=(who or self.mediator).actor, ground=ground, source=Source("dispute", uuid7()),
            observed=seen(self.district, **changes),
        )[0]  # fmt: skip

    def proposed(self, ground: str = "PS-1", **changes: Any) -> Report:
        return self.do("put_forward", self.drafted(ground, **changes), self.mediator)

    def sent(self, ground: str = "PS-1", **changes: Any) -> Report:
        approved = self.do("approve", self.proposed(ground, **changes), self.duty)
        return self.do("send", approved, self.mediator)

    def at_once(self, ground: str = "PS-3", **changes: Any) -> Report:
        return self.do("send_at_once", self.drafted(ground, **changes), self.mediator)

    def received(self, ground: str = "PS-1") -> Report:
        return self.do("receive", self.sent(ground), self.police)

    def answered(self) -> Report:
        return self.do("answer", self.received(), self.police, answer="attended")

    def do(self, act: str, report: Report, who: Member, **said: Any) -> Report:
        service = getattr(services, f"report_{act}")
        done: Report = service(actor=who.actor, report_id=report.pk, **said)
        return done


def second_station(district: District) -> UUID:
    return district.organisations["police B"].pk
