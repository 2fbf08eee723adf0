"""安置帮教衔接 (CCM-53): the person is told, says yes or no, and is there when something is handed over.

Nothing about offence or correction goes out, nothing goes without the person's word, and a "no" is not asked
again.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections import access
from corrections.access import visible_to
from corrections.aftercare import (
    ACCEPTED,
    AFTERCARE,
    HANDED_OVER,
    WITHDRAWN,
    AftercareField,
    AftercareNeed,
)
from corrections.ends import RELEASES
from corrections.machine import AGENCY
from corrections.models import Aftercare, Ending, Subject
from corrections.services.acts import Said, move, not_after_today, of_term, sealed
from corrections.services.found import require_staff, row_locked, subject_of_visible
from corrections.services.giving import Giving, given_out
from corrections.services.reading import revealed
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from privacy.codes import RecipientKind

KIND = "aftercare"


def _subject(actor: Actor, subject_id: UUID) -> Subject:
    """The person under lock: in the term for all officers, after a release for the agency whose papers of the
    end are open. Problem `aftercare_after_release` for any other end."""
    row = Subject.objects.select_for_update().filter(id=subject_id).first()
    if row is not None and visible_to(actor).filter(id=subject_id).exists():
        return row
    ending = Ending.objects.filter(subject_id=subject_id).exclude(state="closed").first()
    own = row is not None and actor.role in AGENCY and row.agency_id == actor.organisation_id
    if row is None or ending is None or not own:
        raise Problem("not_found")
    if ending.reason not in RELEASES:
        raise Problem("aftercare_after_release")
    return row


@law("CCM-53", "CCM-55")
@transaction.atomic
def aftercare_inform(
    *, actor: Actor, subject_id: UUID, informed_on: date, guardian_present: bool = False
) -> Aftercare:
    """The person was told what help there is, who gives it, and that it is voluntary. Twice is no fault.
    Problem `guardian_part_missing` for a minor without the guardian."""
    user_id, subject = require_staff(actor), _subject(actor, subject_id)
    known = Aftercare.objects.filter(subject=subject).first()
    if known is not None:
        return known
    if subject.minors_rules and not guardian_present:
        raise Problem("guardian_part_missing")
    row = Aftercare.objects.create(
        subject=subject, informed_on=of_term("informed_on", informed_on, subject),
        guardian_present=guardian_present, entered_by_id=user_id, entered_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="aftercare.inform", subject_kind=KIND, subject_id=row.id)
    return row


def _locked(actor: Actor, aftercare_id: UUID) -> Aftercare:
    require_staff(actor)
    rows = access.aftercares_visible_to(actor)
    return row_locked(actor, rows, aftercare_id, reach=subject_of_visible)


def _step(actor: Actor, row: Aftercare, event: str, said: Said, **columns: Any) -> Aftercare:
    if not AFTERCARE.already_done(row.state, event):
        move(actor, row, AFTERCARE, event, said, **columns)
    return row


@law("CCM-53")
@transaction.atomic
def aftercare_accept(
    *, actor: Actor, aftercare_id: UUID, on: date, needs: Sequence[AftercareNeed], wishes: str = ""
) -> Aftercare:
    """The person wants it and says what for; also somebody who had declined and came back to it."""
    row = _locked(actor, aftercare_id)
    said = Said(on=_answered(row, on))
    text = sealed(Aftercare, "wishes", row.id, wishes, row.subject.key_id)
    named = list(dict.fromkeys(needs))
    return _step(actor, row, "accept", said, answered_on=on, needs=named, wishes=text)


def _answered(row: Aftercare, on: date) -> date:
    if on < row.informed_on:
        raise Problem("invalid", fields={"on": ["before the person was told"]})
    return not_after_today("on", on)


@law("CCM-53")
@transaction.atomic
def aftercare_decline(*, actor: Actor, aftercare_id: UUID, on: date) -> Aftercare:
    """The person does not want it. No reason is asked, nothing is on a worklist any more."""
    row = _locked(actor, aftercare_id)
    return _step(actor, row, "decline", Said(on=_answered(row, on)), answered_on=on)


@law("CCM-53", "CCL-5")
@transaction.atomic
def aftercare_hand_over(
    *, actor: Actor, aftercare_id: UUID, recipient: str, on: date, document_no: str,
    given: Sequence[AftercareField], took_part: bool,
) -> Aftercare:  # fmt: skip
    """What goes to whom, with the person there, and a row in the share log. Problem
    `aftercare_needs_person`."""
    row = _locked(actor, aftercare_id)
    if row.state == HANDED_OVER:
        return row
    day = not_after_today("on", on)
    if row.answered_on is not None and day < row.answered_on:
        raise Problem("invalid", fields={"on": ["before the person agreed"]})
    facts = {"took_part": took_part}
    _step(
        actor, row, "hand_over", Said(on=day, facts=facts), recipient=recipient, handed_on=day,
        document_no=document_no,
    )  # fmt: skip
    fields = tuple(f"Subject.{name}" for name in dict.fromkeys(given))
    giving = Giving(KIND, "CCM-53", "安置帮教衔接", RecipientKind.DEPARTMENT, fields)
    given_out(actor, row.id, giving, recipient)
    return row


@transaction.atomic
def aftercare_receive(*, actor: Actor, aftercare_id: UUID, on: date) -> Aftercare:
    """The recipient has confirmed."""
    row = _locked(actor, aftercare_id)
    return _step(actor, row, "receive", Said(on=not_after_today("on", on)), receipt_on=on)


@law("CCM-53")
@transaction.atomic
def aftercare_withdraw(*, actor: Actor, aftercare_id: UUID, on: date) -> Aftercare:
    """The person no longer wants it: nothing more goes out, no reason is asked, and what was kept on that
    wish alone is gone."""
    row = _locked(actor, aftercare_id)
    said = Said(on=not_after_today("on", on))
    return _step(actor, row, "withdraw", said, wishes=None, needs=[])


def aftercare_waits(subject: Subject) -> bool:
    """Whether the person said yes and nothing has been handed over yet."""
    return Aftercare.objects.filter(subject=subject, state=ACCEPTED).exists()


@law("CCL-61")
@transaction.atomic
def aftercare_read(*, actor: Actor, aftercare_id: UUID, purpose: str, reason: str) -> dict[str, str | None]:
    """The person's wishes in clear."""
    row = existing(access.aftercares_visible_to(actor).exclude(state=WITHDRAWN).filter(id=aftercare_id))
    return revealed(actor=actor, row=row, kind=KIND, fields=("wishes",), purpose=purpose, reason=reason)
