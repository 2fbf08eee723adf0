"""What the end of a case does to the table: appointments and offers end with it, and nobody is told of them
any more."""

from kernel import clock
from kernel.actor import SYSTEM
from kernel.law import law
from mediation.models import Case, Offer, Session, SessionNotice
from mediation.offer_rules import OfferState
from mediation.services.said import Step
from mediation.services.steps import move
from mediation.session_rules import OPEN


@law("PM-17", "PM-23")
def table_clear(case: Case) -> None:
    """Cancel what is still to come. No notice is made and none that waits is told: a "no" is not answered by
    more words."""
    now, step = clock.now(), Step({"reason": "case_ended"}, "案件已结束 the case has ended")
    waiting = SessionNotice.objects.filter(session__case=case, told_at=None, dropped_at=None)
    waiting.update(dropped_at=now)
    for session in Session.objects.filter(case=case, state__in=OPEN):
        move(SYSTEM, session, "cancel", step)
    for offer in Offer.objects.filter(case=case, state=OfferState.OPEN):
        move(SYSTEM, offer, "withdraw", step, ended_at=now)
