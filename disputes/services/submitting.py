"""The one way in for screenings: a phone's batch and a clerk's single record go through here."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from audit.delivery import urgently
from audit.services import Fact, record_many
from disputes.bodies import ScreeningBody
from disputes.models import Screening
from disputes.services.drafting import Draft, drafts_of
from disputes.services.opening import place_screening
from disputes.services.storing import store
from edge.driver import pipelined
from edge.repeats import made_before
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from sync.items import Outcome, PushItem, State, accepted
from sync.services import publish, withdraw

SUBMITTED = "screening.submitted"


def screenings_submit(
    *, actor: Actor, items: Sequence[PushItem], into: Mapping[UUID, UUID] | None = None
) -> list[Outcome]:
    """Store a batch of screenings (`item.body` a `ScreeningBody`); one outcome each, in order. `into` names
    the dispute that a record (by its id) was made for.

    Set-based: parse, look up, judge each alone, one insert per table. A protected or corrected record finds
    its dispute in this transaction; the others by reaction.
    """
    drafts = drafts_of(actor=actor, items=items)
    good = [draft for draft in drafts if draft.refusal is None]
    if good:
        with transaction.atomic(savepoint=False):
            _write(actor, good, into or {})
    return [draft.refusal or accepted(rev=1, key_id=inbox_key(draft)) for draft in drafts]


def _write(actor: Actor, drafts: Sequence[Draft], into: Mapping[UUID, UUID]) -> None:
    """Rows, phones' rows and facts go out in one pipeline, unless some must find their dispute in between."""
    now = [draft.item.target for draft in drafts if _needs_dispute_now(draft, into)]
    with pipelined():
        store(actor=actor, drafts=drafts)
        if not now:
            _announce(actor, drafts)
    if now:
        _place_now(actor, now, into)
        with pipelined():
            _announce(actor, drafts)


def _announce(actor: Actor, drafts: Sequence[Draft]) -> None:
    _tell_phones(actor, drafts)
    record_many(actor=actor, event=SUBMITTED, subject_kind="screening", facts=list(map(_fact, drafts)))


def _fact(draft: Draft) -> Fact:
    """A record with signs or danger goes before the ordinary ones of its batch, also on the way to the
    centre."""
    urgent = bool(draft.body.signs) or draft.body.danger_now is not None
    return Fact(draft.item.target, device_at=draft.item.device_at, urgent=urgent)


def _place_now(actor: Actor, ids: Sequence[UUID], into: Mapping[UUID, UUID]) -> None:
    """The protected track is on before anybody else can see the record."""
    with urgently():
        for screening in Screening.objects.filter(id__in=ids).order_by("id"):
            target = into.get(screening.id)
            place_screening(actor=actor, screening=screening, publish_screening=False, into=target)


def _needs_dispute_now(draft: Draft, into: Mapping[UUID, UUID]) -> bool:
    verdict = draft.verdict
    hides = bool(verdict and (verdict.protected or verdict.restricted))
    return hides or draft.body.supersedes is not None or draft.item.target in into


def _tell_phones(actor: Actor, drafts: Sequence[Draft]) -> None:
    """A restricted record leaves the phone that made it once the phone has its receipt."""
    kept = [draft.item.target for draft in drafts if draft.verdict and not draft.verdict.restricted]
    gone: list[UUID] = [draft.item.target for draft in drafts if draft.verdict and draft.verdict.restricted]
    if kept:
        publish("screening", kept, inserted=True)
    if gone:
        withdraw("screening", f"user:{actor.user_id}:{actor.role}", gone)


def inbox_key(draft: Draft) -> UUID | None:
    """The key under which the pushed item itself is kept: the matter's, else the first person's."""
    return draft.key_id or next((key for key in draft.party_keys if key), None)


@transaction.atomic
def screening_record(*, actor: Actor, record_id: UUID, data: dict[str, Any]) -> tuple[UUID, bool]:
    """One screening entered at a desk, by the same way. The second value: the same person had entered this
    very one, and nothing is stored.

    `data`: the JSON of a `ScreeningBody` and its `id`. Problems `invalid` with fields, `out_of_scope`,
    `conflict` (somebody else's id, or that of another matter).
    """
    try:
        body = msgspec.convert({key: data[key] for key in data if key != "id"}, ScreeningBody)
    except msgspec.ValidationError as error:
        raise Problem("invalid", str(error)) from error
    same = {"category": body.category, "outcome": body.outcome, "occurred_at": body.occurred_at}
    if made_before(Screening, record_id, author_id=actor.user_id, **same):
        return record_id, True
    now = clock.now()
    item = PushItem(
        id=record_id, kind="screening", op="create", target=record_id, base_rev=0, device_at=now,
        device_said=now, received_at=now, seq=0, offset_ms=0, skewed=False, body=body,
    )  # fmt: skip
    (outcome,) = screenings_submit(actor=actor, items=[item])
    if outcome.state != State.ACCEPTED:
        fields = {path: [code] for path, code in (outcome.field_errors or {}).items()}
        raise Problem(outcome.code, fields=fields or None)
    return record_id, False
