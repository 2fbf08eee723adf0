"""An agreement that is never concluded: a party took its word back, or the marks were never completed."""

from datetime import datetime

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.law import law
from mediation.agreed import in_force
from mediation.agreement import case_outcome
from mediation.models import Agreement, Case, Obligation
from mediation.services.after import move, tell
from mediation.services.moves import Step, move_case


def open_agreement_drop(case: Case) -> None:
    """Nothing is owed by what was never concluded. The case is locked."""
    agreement = Agreement.objects.filter(case=case, effective_on=None, dropped_at=None).first()
    if agreement is None:
        return
    agreement.case = case
    for obligation in Obligation.objects.filter(agreement=agreement, state="open"):
        move(SYSTEM, obligation, "fall_away", Step({}))
    agreement.dropped_at = clock.now()
    agreement.save(update_fields=["dropped_at"])
    tell(SYSTEM, "agreement_dropped", agreement, agreement, ["dropped_at"])


@law("PM-32")
def amendment_drop(actor: Actor, case: Case, reason: str = "", stated_at: datetime | None = None) -> None:
    """The amendment falls away; the agreement before it binds as it did. The case is locked."""
    former = in_force(case.pk)
    step = Step({"former": former is not None}, reason, stated_at)
    move_case(actor, case, "keep_former", step)
    open_agreement_drop(case)
    states = Obligation.objects.filter(agreement=former).values_list("state", flat=True)
    event = case_outcome(case.state, states)
    if event is not None:
        move_case(actor, case, event, Step({}, reason), ended_at=clock.now() if event == "perform" else None)
