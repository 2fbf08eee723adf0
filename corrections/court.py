"""What a court does with a proposal of the agency, and the court's own clocks (CCL-33, 46 to 49).

They are information with their source: nobody here is late by them, and nothing follows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from corrections.clocks import court_arrest_due, court_custody_until, court_ruling_due
from corrections.decisions import BACK_TO_PRISON, DecisionKind
from kernel.clock import day_end, local_day
from kernel.codes import CodeTable
from kernel.law import law

AT_COURT = BACK_TO_PRISON | {DecisionKind.COMMUTE}
# The court may be asked to arrest whose suspension or parole may be revoked (CCL-47).
MAY_ARREST = frozenset({DecisionKind.REVOKE_SUSPENSION, DecisionKind.REVOKE_PAROLE})


class CourtFactKind(CodeTable):
    """What is written down of the course at the court, by its papers."""

    RECEIVED = "received", "法院收到建议书", "the court received the proposal"
    COPIED = "copied", "抄送人民检察院", "the procuratorate has its copy"
    HEARD = "heard", "听取本人及律师意见", "the court heard the person and the lawyer"
    ARREST_ASKED = "arrest_asked", "提请逮捕", "the court was asked to arrest"
    ARREST_DECIDED = "arrest_decided", "法院作出是否逮捕决定", "the court decided on the arrest"
    ARRESTED = "arrested", "执行逮捕", "the person was arrested"
    RULED = "ruled", "法院裁定", "the court ruled"


K = CourtFactKind
ARREST = frozenset({K.ARREST_ASKED, K.ARREST_DECIDED, K.ARRESTED})
_LAW: Mapping[DecisionKind, str] = {
    DecisionKind.COMMUTE: "CCL-33", DecisionKind.REVOKE_SUSPENSION: "CCL-46/48",
    DecisionKind.REVOKE_PAROLE: "CCL-46/48", DecisionKind.IMPRISON: "CCL-49",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CourtClock:
    """One clock of the court: which, by which row of the law, until when, and when it was done."""

    key: str
    law: str
    since: datetime
    due_at: datetime
    done_at: datetime | None

    def ran_out(self, now: datetime) -> bool:
        return (self.done_at or now) >= self.due_at


@law("CCL-46/48")
def court_gap(kind: str, standing: bool, fact: CourtFactKind) -> str | None:
    """Why this fact cannot belong to the decision; None when it can."""
    if not standing or kind not in AT_COURT:
        return "court_needs_proposal"
    if fact in ARREST and kind not in MAY_ARREST:
        return "arrest_not_of_kind"
    return None


@law("CCL-33", "CCL-46/48", "CCL-47", "CCL-49")
def court_clocks(kind: DecisionKind, facts: Iterable[tuple[CourtFactKind, datetime]]) -> list[CourtClock]:
    """The clocks that run or have run, by the newest fact of each kind. `facts` in the order of recording."""
    at = dict(facts)
    clocks = []
    if K.RECEIVED in at:
        due_at = day_end(court_ruling_due(local_day(at[K.RECEIVED])))
        clocks.append(CourtClock("court_ruling", _LAW[kind], at[K.RECEIVED], due_at, at.get(K.RULED)))
    if K.ARREST_ASKED in at:
        asked = at[K.ARREST_ASKED]
        decided = at.get(K.ARREST_DECIDED)
        clocks.append(CourtClock("court_arrest", "CCL-47", asked, court_arrest_due(asked), decided))
    if K.ARRESTED in at:
        until = day_end(court_custody_until(local_day(at[K.ARRESTED])))
        clocks.append(CourtClock("court_custody", "CCL-47", at[K.ARRESTED], until, at.get(K.RULED)))
    return clocks
