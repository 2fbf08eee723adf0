"""Which acts of corrections are signatures: what a deputy may do only if the document gives it (代理).

The rest is ordinary work of the role: taking papers, logging attempts, keeping files.
"""

from collections.abc import Mapping
from types import MappingProxyType

from kernel.signing import Signing

_OF_MACHINE: Mapping[str, tuple[Signing, frozenset[str]]] = MappingProxyType(
    {
        "leave": (
            Signing.LEAVE,
            frozenset(
                {
                    "approve", "refuse", "forward", "city_approve", "city_refuse", "uphold", "grant",
                    "extend", "order_back", "review",
                }
            ),
        ),
        "permit": (Signing.LEAVE, frozenset({"approve", "refuse", "end"})),
        "correction_decision": (Signing.DECISION, frozenset({"decide", "annul", "change"})),
        "decision_objection": (Signing.DECISION, frozenset({"uphold", "annul", "change", "close"})),
        "second_decision": (Signing.DECISION, frozenset({"agree", "decline"})),
        "search": (
            Signing.SEARCH,
            frozenset(
                {
                    "explain", "consider_admonition", "lose", "find", "find_refusing", "detained",
                    "hospital", "die", "leave_category", "our_error",
                }
            ),
        ),
        "correction_finding": (Signing.POSITIONING, frozenset({"annul", "other_person"})),
        "positioning_order": (
            Signing.POSITIONING, frozenset({"approve", "refuse", "uphold", "lift", "suspend", "resume"}),
        ),
        "place_transfer": (
            Signing.PLACE,
            frozenset(
                {
                    "accept", "refuse", "withdraw", "move", "send_file", "receive", "report", "not_arrive",
                }
            ),
        ),
        "correction_ending": (
            Signing.ENDING, frozenset({"certify", "released_by", "terminate", "close"}),
        ),
        "report_lengthening": (Signing.MEDICAL, frozenset({"grant", "refuse"})),
        "pre_sentence_assessment": (Signing.ASSESSMENT, frozenset({"sign", "send_back", "return"})),
        "entry_permission": (Signing.LIMIT, frozenset({"approve", "refuse", "revoke"})),
        "procuratorial_opinion": (Signing.REPLY, frozenset({"reply"})),
    }
)  # fmt: skip


def signing_of(machine: str, event: str) -> Signing | None:
    """What a deputy has to be given for this step; None for ordinary work."""
    what, events = _OF_MACHINE.get(machine, (None, frozenset()))
    return what if event in events else None


def signed_steps() -> list[tuple[str, str]]:
    """Every (machine, event) that is a signature."""
    return sorted((name, event) for name, (_, events) in _OF_MACHINE.items() for event in events)
