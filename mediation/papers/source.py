"""What the papers of a case are made from, in plain Python: one source for every form and every copy.

`CaseFile()` is empty: a form made from it is its blank. Whoever fills it decides what stands in it; a form
prints what it finds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WITHHELD = "（保护，不予记载）"
"""Stands for address, telephone and whereabouts on the protected track (DV-23)."""
NUMBER_BLANK = "（　　　　）　　　　　　人调字第　　　　号"


@dataclass(frozen=True, slots=True)
class Person:
    """A party as this case's papers have it; `acted_by` who acts for it and on which ground."""

    key: str = ""
    role: str = ""
    name: str = ""
    id_number: str = ""
    phone: str = ""
    address: str = ""
    standing: str = ""
    acted_by: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One word of one party: about what, which, in which form, on which day."""

    party: str
    step: str
    answer: str
    form: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Told:
    """That a party (`key`) was told its rights, or the other ways: on which day, in which way, by whom."""

    key: str
    party: str
    on: date | None
    way: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session: when and where, who sat, who came (name, how), and its minutes."""

    key: str
    form: str
    at: str
    room: str
    mediators: str
    present: tuple[tuple[str, str], ...] = ()
    minutes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A written record of the file: investigation, explanation."""

    key: str
    kind: str
    on: date | None
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A paper that was handed in: what it is, whose, where the original lies, whether it is scanned, and
    whether the scan may stand in this copy."""

    key: str
    kind: str
    title: str
    dated_on: date | None = None
    party: str = ""
    party_key: str = ""
    original_at: str = ""
    scanned: bool = False
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """What one party owes another by the agreement, and what has become of it."""

    debtor: str
    creditor: str
    what: str
    amount: str
    due_on: date | None
    state: str
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class MarkMade:
    """A signature, seal or fingerprint: whose, how, on which day, before whom."""

    whose: str
    manner: str
    on: date | None
    witness: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement, oral or written."""

    key: str = ""
    oral: bool = False
    facts: str = ""
    terms: str = ""
    oral_on: date | None = None
    written_on: date | None = None
    effective_on: date | None = None
    duties: tuple[Duty, ...] = ()
    marks: tuple[MarkMade, ...] = ()


@dataclass(frozen=True, slots=True)
class Visited:
    """A follow-up: whom, when, how, what came out."""

    party: str
    on: date | None
    form: str
    result: str
    satisfied: str
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class Referred:
    """A referral as its paper shows it: whose (key of the party), where to, and what the party lets go:
    fields with their labels, and parts of the file."""

    channel: str = ""
    kind: str = ""
    recipient: str = ""
    party: str = ""
    agreed_on: date | None = None
    fields: tuple[tuple[str, str], ...] = ()
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything that a paper may need. Empty texts and lists are blanks."""

    committee: str = ""
    number: str = ""
    dispute_code: str = ""
    category: str = ""
    source: str = ""
    initiation: str = ""
    state: str = ""
    brief: str = ""
    wish: str = ""
    received_on: date | None = None
    accepted_on: date | None = None
    ended_on: date | None = None
    last_day: date | None = None
    end_reason: str = ""
    ways: tuple[str, ...] = ()
    ways_told_on: date | None = None
    ways_told: tuple[Told, ...] = ()
    registrar: str = ""
    mediators: tuple[str, ...] = ()
    retention: str = ""
    protected: bool = False
    parties: tuple[Person, ...] = ()
    said: tuple[Said, ...] = ()
    notices: tuple[Told, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    records: tuple[Written, ...] = ()
    attached: tuple[Attached, ...] = ()
    agreements: tuple[Agreed, ...] = ()
    follow_ups: tuple[Visited, ...] = ()
    confirmation: str = ""
    court: str = ""
    referred: Referred | None = None
    unscanned_marks: int = 0

    @property
    def names(self) -> str:
        return "、".join(person.name for person in self.parties)

    def attached_of(self, *kinds: str) -> tuple[Attached, ...]:
        return tuple(paper for paper in self.attached if paper.kind in kinds)

    def records_of(self, *kinds: str) -> tuple[Written, ...]:
        return tuple(record for record in self.records if record.kind in kinds)


BLANK = CaseFile()


def or_blank(rows: Sequence[Person], least: int) -> list[Person]:
    """At least `least` people, the missing ones empty."""
    return [*rows, *[Person()] * (least - len(rows))]
