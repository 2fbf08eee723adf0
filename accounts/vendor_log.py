"""What a vendor's account does stands in the trail, request by request (PI-21)."""

from django.db import transaction

from audit.services import record
from kernel.actor import Actor
from kernel.law import law


@law("PI-21", "DS-40")
@transaction.atomic
def vendor_request_logged(actor: Actor, method: str, route: str) -> None:
    """One row for one request, whatever its answer; nothing for everybody else."""
    if actor.vendor_id is not None:
        record(
            actor=actor, event="vendor_account.request", subject_kind="vendor_account",
            subject_id=actor.vendor_id, detail={"method": method, "route": route},
        )  # fmt: skip
