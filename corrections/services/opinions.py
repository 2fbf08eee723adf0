"""What the procuratorate says to an agency, and the written reply (CCL-8)."""

from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.models import Organisation, OrganisationKind
from accounts.selectors import actor_areas, area_subtree_ids
from audit.services import record
from corrections import access
from corrections.models import Opinion
from corrections.opinions import OPINION, Followed, OpinionKind, reply_due
from corrections.services.acts import Said, in_course, move, not_after_today
from corrections.services.giving import OPINION_REPLY, given_out
from corrections.services.reading import revealed
from edge.conf import setting
from edge.encryption import seal_value
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from privacy.services import subject_keys_create


@law("CCL-8")
@transaction.atomic
def opinion_issue(
    *,
    actor: Actor,
    agency_id: UUID,
    kind: OpinionKind,
    document_no: str,
    issued_on: date,
    text: str,
    subject_id: UUID | None = None,
) -> Opinion:
    """The procurator writes to an agency of the district. No file is changed by it."""
    if actor.role != Role.PROCURATOR:
        raise Problem("role_not_allowed")
    reach = area_subtree_ids(actor_areas(actor))
    offices = Organisation.objects.filter(kind=OrganisationKind.AGENCY, area_id__in=reach)
    if not offices.filter(id=agency_id).exists():
        raise Problem("invalid", fields={"agency": ["no agency of this district"]})
    if subject_id is not None and not access.visible_to(actor).filter(id=subject_id).exists():
        raise Problem("invalid", fields={"subject": ["not found"]})
    if Opinion.objects.filter(agency_id=agency_id, document_no=document_no).exists():
        raise Problem("already_exists", fields={"document_no": ["this document stands already"]})
    pk, key_id = uuid7(), subject_keys_create(1)[0]
    row = Opinion.objects.create(
        id=pk, key_id=key_id, subject_id=subject_id, agency_id=agency_id, kind=kind, document_no=document_no,
        text=seal_value(Opinion, "text", pk, text, key_id), issued_by_id=actor.person,
        issued_on=not_after_today("issued_on", issued_on), entered_at=clock.now(),
        due_at=reply_due(issued_on, setting("OPINION_REPLY_DAYS")),
    )  # fmt: skip
    record(actor=actor, event="procuratorial_opinion.issue", subject_kind="procuratorial_opinion",
           subject_id=pk)  # fmt: skip
    return row


@law("CCL-8")
@transaction.atomic
def opinion_reply(
    *, actor: Actor, opinion_id: UUID, followed: Followed, replied_on: date, text: str
) -> Opinion:
    """The agency's written reply; where it does not follow, the text is the reason."""
    rows = access.opinions_visible_to(actor).select_for_update(of=("self",))
    row = existing(rows.filter(id=opinion_id))
    if not OPINION.already_done(row.state, "reply"):
        said = Said(on=in_course("replied_on", replied_on, row.issued_on))
        reply = seal_value(Opinion, "reply", row.id, text, row.key_id)
        move(
            actor, row, OPINION, "reply", said, followed=followed, reply=reply,
            replied_on=replied_on, replied_by=actor.user_id,
        )  # fmt: skip
        given_out(actor, row.id, OPINION_REPLY)
    return row


@transaction.atomic
def opinion_read(*, actor: Actor, opinion_id: UUID, purpose: str, reason: str) -> dict[str, str | None]:
    """An opinion and its reply in clear, for a purpose and with a reason."""
    row = existing(access.opinions_visible_to(actor).filter(id=opinion_id))
    fields = ("text", "reply")
    return revealed(
        actor=actor, row=row, kind="procuratorial_opinion", fields=fields, purpose=purpose, reason=reason
    )
