"""Dated facts of an order: notified, documents here, copies, receipt sent (CCL-20, CCM-16, CCM-17)."""

from datetime import date
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections.models import Order, OrderDate
from corrections.reception_codes import OrderDateKind
from corrections.services.acts import not_after_today
from corrections.services.found import require_staff, subject_locked
from corrections.services.giving import ORDER_DATES, given_out
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem


@law("CCL-20", "CCM-16")
@transaction.atomic
def order_date_record(
    *, actor: Actor, order_id: UUID, kind: OrderDateKind, on: date, document_no: str = ""
) -> OrderDate:
    """Write down a day as its paper has it. Another day of the same kind is a new row, and the newest holds;
    the same one twice is no fault."""
    order = existing(Order.objects.filter(id=order_id))
    subject_locked(actor, order.subject_id)
    newest = OrderDate.objects.filter(order=order, kind=kind).order_by("recorded_at", "id").last()
    if newest is not None and (newest.on, newest.document_no) == (on, document_no):
        return newest
    if kind == OrderDateKind.RECEIPT and not order.dates.filter(kind=OrderDateKind.DOCUMENTS).exists():
        raise Problem("receipt_needs_documents")
    return order_date_written(actor, order, kind, not_after_today("on", on), document_no)


def order_date_written(
    actor: Actor, order: Order, kind: OrderDateKind, on: date, document_no: str = ""
) -> OrderDate:
    """One row, with its fact. The person's row is locked."""
    row = OrderDate.objects.create(
        order=order, kind=kind, on=on, document_no=document_no, recorded_by_id=require_staff(actor),
        recorded_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="order.dated", subject_kind="order", subject_id=order.id, reason=kind)
    if kind in ORDER_DATES:
        given_out(actor, order.id, ORDER_DATES[kind], order.organ)
    return row
