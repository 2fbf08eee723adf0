"""Because this happened, do that: the whole of it, on one page.

An event's name (left) is what `audit.services.record` was told; a reaction (right) is a function of a domain
package that takes the event. A reaction runs in a transaction of its own together with the mark `done`, once.
"""

from audit.registry import Reaction
from disputes import reactions as disputes
from escalation import reactions as escalation
from mediation import reactions as mediation
from tasks import reactions as tasks

REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "screening.submitted": (disputes.open_or_join,),
    "files.missing": (disputes.ask_for_files,),
    "planned_change.refused": (tasks.planned_change_refused,),
    "consent.given": (tasks.consent_given,),
    "consent.withdrawn": (tasks.consent_withdrawn,),
    "consent.erased": (tasks.consent_erased,),
    # Rules are asked about what a screening, a party or an attempt brought; the level clock follows every
    # step.
    "dispute.registered": (escalation.evaluate,),
    "dispute.joined": (escalation.evaluate,),
    "dispute.applied": (escalation.evaluate,),
    "dispute.attempted": (mediation.refusal_follow, escalation.evaluate),
    "dispute.protected_set": (disputes.stop_joint, escalation.evaluate),
    "dispute.level_changed": (escalation.evaluate,),
    "dispute.state_changed": (
        disputes.tell_workers,
        disputes.end_reviews,
        mediation.intake_follow,
        escalation.evaluate,
    ),
    "dispute.suspended": (escalation.evaluate,),
    "dispute.resumed": (escalation.evaluate,),
    "dispute.refused": (disputes.end_reviews, mediation.refusal_follow, escalation.evaluate),
}
