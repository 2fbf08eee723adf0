"""A form of corrections, filled from the person's records."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from corrections import access
from corrections.models import Subject
from corrections.papers.forms import PACKAGE
from corrections.papers.sheet import Filled, Sheet
from corrections.services.papers import acts, asking, beginning, closing, leaving, ordering, reports
from corrections.services.papers.filling import Filler, Filling
from edge.documents.forms import form_of, paper
from edge.documents.model import Document
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.law import CorrectionCategory
from kernel.law import law
from kernel.problems import Problem

FIELDS = ("name", "guardian_name")
OF_RECORDS: dict[str, Filler] = {
    **beginning.OF_RECORDS, **asking.OF_RECORDS, **leaving.FILLERS, **acts.FILLERS, **closing.OF_RECORDS,
    **reports.OF_RECORDS, **ordering.OF_RECORDS,
}  # fmt: skip
FILLERS: dict[str, Filler] = beginning.FILLERS | closing.FILLERS | OF_RECORDS
AFTER = frozenset(closing.AFTER + reports.AFTER)
COMPLAINT, OPINION_REPLY, ASSESSMENT = "complaint", "opinion_reply", "assessment"
DELEGATION = "delegation"
NOBODYS = frozenset({OPINION_REPLY, ASSESSMENT, DELEGATION})


@law("CCL-54", "CCL-61")
@transaction.atomic
def paper_fill(
    *, actor: Actor, subject_id: UUID, key: str, purpose: str, reason: str, record: UUID | None = None
) -> Document:
    """One form for one person, against rows in the read log: filled from `record`, or from the newest of its
    kind that the actor may see; what is not known yet is written on it by hand.

    Of an end the agency's head prints after the term, too. Problems `not_found`, also for a record that is
    not the person's; `invalid` for a record with a form that is made from none.
    """
    form = form_of(PACKAGE, key)
    rows = access.readable_by(actor) if key in AFTER else access.visible_to(actor)
    rows = rows.none() if key in NOBODYS else rows
    subject = existing(rows.select_related("station", "agency", "officer").filter(id=subject_id))
    if record is not None and key not in OF_RECORDS:
        raise Problem("invalid", fields={"record": ["this form is made from none"]})
    filling = Filling(actor, subject, purpose, reason, record)
    beside = "members" if key in beginning.NAMES_GROUP else ""
    clear = filling.opened(subject, "subject", *FIELDS, beside=beside)
    below = FILLERS[key](filling) if key in FILLERS else Filled()
    return paper(form, _sheet(subject, clear, below), made_at=clock.now())


def _sheet(subject: Subject, clear: dict[str, str], below: Filled) -> Sheet:
    orders = list(subject.orders.prefetch_related("terms"))
    starts = [term.starts_on for order in orders for term in order.terms.all()]
    return Sheet(
        name=clear["name"],
        category="、".join(CorrectionCategory(order.category).zh for order in orders),
        document_no="、".join(order.document_no for order in orders),
        organ="、".join(order.organ for order in orders),
        starts_on=min(starts, default=None),
        ends_on=subject.ends_on,
        station=subject.station.name,
        agency=subject.agency.name,
        officer=subject.officer.name,
        guardian=clear["guardian_name"] if subject.minors_rules else "",
        below=below,
    )


def _own_paper(filling: Filling, key: str, fill: Callable[[Filling], tuple[str, Filled]]) -> Document:
    """A form with a door of its own: of a record that is no person's, or not to be known as one's."""
    if filling.about is None:
        raise Problem("not_found")
    name, below = fill(filling)
    return paper(form_of(PACKAGE, key), Sheet(name=name, below=below), made_at=clock.now())


@law("CCL-34b", "CCL-61")
@transaction.atomic
def complaint_paper(*, actor: Actor, complaint_id: UUID, purpose: str, reason: str) -> Document:
    """The form of a complaint, for those to whom the complaint exists. Whether the person stands in the
    register is nothing that it says."""
    rows = access.complaints_visible_to(actor).filter(id=complaint_id).select_related("received_by")
    return _own_paper(Filling(actor, rows.first(), purpose, reason), COMPLAINT, acts.complaint)


@law("CCL-8")
@transaction.atomic
def opinion_paper(*, actor: Actor, opinion_id: UUID, purpose: str, reason: str) -> Document:
    """The written reply to the procuratorate, as far as it has come."""
    rows = access.opinions_visible_to(actor).filter(id=opinion_id).select_related("agency")
    return _own_paper(Filling(actor, rows.first(), purpose, reason), OPINION_REPLY, acts.opinion_reply)


@law("CCM-14")
@transaction.atomic
def assessment_paper(*, actor: Actor, assessment_id: UUID, purpose: str, reason: str) -> Document:
    """The opinion of a pre-sentence assessment, for the agency and the station that it was given to."""
    rows = access.assessments_visible_to(actor).filter(id=assessment_id)
    row = rows.select_related("drafted_by", "signed_by").first()
    return _own_paper(Filling(actor, row, purpose, reason), ASSESSMENT, asking.assessment)


@law("CCL-9/10", "CCM-27b")
@transaction.atomic
def delegation_paper(*, actor: Actor, delegation_id: UUID) -> Document:
    """What the agency entrusts a station with, on paper. It names nobody in correction."""
    rows = access.delegations_visible_to(actor).filter(id=delegation_id).select_related("agency", "station")
    return _own_paper(Filling(actor, rows.first(), "", ""), DELEGATION, ordering.delegation)
