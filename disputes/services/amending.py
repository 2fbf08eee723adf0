"""New versions of a screening by its author. Each is stored as a row of its own and corrects the one
before: nothing that was sent is changed, and lists, signs and disputes take it as any correction. Phones
hold one record, with the content of its latest version.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from django.db import connection, transaction

from audit.services import Fact, record_many
from disputes.models import DisputeScreening, Screening
from disputes.services.drafting import Draft, drafts_of
from disputes.services.opening import place_screening
from disputes.services.storing import store
from disputes.services.submitting import inbox_key
from edge import sqlfile
from kernel import clock
from kernel.actor import Actor
from sync.items import Outcome, PushItem, accepted, rejected
from sync.services import publish

AMENDED = "screening.amended"


@transaction.atomic
def screenings_amend(*, actor: Actor, items: Sequence[PushItem]) -> list[Outcome]:
    """Take a new version of each of the screenings (`item.target`); one outcome each, in order.

    Judged like a new screening. It stays in its grid: what happened elsewhere is another record, which
    `supersedes` this one.
    """
    roots = Screening.objects.in_bulk([item.target for item in items])
    own = [_as_correction(item, roots[item.target]) for item in items]
    drafts = drafts_of(actor=actor, items=own)
    for draft, item in zip(drafts, items, strict=True):
        _check(draft, actor, roots[item.target])
    good = [
        (draft, roots[item.target]) for draft, item in zip(drafts, items, strict=True) if not draft.refusal
    ]
    if good:
        _write(actor, good)
    revs = {draft.item.id: root.rev + 1 for draft, root in good}
    return [d.refusal or accepted(rev=revs[d.item.id], key_id=inbox_key(d)) for d in drafts]


def _as_correction(item: PushItem, root: Screening) -> PushItem:
    """The item as a record of its own, which corrects the version that stands."""
    body = msgspec.structs.replace(item.body, supersedes=root.latest_id or root.id)
    return msgspec.structs.replace(item, target=item.id, body=body)


def _check(draft: Draft, actor: Actor, root: Screening) -> None:
    if root.author_id != actor.user_id or root.author_role != actor.role:
        draft.refusal = rejected("not_yours_to_amend")
    elif not draft.refusal and draft.place.grid_id != root.grid_id:
        draft.refusal = rejected("amend_elsewhere", field_errors={"point": "other_grid"})
    draft.version_of = root.id


def _write(actor: Actor, good: Sequence[tuple[Draft, Screening]]) -> None:
    store(actor=actor, drafts=[draft for draft, _ in good])
    pairs = {"roots": [root.id for _, root in good], "latest": [draft.item.id for draft, _ in good]}
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("disputes", "amend_screenings"), pairs)
    for draft, root in good:
        _place(actor, root, draft.item.id)
    publish("screening", [root.id for _, root in good])
    facts = [
        Fact(root.id, device_at=draft.item.device_at, urgent=bool(draft.body.signs), detail=_version(draft))
        for draft, root in good
    ]
    record_many(actor=actor, event=AMENDED, subject_kind="screening", facts=facts)


def _version(draft: Draft) -> dict[str, str]:
    return {"version": str(draft.item.id)}


def _place(actor: Actor, root: Screening, version_id: UUID) -> None:
    """Both versions belong to one dispute: that of the first, or the one that only the new one calls for."""
    place_screening(actor=actor, screening=root, publish_screening=False)
    version = Screening.objects.get(id=version_id)
    place_screening(actor=actor, screening=version, publish_screening=False)
    links = {
        link.screening_id: link
        for link in DisputeScreening.objects.filter(screening_id__in=[root.id, version_id])
    }
    if version_id in links and root.id not in links:
        DisputeScreening.objects.create(
            dispute_id=links[version_id].dispute_id, screening=root, at=clock.now(), why="amended"
        )
