"""Numbers for days without power: reserved before, written on paper, later filled in order (PM-F2)."""

from uuid import UUID

from django.db import transaction

from accounts.models import Organisation
from audit import services as audit
from edge.repeats import made_before
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation import access
from mediation.models import BlockNumber, Case, NumberBlock
from mediation.services.numbering import numbers_take, register_of


@law("PM-F2")
@transaction.atomic
def numbers_reserve(
    *, actor: Actor, committee_id: UUID, year: int, count: int, reason: str, id: UUID | None = None
) -> NumberBlock:
    """The next `count` numbers of a committee, for paper. Problem `not_found` for a committee elsewhere."""
    committee = existing(access.visible_committees(actor).filter(pk=committee_id))
    if known := made_before(NumberBlock, id, reserved_by_id=actor.person):
        return known
    if year not in (clock.today().year, clock.today().year + 1):
        raise Problem("number_year")
    last = numbers_take(committee, year, count)
    block = NumberBlock.objects.create(
        id=id or uuid7(), register=register_of(committee), year=year, first=last - count + 1, last=last,
        reason=reason, reserved_at=clock.now(), reserved_by_id=actor.person,
    )  # fmt: skip
    _recorded(actor, "mediation.numbers_reserved", block, {"first": block.first, "last": block.last})
    return block


@law("PM-F2")
@transaction.atomic
def number_void(*, actor: Actor, block_id: UUID, serial: int, reason: str) -> NumberBlock:
    """A paper that was spoilt or never used: its number stays empty, with the reason."""
    block = existing(access.visible_blocks(actor).select_for_update(of=("self",)).filter(pk=block_id))
    if BlockNumber.objects.filter(block=block, serial=serial, case=None).exists():
        return block
    if serial not in open_numbers(block):
        raise Problem("number_not_reserved")
    _settle(actor, block, serial, void_reason=reason)
    return block


@law("PM-F2")
def paper_number(*, actor: Actor, committee: Organisation, case: Case, year: int, serial: int) -> None:
    """Give a case the number that its paper carries: the next one open of a block of this committee.

    Problems `number_not_reserved`, `number_out_of_order`.
    """
    rows = NumberBlock.objects.select_for_update().filter(register=register_of(committee), year=year)
    block = rows.filter(first__lte=serial, last__gte=serial).first()
    if block is None:
        raise Problem("number_not_reserved")
    waiting = open_numbers(block)
    if serial not in waiting:
        raise Problem("number_not_reserved")
    if serial != waiting[0]:
        raise Problem("number_out_of_order", expected=waiting[0])
    _settle(actor, block, serial, case=case)


def open_numbers(block: NumberBlock) -> list[int]:
    """The numbers of a block that no case has and nobody has declared void, in order."""
    settled = {number.serial for number in block.numbers.all()}
    return [serial for serial in range(block.first, block.last + 1) if serial not in settled]


def _settle(
    actor: Actor, block: NumberBlock, serial: int, case: Case | None = None, void_reason: str = ""
) -> None:
    BlockNumber.objects.create(
        block=block, serial=serial, case=case, void_reason=void_reason, settled_at=clock.now(),
        settled_by_id=actor.person,
    )  # fmt: skip
    event = "mediation.number_filled" if case else "mediation.number_void"
    _recorded(actor, event, block, {"serial": serial})


def _recorded(actor: Actor, event: str, block: NumberBlock, detail: dict[str, int]) -> None:
    audit.record(
        actor=actor, event=event, subject_kind="mediation_number_block", subject_id=block.pk, detail=detail
    )
