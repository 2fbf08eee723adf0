"""The four copies of a file and what may stand in each (plain Python).

    committee  everything on file but what mediators keep to themselves
    party      what is common to all, and that party's own
    court      what PM-33d lists, and nothing said at the table
    transfer   what the party whose matter it is lets go to the channel of its referral

Notes of talks alone are in none: nothing here reads them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from kernel.law import law
from mediation.channels.table import NAMES_OTHERS, PARTS, Part
from mediation.visibility import COURT_SET, CopyKind, DocumentKind, Visibility


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copy holds. `papers`: forms by key, in order. `attached`: kinds of papers handed in. `notes`:
    whether records of the table are in it. `party`: whose copy; None for everybody's. `identities`,
    `contacts`: whose ID number and telephone stand in it (empty: nobody's, None: everybody's). `given`:
    papers of one party that stand in it by that party's own word. `others`: whether others are in it."""

    kind: str
    title: str
    papers: tuple[str, ...]
    attached: frozenset[str]
    notes: bool
    party: UUID | None = None
    identities: frozenset[UUID] | None = None
    contacts: frozenset[UUID] | None = None
    given: frozenset[UUID] = frozenset()
    others: bool = True


COMMON = (
    "application", "acceptance", "rights_notice", "consent", "identity", "investigation", "evidence_list",
    "session_record", "agreement", "oral_agreement", "performance", "follow_up", "confirmation_application",
    "ways_notice", "not_accepted", "explanation",
)  # fmt: skip
"""In the order of PM-F1."""
_NOT_FOR_PARTIES = frozenset({"investigation", "explanation", "identity"})
_COURT_PAPERS = ("confirmation_application", "agreement", "oral_agreement", "identity")
_EVERYTHING = frozenset(DocumentKind)
_NOBODY: Mapping[UUID, Iterable[UUID]] = {}
_TITLES = {
    CopyKind.COMMITTEE: "人民调解卷宗",
    CopyKind.PARTY: "人民调解卷宗（当事人副本）",
    CopyKind.COURT: "司法确认申请材料",
    CopyKind.TRANSFER: "移送材料",
}


@law("PM-27", "PM-33d", "PM-3")
def contents(
    kind: str, *, party: UUID | None = None, joint: Mapping[UUID, Iterable[UUID]] = _NOBODY,
    parts: Iterable[Part] = (),
) -> Contents:  # fmt: skip
    """What a copy of this kind holds. `joint`: the parties who ask the court together, each with the papers
    that it gives. `parts`: what the party of a referral lets go to its channel."""
    title = _TITLES[CopyKind(kind)]
    if kind == CopyKind.COMMITTEE:
        return Contents(kind, title, COMMON, _EVERYTHING, notes=True)
    if kind == CopyKind.COURT:
        given, who = frozenset(paper for papers in joint.values() for paper in papers), frozenset(joint)
        return Contents(
            kind, title, _COURT_PAPERS, COURT_SET, notes=False, identities=who, contacts=who, given=given
        )
    own = frozenset({party} if party else ())
    if kind == CopyKind.PARTY:
        papers = tuple(key for key in COMMON if key not in _NOT_FOR_PARTIES)
        return Contents(
            kind, title, papers, _EVERYTHING, notes=True, party=party, identities=own, contacts=own
        )
    return _sent(title, party, own, frozenset(parts))


def _sent(title: str, party: UUID | None, own: frozenset[UUID], parts: frozenset[Part]) -> Contents:
    """The referral's paper, and of the file what the party lets go."""
    forms = {form for part in parts for form in PARTS[part].forms}
    return Contents(
        CopyKind.TRANSFER, title, ("referral", *(key for key in COMMON if key in forms)),
        frozenset(kind for part in parts for kind in PARTS[part].attached), notes=False, party=party,
        identities=own if Part.IDENTITY in parts else frozenset(),
        contacts=own if Part.CONTACT in parts else frozenset(), others=bool(parts & NAMES_OTHERS),
    )  # fmt: skip


def is_in(
    held: Contents, *, visibility: str, party: UUID | None, kind: str = "", paper: UUID | None = None
) -> bool:
    """Whether a note or paper of this visibility, of this party, stands in the copy. What mediators keep to
    themselves stands in none; what the centre keeps, and what another party gave, in no party's; what one
    party gave to the centre alone goes to the court by that party's word."""
    if kind and kind not in held.attached:
        return False
    if held.kind == CopyKind.TRANSFER and not _of_the_sender(held, party, kind):
        return False
    if visibility == Visibility.ALL_PARTIES:
        return True
    if visibility == Visibility.ONE_PARTY and paper in held.given:
        return True
    if visibility == Visibility.ONE_PARTY:
        return held.party == party if held.party else held.notes
    return visibility == Visibility.CENTRE and held.party is None and held.notes


def _of_the_sender(held: Contents, party: UUID | None, kind: str) -> bool:
    """A set for a channel holds nothing that another party brought; papers of identity are its own."""
    return party == held.party or (party is None and kind != DocumentKind.IDENTITY)
