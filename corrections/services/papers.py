"""A form of corrections, filled with what its head says about the person."""

from uuid import UUID

from django.db import transaction

from corrections import access
from corrections.models import Subject
from corrections.papers.forms import PACKAGE
from corrections.papers.sheet import Sheet
from corrections.services.reading import revealed
from edge.documents.forms import form_of, paper
from edge.documents.model import Document
from kernel import clock
from kernel.actor import Actor
from kernel.codes.law import CorrectionCategory
from kernel.law import law
from kernel.problems import Problem

FIELDS = ("name", "guardian_name")


@law("CCL-54", "CCL-61")
@transaction.atomic
def paper_fill(*, actor: Actor, subject_id: UUID, key: str, purpose: str, reason: str) -> Document:
    """One form for one person, against a row in the read log. What is decided is written on it by hand."""
    form = form_of(PACKAGE, key)
    rows = access.visible_to(actor).select_related("station", "agency", "officer")
    subject = rows.filter(id=subject_id).first()
    if subject is None:
        raise Problem("not_found")
    clear = revealed(actor=actor, row=subject, kind="subject", fields=FIELDS, purpose=purpose, reason=reason)
    return paper(form, _sheet(subject, clear), made_at=clock.now())


def _sheet(subject: Subject, clear: dict[str, str | None]) -> Sheet:
    orders = list(subject.orders.prefetch_related("terms"))
    starts = [term.starts_on for order in orders for term in order.terms.all()]
    return Sheet(
        name=clear["name"] or "",
        category="、".join(CorrectionCategory(order.category).zh for order in orders),
        document_no="、".join(order.document_no for order in orders),
        organ="、".join(order.organ for order in orders),
        starts_on=min(starts, default=None),
        ends_on=subject.ends_on,
        station=subject.station.name,
        agency=subject.agency.name,
        officer=subject.officer.name,
        guardian=(clear["guardian_name"] or "") if subject.minors_rules else "",
    )
