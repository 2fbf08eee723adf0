"""今日待办 on paper: the worklist of the active role as one document."""

from datetime import datetime

from edge.documents.model import Block, Document, Heading, Note, Table, Title
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from tasks.worklist import FilledSection, worklist

HEAD = ("事项", "期限", "自何时起", "等待何人", "办结")


def worklist_paper(actor: Actor, now: datetime) -> Document:
    """The sections in the order of the page, with a column for the pen. Names no party and no address."""
    role = Role(actor.role).zh if actor.role else ""
    blocks: list[Block] = [Title("今日待办", f"{clock.local_day(now).isoformat()} {role}")]
    sections = worklist(actor, now)
    for filled in sections:
        blocks += section_blocks(filled)
    if not sections:
        blocks.append(Note("今日无待办事项"))
    return Document.of("今日待办", now, blocks)


def section_blocks(filled: FilledSection) -> list[Block]:
    return [
        Heading(f"{filled.section.zh}（{filled.count}）"),
        Table(HEAD, _rows(filled), (5, 2, 2, 2, 1)),
    ]


def _rows(filled: FilledSection) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (item.title, _at(item.due_at), _at(item.since), item.waiting_for, "") for item in filled.items
    )


def _at(at: datetime | None) -> str:
    return at.astimezone(clock.TZ).strftime("%m-%d %H:%M") if at else ""
