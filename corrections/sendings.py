"""What has to be sent when a decision stands: to which organ, by when, and by what it is proved.

Each is a row before it is sent, so that "not sent" is a fact. It is the agency's to send, and never counts
against the person.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from corrections.decisions import PROPOSALS, DecisionKind
from corrections.machine import AGENCY
from kernel.codes import CodeTable
from kernel.deadlines import deadline
from kernel.law import law
from kernel.transitions import StateTable, Transition


class SendTo(CodeTable):
    """The organs to which the law sends papers of a decision."""

    COURT = "court", "人民法院", "court"
    PROCURATORATE = "procuratorate", "人民检察院", "procuratorate"
    POLICE = "police", "公安机关", "police"
    ORGAN = "organ", "社区矫正决定机关", "the organ that decided on the correction"


class SentPaper(CodeTable):
    """Which paper. `FALL`: what was sent before has been changed or annulled, and who had it is told."""

    DECISION = "decision", "决定书", "a decision"
    PROPOSAL = "proposal", "建议书", "a proposal"
    FALL = "fall", "变更、撤销决定", "the change or annulment of one"


class SentProof(CodeTable):
    """By what it is proved that it came."""

    RECEIPT = "receipt", "送达回证", "a receipt"
    POST = "post", "邮寄凭证", "a posting slip"
    PLATFORM = "platform", "协同平台回执", "a receipt of the joint platform"


K, T = DecisionKind, SendTo
_COURT = ((T.COURT, "CCL-46/48"), (T.PROCURATORATE, "CCL-46/48"))
OWED_FOR: Mapping[DecisionKind, tuple[tuple[SendTo, str], ...]] = MappingProxyType(
    {
        K.COMMENDATION: ((T.PROCURATORATE, "CCM-32"),),
        K.ADMONITION: ((T.PROCURATORATE, "CCM-32"),),
        K.WARNING: ((T.PROCURATORATE, "CCM-32"),),
        K.PENALTY: ((T.POLICE, "CCM-36"), (T.PROCURATORATE, "CCM-32")),
        K.REVOKE_SUSPENSION: _COURT,
        K.REVOKE_PAROLE: _COURT,
        K.IMPRISON: ((T.ORGAN, "CCL-49"), (T.PROCURATORATE, "CCL-49")),
        K.COMMUTE: ((T.COURT, "CCL-33"), (T.PROCURATORATE, "CCM-32")),
    }
)

OWED, SENT, DROPPED = "owed", "sent", "dropped"
SENDING = StateTable(
    "owed_sending",
    initial=OWED,
    transitions=[
        Transition(OWED, "send", SENT, roles=AGENCY, law="CCM-32"),
        # What had not gone out when the decision fell is not sent any more.
        Transition(OWED, "drop", DROPPED),
    ],
    terminal=[SENT, DROPPED],
)


@law("CCM-32", "CCM-36")
def owed_for(kind: DecisionKind) -> tuple[tuple[SendTo, str], ...]:
    """To whom the papers of a decision go, each with its row of the law."""
    return OWED_FOR[kind]


def paper_of(kind: DecisionKind) -> SentPaper:
    return SentPaper.PROPOSAL if kind in PROPOSALS else SentPaper.DECISION


@deadline(
    "copy_sent", zh="文书抄送法院、检察院、公安机关", en="papers go to court, procuratorate and police",
    counted="calendar days", since="the decision, its fall, or the end of a correction",
    effect="on the agency's worklist, as overdue after it", law=("CCM-32", "CCL-46/48"),
    settings=("COPY_SEND_DAYS",),
)  # fmt: skip
@law("CCM-32", "CCL-46/48")
def send_due(since: date, days: int) -> date:
    """The last day on which a paper goes out."""
    return since + timedelta(days=days)
