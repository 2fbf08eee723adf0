"""自查清单: what a procuratorate corrects in supervision (刑事诉讼规则 643), as the records stand.

A list made from records for the agency and the procurator. It judges nobody: an entry says that something is
not written down as done, an empty matter that nothing of the kind is open. No name and no address stands in
it, nobody is scored or ranked; what was not recorded at all no list can show, and the page says so.
"""

from collections.abc import Iterable
from datetime import datetime

from corrections.access.people import going_on
from corrections.access.roles import TRACKS
from corrections.worklist import contacts, decisions, endings, leave, reception, searches, sendings
from edge.documents.model import Block, Document, Note, Title
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from tasks.printing import section_blocks
from tasks.worklist import FilledSection, Rows, Section, SectionKind, WorklistItem, filled

TITLE = "社区矫正执行自查清单"
NOTE = "本清单由现有记录生成，列出尚无办结记录的事项，不作认定，也不评价任何人；未作记录的情况不在其中。"


def unreleased(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Whose last day has passed without the end being written down, as when the minute's job stood still."""
    rows = going_on(actor).filter(state="in_correction", ends_on__lt=clock.local_day(now))
    title = "期满尚未办理解除", "the term is over, no end is written down"
    named = [(row.pk, row.ends_on) for row in rows]
    return [WorklistItem("subject", pk, *title, due_at=clock.day_end(day)) for pk, day in named if day]


def _matter(code: str, zh: str, en: str, *parts: Rows, roles: frozenset[Role] = TRACKS) -> Section:
    def rows(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
        for part in parts:
            yield from part(actor, now)

    return Section(code, SectionKind.MISSING, zh, en, roles, rows)


MATTERS = (
    _matter(
        "informed", "交付接收、宣告和告知", "handing over, announcement, informing", contacts.bare,
        reception.open_ones, reception.receipts, reception.reports_late,
    ),
    _matter(
        "leave", "外出审批、备案和通报", "leave: approval, filing, notices", leave.city_unconfirmed,
        leave.overdue, leave.notices,
    ),
    _matter(
        "out_of_sight", "未联系、查找和脱管", "missed, searched for, lost", contacts.missed, searches.reviews,
        searches.lost,
    ),
    _matter(
        "sanctions", "训诫、警告等决定", "admonitions, warnings, other decisions", decisions.unfinished
    ),
    _matter("objections", "异议", "objections", decisions.objections),
    # A complaint is hidden from the agency that it may be about: only the procurator's list has them.
    _matter(
        "complaints", "投诉、控告", "complaints", decisions.overdue, decisions.waiting,
        roles=frozenset({Role.PROCURATOR}),
    ),
    _matter("release", "期满解除和文书送达", "release at term, its papers", unreleased, endings.papers),
    _matter(
        "opinions", "检察意见回复和文书抄送", "replies to the procuratorate, copies", endings.opinions,
        sendings.to_send, sendings.late,
    ),
)  # fmt: skip


@law("CCL-X3", "CCL-8")
def self_check(actor: Actor, now: datetime) -> list[FilledSection]:
    """Every matter that the role is shown, the empty ones too; each by due time, then by age."""
    return [filled(matter, actor, now) for matter in MATTERS if actor.role in matter.roles]


@law("CCL-X3")
def self_check_paper(actor: Actor, now: datetime) -> Document:
    """The same on paper, for the agency to hand over or to keep."""
    role = Role(actor.role).zh if actor.role else ""
    blocks: list[Block] = [Title(TITLE, f"{clock.local_day(now).isoformat()} {role}"), Note(NOTE)]
    for matter in self_check(actor, now):
        blocks += section_blocks(matter) if matter.count else [Note(f"{matter.section.zh}：无")]
    return Document.of(TITLE, now, blocks)
