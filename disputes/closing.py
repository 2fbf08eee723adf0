"""How disputes are closed: known to nobody once their retention is over, and destroyed by the list.

Every person's values stand under keys of this one dispute; what lies outside them is emptied through the
owner's narrow door (`sql/destroyed.sql`), since records of phones are append-only for the running system.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, QuerySet

from accounts.models import Device
from disputes.codes import DisputeState
from disputes.models import (
    Dispute,
    DisputeChange,
    DisputeNote,
    DisputeScreening,
    DisputeTransition,
    JointAnswer,
    JointHandling,
    JointQuestion,
    Screening,
    ScreeningParty,
    Settlement,
)
from disputes.models.acts import SafeChannel, Wish
from disputes.services.telling import readers_changed
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from privacy.closing import RecordClass, enter
from sync.files.models import File
from sync.services import publish

KIND = "dispute"
OVER = (DisputeState.ARCHIVED, DisputeState.NOT_ACCEPTED, DisputeState.NOT_A_DISPUTE)
OF_DISPUTE = (DisputeChange, DisputeNote, Settlement, Wish, SafeChannel)


def connect() -> None:
    """Enter the class (once, when the app is ready)."""
    enter(
        RecordClass(
            kind=KIND, zh="纠纷", en="dispute", keep_days="DISPUTE_KEEP_DAYS",
            restrict_days="DISPUTE_RESTRICT_DAYS", ended=ended, keys_of=keys_of, is_over=is_over,
            restrict=hide, destroy=empty,
        )
    )  # fmt: skip


@law("PI-19/47")
def ended(known: QuerySet[Any]) -> Iterable[tuple[UUID, date]]:
    """Disputes that are over for good, with the day of their last step."""
    over = Dispute.objects.filter(state__in=OVER).exclude(pk__in=known).values("pk")
    steps = DisputeTransition.objects.filter(dispute__in=over).values("dispute").annotate(last=Max("at"))
    return [(row["dispute"], clock.local_day(row["last"])) for row in steps.order_by("dispute")]


def is_over(dispute_id: UUID) -> bool:
    """Not opened again since."""
    return Dispute.objects.filter(pk=dispute_id, state__in=OVER).exists()


def keys_of(ids: Sequence[UUID]) -> Sequence[UUID]:
    """The keys of matter, parties, notes and files; never a phone's own."""
    screenings = DisputeScreening.objects.filter(dispute__in=ids).values("screening")
    whose: list[QuerySet[Any]] = [
        Screening.objects.filter(pk__in=screenings),
        ScreeningParty.objects.filter(screening__in=screenings),
        Settlement.objects.filter(screening__in=screenings),
        File.objects.filter(kind="screening", record__in=screenings),
        *(model._default_manager.filter(dispute__in=ids) for model in OF_DISPUTE),
    ]
    found = {key for rows in whose for key in rows.exclude(key_id=None).values_list("key_id", flat=True)}
    return sorted(found - set(Device.objects.filter(key_id__in=found).values_list("key_id", flat=True)))


def hide(_actor: Actor, ids: Sequence[UUID]) -> None:
    """Off every phone, whose rows ask for closings; `access` leaves it out everywhere else."""
    publish("dispute", list(ids))
    readers_changed(ids)


def empty(_actor: Actor, ids: Sequence[UUID]) -> None:
    """Words and places in clear, and what finds a person again."""
    with connection.cursor() as cursor:
        cursor.execute("select disputes_destroyed(%s)", [list(ids)])
    _empty_joint(ids)


def _empty_joint(ids: Sequence[UUID]) -> None:
    """What departments were asked and said; where a reason or a basis is owed, a dash says that there was
    one."""
    handlings = JointHandling.objects.filter(dispute__in=ids)
    handlings.exclude(decision_reason="").update(decision_reason="-")
    JointAnswer.objects.filter(question__handling__in=handlings).exclude(basis="").update(basis="-")
    JointAnswer.objects.filter(question__handling__in=handlings).update(words="", said_by="")
    JointQuestion.objects.filter(handling__in=handlings).update(asked="", supplied="")
    handlings.update(place="", matter="", parties=[], names_reason="")
