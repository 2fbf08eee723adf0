"""How disputes are closed: known to nobody once their retention is over, and destroyed by the list.

Every person's values stand under keys of this one dispute; what lies outside them is emptied through the
owner's narrow door (`sql/destroyed.sql`), since records of phones are append-only for the running system.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import Device
from disputes.access import disputes_going_on
from disputes.codes import DisputeState
from disputes.models import (
    DangerSign,
    Dispute,
    DisputeScreening,
    DisputeTransition,
    JointAnswer,
    JointHandling,
    JointQuestion,
    Screening,
    ScreeningParty,
    Settlement,
)
from disputes.services.telling import readers_changed
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from privacy.closing import RecordClass, enter, ids_below, rows_below
from sync.files.models import File
from sync.services import publish

KIND = "dispute"
OVER = (DisputeState.ARCHIVED, DisputeState.NOT_ACCEPTED, DisputeState.NOT_A_DISPUTE)
_OVER = Q(state__in=OVER) | Q(state=DisputeState.MERGED, merged_into__state__in=OVER)


def connect() -> None:
    """Enter the class (once, when the app is ready)."""
    enter(
        RecordClass(
            kind=KIND, zh="纠纷", en="dispute", keep_days="DISPUTE_KEEP_DAYS",
            restrict_days="DISPUTE_RESTRICT_DAYS", ended=ended, rows_of=rows_of,
            other_keys=phones_keys, is_over=is_over,
            restrict=hide, destroy=empty, seen_by=seen, log_of=log_of,
        )
    )  # fmt: skip


@law("PI-45/46/50", "DV-23")
def seen(actor: Actor, dispute_id: UUID) -> bool:
    """The desk of the street; of a protected matter the director alone, who knows what tells the one party of
    the other."""
    rows = disputes_going_on(actor)
    if actor.role != Role.CENTRE_DIRECTOR:
        rows = rows.filter(protected=False)
    return rows.filter(pk=dispute_id).exists()


@law("PI-45/46/50")
def log_of(dispute_id: UUID) -> Iterable[UUID]:
    """What hangs on the matter, and what phones told of it: each is read under its own id."""
    yield from ids_below(Dispute, "disputes", dispute_id)
    yield from DisputeScreening.objects.filter(dispute=dispute_id).values_list("screening", flat=True)


@law("PI-19/47")
def ended(known: QuerySet[Any]) -> Iterable[tuple[UUID, date]]:
    """Disputes that are over for good, with the day of their last step; a merged one ends with the one that
    went on."""
    over = Dispute.objects.filter(_OVER).exclude(pk__in=known)
    goes_on = dict(over.order_by("pk").values_list("pk", Coalesce("merged_into", "pk")))
    steps = DisputeTransition.objects.filter(dispute__in=set(goes_on.values())).values("dispute")
    last = {row["dispute"]: row["last"] for row in steps.annotate(last=Max("at")).order_by("dispute")}
    return [(pk, clock.local_day(last[other])) for pk, other in goes_on.items() if other in last]


def is_over(dispute_id: UUID) -> bool:
    """Not opened again since."""
    return Dispute.objects.filter(_OVER, pk=dispute_id).exists()


def rows_of(ids: Sequence[UUID]) -> Iterable[QuerySet[Any]]:
    """The matter with all that hangs on it, and what phones told of it."""
    told = DisputeScreening.objects.filter(dispute__in=ids).values("screening")
    yield from rows_below(Dispute, "disputes", ids)
    yield Screening.objects.filter(pk__in=told)
    yield DangerSign.objects.filter(screening__in=told)
    yield ScreeningParty.objects.filter(screening__in=told)
    yield Settlement.objects.filter(screening__in=told)
    yield File.objects.filter(kind="screening", record__in=told)


def phones_keys(keys: Collection[UUID]) -> Collection[UUID]:
    """A phone's own key seals more than one record."""
    return [key for key in Device.objects.filter(key_id__in=keys).values_list("key_id", flat=True) if key]


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
