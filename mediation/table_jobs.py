"""What falls due at the table: offers end at their hour, and notes of talks alone at archiving."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

import structlog

from edge.conf import setting
from kernel.law import law
from mediation.models import Offer
from mediation.services.caucus import caucus_destroy
from mediation.services.offers import offer_expire
from mediation.table_selectors import destroyable, open_offers

log = structlog.get_logger()
AT_ONCE = 500


def due(now: datetime) -> int:
    """Oldest first, each committed by itself; how many."""
    return _expire(now) + _destroy()


def _expire(now: datetime) -> int:
    rows = open_offers(Offer.objects.filter(expires_at__lte=now)).order_by("expires_at", "id")
    ids = rows.values_list("pk", flat=True)[:AT_ONCE]
    return _each("offer", ids, lambda pk: int(offer_expire(offer_id=pk, now=now)))


@law("PM-15")
def _destroy() -> int:
    """Only where the district destroys them at all."""
    if not setting("CAUCUS_DESTROY"):
        return 0
    cases = list(dict.fromkeys(destroyable().values_list("case_id", flat=True)[:AT_ONCE]))
    return _each("caucus", cases, lambda pk: caucus_destroy(case_id=pk))


def _each(what: str, ids: Iterable[UUID], act: Callable[[UUID], int]) -> int:
    """One bad row is logged and does not stop the next."""
    done = 0
    for pk in list(ids):
        try:
            done += act(pk)
        except Exception as error:
            log.error("table job failed", job=what, id=str(pk), error_type=type(error).__name__)
    return done
