"""Because this happened, do that: the whole of it, on one page.

An event's name (left) is what `audit.services.record` was told; a reaction (right) is a function of a domain
package
that takes the event. A reaction runs in a transaction of its own together with the mark `done`, once.
"""

from audit.registry import Reaction
from disputes import reactions as disputes

REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "screening.submitted": (disputes.open_or_join,),
}
