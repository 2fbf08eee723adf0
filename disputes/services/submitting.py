"""The one way in for screenings: a phone's batch and a clerk's single record go through here."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from audit.services import Fact, record_many
from disputes.models import Screening
from disputes.services.drafting import Draft, drafts_of
from disputes.services.opening import place_screening
from disputes.services.storing import store
from kernel.actor import Actor
from sync.items import Outcome, PushItem, accepted
from sync.services import publish, withdraw

SUBMITTED = "screening.submitted"


def screenings_submit(*, actor: Actor, items: Sequence[PushItem]) -> list[Outcome]:
    """Store a batch of screenings (`item.body` a `ScreeningBody`); one outcome each, in order.

    Set-based: parse, look up, judge each alone, one insert per table. A protected or corrected record finds
    its dispute in this transaction; the others by reaction.
    """
    drafts = drafts_of(actor=actor, items=items)
    good = [draft for draft in drafts if draft.refusal is None]
    if good:
        with transaction.atomic():
            store(actor=actor, drafts=good)
            _place_now(actor, good)
            _tell_phones(actor, good)
            facts = [Fact(draft.item.target, device_at=draft.item.device_at) for draft in good]
            record_many(actor=actor, event=SUBMITTED, subject_kind="screening", facts=facts)
    return [draft.refusal or accepted(rev=1, key_id=_inbox_key(draft)) for draft in drafts]


def _place_now(actor: Actor, drafts: Sequence[Draft]) -> None:
    """The protected track is on before anybody else can see the record."""
    urgent = [draft.item.target for draft in drafts if _needs_dispute_now(draft)]
    for screening in Screening.objects.filter(id__in=urgent).order_by("id") if urgent else ():
        place_screening(actor=actor, screening=screening, publish_screening=False)


def _needs_dispute_now(draft: Draft) -> bool:
    verdict = draft.verdict
    return bool(verdict and (verdict.protected or verdict.restricted)) or draft.body.supersedes is not None


def _tell_phones(actor: Actor, drafts: Sequence[Draft]) -> None:
    """A restricted record leaves the phone that made it once the phone has its receipt."""
    kept = [draft.item.target for draft in drafts if draft.verdict and not draft.verdict.restricted]
    gone: list[UUID] = [draft.item.target for draft in drafts if draft.verdict and draft.verdict.restricted]
    if kept:
        publish("screening", kept, inserted=True)
    if gone:
        withdraw("screening", f"user:{actor.user_id}", gone)


def _inbox_key(draft: Draft) -> UUID | None:
    """The key under which the pushed item itself is kept: the matter's, else the first person's."""
    return draft.key_id or next((key for key in draft.party_keys if key), None)
