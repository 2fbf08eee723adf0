"""Sending: each recipient gets the own minimal sheet, and each sheet stands in the share log."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Organisation, OrganisationKind
from accounts.selectors import area_ancestors
from edge.conf import setting
from kernel import calendar, clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from liaison.deadlines import receipt_due, review_due
from liaison.grounds import RULES, Recipient, Way, sheet_fields
from liaison.models import Report, Sheet
from liaison.services.moves import done_before, locked, move
from privacy.codes import RecipientKind
from privacy.services import Given, share_logged

POLICE = (Recipient.POLICE, Recipient.COUNTY_POLICE)
SHARED_AS: Mapping[str, RecipientKind] = {
    Recipient.POLICE: RecipientKind.POLICE,
    Recipient.COUNTY_POLICE: RecipientKind.POLICE,
    Recipient.CIVIL_AFFAIRS: RecipientKind.CIVIL_AFFAIRS,
    Recipient.EDUCATION: RecipientKind.EDUCATION,
}


@law("PS-1", "PS-2")
@transaction.atomic
def report_send(*, actor: Actor, report_id: UUID, way: str = "") -> Report:
    """What was approved goes out. `way` says how, where it is another than was meant: by phone or in person
    is always allowed. Problem `police_station_unknown` by the system where no station is on it."""
    return _sent(actor, locked(actor, report_id), "send", way)


@law("PS-3", "PS-4", "PS-6")
@transaction.atomic
def report_send_at_once(*, actor: Actor, report_id: UUID, reason: str = "", way: str = "") -> Report:
    """立即报送: without a second person on PS-3, PS-4 and PS-6, on PS-5 with a reason why it cannot wait;
    reviewed on the next working day. Problem `second_person_required` on the other grounds."""
    return _sent(actor, locked(actor, report_id), "send_at_once", way, reason=reason, **_review())


@law("PS-1", "PS-2")
@transaction.atomic
def report_send_pending(*, actor: Actor, report_id: UUID, way: str = "") -> Report:
    """第二人未审: neither the duty officer nor the deputy answered; it goes out marked so, by a person's
    hand."""
    report = locked(actor, report_id)
    if report.author_id is None:
        raise Problem("author_wanted")
    return _sent(actor, report, "send_pending", way, second_pending=True, **_review())


@law("PS-1")
@transaction.atomic
def report_forward(*, actor: Actor, report_id: UUID, organisation_id: UUID) -> Report:
    """转送: it went to the wrong station; the right one gets it, and at the wrong one it exists no more.

    Problem `police_station_unknown` when the other is no police station.
    """
    report = locked(actor, report_id)
    if done_before(actor, report, "forward", recipient_id=organisation_id):
        return report
    station = Organisation.objects.filter(pk=organisation_id, kind=OrganisationKind.POLICE_STATION).first()
    if station is None or station.pk == report.recipient_id:
        raise Problem("police_station_unknown")
    now = clock.now()
    due = receipt_due(now, minutes=setting("REPORT_RECEIPT_MIN"))
    old = Sheet.objects.get(report=report, recipient__in=POLICE, forwarded_at__isnull=True)
    move(actor, report, "forward", recipient_id=station.pk, receipt_due_at=due, call_owed_at=None)
    Sheet.objects.filter(pk=old.pk).update(forwarded_at=now)
    _sheet(actor, report, old.recipient, station)
    return report


def _review() -> dict[str, Any]:
    day, due_at = review_due(clock.now(), calendar.current())
    return {"review_on": day, "review_due_at": due_at}


def _sent(actor: Actor, report: Report, event: str, way: str, **columns: Any) -> Report:
    """The step, then a sheet for each recipient of the ground."""
    if done_before(actor, report, event, columns.get("reason", ""), way=way or report.way):
        return report
    now, rule = clock.now(), RULES[report.ground]
    station, way = _station(report, rule.recipients[0]), way or report.way
    if station is None and way == Way.SYSTEM:
        raise Problem("police_station_unknown")
    due = receipt_due(now, minutes=setting("REPORT_RECEIPT_MIN")) if way == Way.SYSTEM else None
    move(
        actor, report, event, sent_at=now, recipient_id=station.pk if station else None, receipt_due_at=due,
        second_due_at=None, way=way, **columns,
    )  # fmt: skip
    for recipient in rule.recipients:
        _sheet(actor, report, recipient, station if recipient in POLICE else None)
    return report


def _station(report: Report, recipient: str) -> Organisation | None:
    """The police station nearest above the place; for the county's police the one of the district, if any
    is on the system."""
    stations = Organisation.objects.filter(kind=OrganisationKind.POLICE_STATION)
    wanted = "district" if recipient == Recipient.COUNTY_POLICE else ""
    for area, level in area_ancestors(report.area_id):
        if wanted in ("", level):
            found = stations.filter(area_id=area).order_by("created_at", "id").first()
            if found is not None:
                return found
    return None


def _sheet(actor: Actor, report: Report, recipient: str, station: Organisation | None) -> None:
    fields = sheet_fields(recipient, masked=report.reporter_masked)
    if report.person is None:
        fields = tuple(name for name in fields if name != "person")
    sheet = Sheet.objects.create(
        report=report, recipient=recipient, organisation=station, fields=list(fields), sent_at=clock.now()
    )
    given = Given(
        "report", report.pk, report.ground, "公安联络报告", SHARED_AS[recipient],
        station.name if station else Recipient(recipient).zh,
        [f"liaison.Report.{name}" for name in fields], document_id=sheet.pk,
    )  # fmt: skip
    share_logged(actor=actor, given=given)
