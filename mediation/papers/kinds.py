"""The four copies of a file and what may stand in each (plain Python).

    committee  everything on file but what mediators keep to themselves
    party      what is common to all, and that party's own
    court      what PM-33d lists, and nothing said at the table
    transfer   what the channel asks for, of the party whose matter it is

Notes of talks alone are in none: nothing here reads them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from kernel.codes import CodeTable
from kernel.law import law
from mediation.visibility import COURT_SET, CopyKind, DocumentKind, Visibility


class Channel(CodeTable, table="referral_channel"):
    """转介途径: where a party may take the matter."""

    REVIEW = "review", "行政复议", "administrative review"
    ARBITRATION = "arbitration", "仲裁", "arbitration"
    LABOUR_ARBITRATION = "labour_arbitration", "劳动争议仲裁", "labour arbitration"
    NOTARY = "notary", "公证", "notary"
    LEGAL_AID = "legal_aid", "法律援助", "legal aid"
    COURT = "court", "诉讼", "court"
    PETITION = "petition", "信访", "petition"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copy holds. `papers`: forms by key, in order. `attached`: kinds of papers handed in. `notes`:
    whether records of the table are in it. `party`: whose copy; None for everybody's. `identities`: whose ID
    number and contact stand in it (empty: nobody's, None: everybody's). `given`: papers of one party that
    stand in it by that party's own word."""

    kind: str
    title: str
    papers: tuple[str, ...]
    attached: frozenset[str]
    notes: bool
    party: UUID | None = None
    identities: frozenset[UUID] | None = None
    given: frozenset[UUID] = frozenset()


COMMON = (
    "application", "acceptance", "rights_notice", "consent", "identity", "investigation", "evidence_list",
    "session_record", "agreement", "oral_agreement", "performance", "follow_up", "confirmation_application",
    "ways_notice", "not_accepted", "explanation",
)  # fmt: skip
"""In the order of PM-F1."""
_NOT_FOR_PARTIES = frozenset({"investigation", "explanation", "identity"})
_COURT_PAPERS = ("confirmation_application", "agreement", "oral_agreement", "identity")
_CHANNEL_PAPERS: Mapping[str, tuple[str, ...]] = {
    Channel.REVIEW: ("application",),
    Channel.ARBITRATION: ("application", "ways_notice"),
    Channel.LABOUR_ARBITRATION: ("application", "ways_notice"),
    Channel.NOTARY: ("agreement", "oral_agreement"),
    Channel.LEGAL_AID: ("application", "ways_notice"),
    Channel.COURT: ("application", "ways_notice"),
    Channel.PETITION: ("application",),
}
"""The least that the place needs to know of whom and what it is about; the referral adds its own fields."""
_EVERYTHING = frozenset(DocumentKind)
_NOBODY: Mapping[UUID, Iterable[UUID]] = {}
_TITLES = {
    CopyKind.COMMITTEE: "人民调解卷宗",
    CopyKind.PARTY: "人民调解卷宗（当事人副本）",
    CopyKind.COURT: "司法确认申请材料",
    CopyKind.TRANSFER: "移送材料",
}


@law("PM-27", "PM-33d")
def contents(
    kind: str, *, party: UUID | None = None, channel: str = "", joint: Mapping[UUID, Iterable[UUID]] = _NOBODY
) -> Contents:
    """What a copy of this kind holds. `joint`: the parties who ask the court together, each with the papers
    that it gives."""
    title = _TITLES[CopyKind(kind)]
    if kind == CopyKind.COMMITTEE:
        return Contents(kind, title, COMMON, _EVERYTHING, notes=True)
    if kind == CopyKind.COURT:
        given = frozenset(paper for papers in joint.values() for paper in papers)
        return Contents(
            kind, title, _COURT_PAPERS, COURT_SET, notes=False, identities=frozenset(joint), given=given
        )
    own = frozenset({party} if party else ())
    if kind == CopyKind.PARTY:
        papers = tuple(key for key in COMMON if key not in _NOT_FOR_PARTIES)
        return Contents(kind, title, papers, _EVERYTHING, notes=True, party=party, identities=own)
    attached = frozenset({DocumentKind.EVIDENCE, DocumentKind.AGREEMENT, DocumentKind.IDENTITY})
    return Contents(kind, title, _CHANNEL_PAPERS[channel], attached, notes=False, party=party, identities=own)


def is_in(
    held: Contents, *, visibility: str, party: UUID | None, kind: str = "", paper: UUID | None = None
) -> bool:
    """Whether a note or paper of this visibility, of this party, stands in the copy. What mediators keep to
    themselves stands in none; what the centre keeps, and what another party gave, in no party's; what one
    party gave to the centre alone goes to the court by that party's word."""
    if kind and kind not in held.attached:
        return False
    if visibility == Visibility.ALL_PARTIES:
        return True
    if visibility == Visibility.ONE_PARTY and paper in held.given:
        return True
    if visibility == Visibility.ONE_PARTY:
        return held.party == party if held.party else held.notes
    return visibility == Visibility.CENTRE and held.party is None and held.notes
