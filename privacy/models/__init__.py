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
from privacy.models.keys import SubjectKey
from privacy.models.logs import ReadLog, Share

__all__ = [
    "Assessment",
    "Closing",
    "DestructionEntry",
    "DestructionList",
    "LawfulQuery",
    "ReadLog",
    "SealKey",
    "Share",
    "SubjectKey",
    "Tombstone",
]
