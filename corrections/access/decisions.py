"""Who sees decisions, the objections to them and the board inside the centre."""

from django.db.models import Q, QuerySet

from corrections.access.people import going_on, visible_to
from corrections.access.roles import READ, READERS
from corrections.decisions import OBJECTION, STANDING
from corrections.machine import AGENCY, STAFF
from corrections.models import CourtFact, Decision, Objection
from edge.policy import Policy
from kernel.actor import Actor
from kernel.law import law

DECISIONS = Policy(
    READ
    | {"remedies": READERS, "board": STAFF, "court_clocks": READERS}
    | dict.fromkeys(("create", "hear", "serve", "drop", "copy", "object_to"), STAFF)
    | dict.fromkeys(("decide", "result"), AGENCY)
)
OBJECTIONS = Policy(
    READ | dict.fromkeys(("uphold", "annul", "change", "close"), AGENCY) | {"take_further": STAFF}
)
COURT_FACTS = Policy(READ | {"create": AGENCY})
COUNTS = Policy({"get": READERS})


def decisions_visible_to(actor: Actor) -> QuerySet[Decision]:
    return Decision.objects.filter(subject__in=visible_to(actor))


@law("CCM-32", "CCL-54")
def board_rows(actor: Actor) -> QuerySet[Decision]:
    """What may hang inside the centre: adults' decisions that stand, by number; newest first."""
    rows = decisions_visible_to(actor).filter(of_minor=False, state__in=sorted(STANDING))
    return rows.exclude(number="").order_by("-decided_on", "number")


def court_facts_visible_to(actor: Actor) -> QuerySet[CourtFact]:
    return CourtFact.objects.filter(decision__subject__in=visible_to(actor))


@law("CCM-32", "CCL-34b")
def objections_visible_to(actor: Actor) -> QuerySet[Objection]:
    """Those of the people whom the actor may see; an open one goes on when the term has ended."""
    open_still = ~Q(state__in=sorted(OBJECTION.terminal)) & Q(decision__subject__in=going_on(actor))
    return Objection.objects.filter(Q(decision__subject__in=visible_to(actor)) | open_still)
