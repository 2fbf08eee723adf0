"""Keys, logs and acts of privacy."""

from privacy.models.assessments import Assessment
from privacy.models.closings import (
    Closing,
    DestructionEntry,
    DestructionList,
    LawfulQuery,
    SealKey,
    Tombstone,
)
from privacy.models.consents import Consent, ConsentErasure
from privacy.models.keys import SubjectKey
from privacy.models.logs import ReadLog, Share
from privacy.models.people import (
    BrokenGlass,
    Incident,
    IncidentTold,
    Notice,
    NoticeShown,
    PersonRequest,
)

__all__ = [
    "Assessment",
    "BrokenGlass",
    "Closing",
    "Consent",
    "ConsentErasure",
    "DestructionEntry",
    "DestructionList",
    "Incident",
    "IncidentTold",
    "LawfulQuery",
    "Notice",
    "NoticeShown",
    "PersonRequest",
    "ReadLog",
    "SealKey",
    "Share",
    "SubjectKey",
    "Tombstone",
]
