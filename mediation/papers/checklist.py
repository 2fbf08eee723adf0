"""PM-F1: the thirteen items of a committee's file, which of them this file must have, and which it lacks.

Plain Python over the source of the papers. A missing item is said; it never stops a case or a copy.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kernel.law import law
from mediation.papers.source import CaseFile
from mediation.visibility import DocumentKind

SCANS = "agreement_scans"
"""Beside the thirteen: the marks of a written agreement whose scan is not there yet."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item: whether the file must have it, and whether it has."""

    key: str
    zh: str
    en: str
    must: bool
    there: bool

    @property
    def missing(self) -> bool:
        return self.must and not self.there


def _always(_file: CaseFile) -> bool:
    return True


def _accepted(file: CaseFile) -> bool:
    return file.accepted_on is not None


def _agreed(file: CaseFile) -> bool:
    return bool(file.agreements)


def _by_agent(file: CaseFile) -> bool:
    return any("代理人" in person.acted_by for person in file.parties)


def _performed(file: CaseFile) -> bool:
    return any(duty.ended_on for agreed in file.agreements for duty in agreed.duties)


def _confirmed(file: CaseFile) -> bool:
    return file.confirmation != ""


def _never(_file: CaseFile) -> bool:
    return False


def _identified(file: CaseFile) -> bool:
    shown = {paper.party_key for paper in file.attached_of(DocumentKind.IDENTITY)}
    return bool(file.parties) and all(person.id_number or person.key in shown for person in file.parties)


def _told(file: CaseFile) -> bool:
    told = {notice.key for notice in file.notices}
    return bool(file.parties) and {person.key for person in file.parties} <= told


def _minuted(file: CaseFile) -> bool:
    return any(sitting.minutes for sitting in file.sittings)


def _investigated(file: CaseFile) -> bool:
    return bool(file.records_of("investigation"))


def _followed_up(file: CaseFile) -> bool:
    return bool(file.follow_ups)


_RULES: dict[DocumentKind, tuple[Callable[[CaseFile], bool], Callable[[CaseFile], bool]]] = {
    DocumentKind.APPLICATION: (_always, _accepted),
    DocumentKind.RIGHTS_NOTICE: (_accepted, _told),
    DocumentKind.IDENTITY: (_accepted, _identified),
    DocumentKind.MANDATE: (_by_agent, _never),
    DocumentKind.INVESTIGATION: (_never, _investigated),
    DocumentKind.EVIDENCE: (_never, _never),
    DocumentKind.MEDIATION_RECORD: (_accepted, _minuted),
    DocumentKind.AGREEMENT: (_agreed, _agreed),
    DocumentKind.PERFORMANCE: (_never, _performed),
    DocumentKind.FOLLOW_UP: (_never, _followed_up),
    DocumentKind.CONFIRMATION: (_confirmed, _never),
    DocumentKind.EXPLANATION: (_never, _never),
    DocumentKind.COVER: (_always, _always),
}
"""Item → whether this file must have it, and whether the system holds it itself. A paper that was handed in
and is listed under the item stands for it as well."""


@law("PM-F1", "PM-27")
def items(file: CaseFile) -> list[Item]:
    """The thirteen items of this file, in their order."""
    return [
        Item(kind.value, kind.zh, kind.en, must(file), there(file) or bool(file.attached_of(kind)))
        for kind, (must, there) in _RULES.items()
    ]


@law("PM-F1")
def missing(file: CaseFile) -> list[str]:
    """Keys of what a complete file would have and this one lacks; last the scans of the agreement."""
    lacks = [item.key for item in items(file) if item.missing]
    return [*lacks, *([SCANS] if file.unscanned_marks else [])]
