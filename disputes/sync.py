"""The kinds `screening` (pushed and pulled), `dispute` and `dispute_event` (pulled). Kept off phones:
whatever is restricted."""

from collections.abc import Sequence
from operator import attrgetter
from uuid import UUID

from accounts.models import AreaLevel, Organisation, OrganisationKind
from disputes import access
from disputes.bodies import ScreeningBody
from disputes.checks import HIDING, is_hidden
from disputes.services.amending import screenings_amend
from disputes.services.drafting import reach_of
from disputes.services.submitting import screenings_submit
from edge import sqlfile
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from sync.items import PushItem
from sync.registry import Kind, register


def connect() -> None:
    """Enter the kinds (once, when the app is ready)."""
    for kind in (_screening(), _dispute(), _dispute_event()):
        register(kind)


def _screening() -> Kind:
    return Kind(
        name="screening",
        version=1,
        root_table="disputes_screening",
        rows_sql=sqlfile.load("disputes", "screening_rows"),
        phone_set=access.phone_screenings,
        submit=screenings_submit,
        schema=ScreeningBody,
        push_roles=frozenset({Role.GRID_WORKER}),
        owner_queue=owner_queue,
        amend=screenings_amend,
        parent=attrgetter("supersedes"),
        takes_files=12,
        readable_files=access.readable_files,
        answers=access.WRITERS,
        may_read=may_read,
    )


def _dispute() -> Kind:
    return Kind(
        name="dispute",
        version=1,
        root_table="disputes_dispute",
        rows_sql=sqlfile.load("disputes", "dispute_rows"),
        phone_set=access.phone_disputes,
        answers=access.WRITERS,
        may_read=may_read_command,
    )


def _dispute_event() -> Kind:
    return Kind(
        name="dispute_event",
        version=1,
        root_table="disputes_disputetransition",
        rows_sql=sqlfile.load("disputes", "dispute_event_rows"),
        phone_set=access.phone_dispute_events,
    )


def owner_queue(actor: Actor, items: Sequence[PushItem]) -> list[UUID | None]:
    """Who looks after what was not taken: the author's community; for what the community may not know of, the
    street's mediation centre."""
    reach, places = reach_of(actor), []
    for item in items:
        place = reach.home_on(clock.local_day(item.device_at))
        hidden = keeps_from_community(item.body)
        places.append((OrganisationKind.MEDIATION_CENTRE, place.street_id) if hidden else (
            OrganisationKind.COMMUNITY, place.community_id))  # fmt: skip
    areas = {area for _, area in places if area}
    rows = Organisation.objects.filter(
        area_id__in=areas, kind__in=[OrganisationKind.MEDIATION_CENTRE, OrganisationKind.COMMUNITY],
        area__level__in=[AreaLevel.STREET, AreaLevel.COMMUNITY],
    )  # fmt: skip
    by_place: dict[tuple[str, UUID | None], UUID] = {(row.kind, row.area_id): row.id for row in rows}
    return [by_place.get(place) for place in places]


def may_read(actor: Actor, item: PushItem) -> bool:
    """What few may know of is read by the director and the clerk named for it; the rest by who answers for
    it."""
    return not keeps_from_community(item.body) or _may_know(actor)


def may_read_command(actor: Actor, item: PushItem) -> bool:
    """Words about a dispute are read by who sees it; about a hidden one, or one that is not there, by few."""
    rows = access.disputes_visible_to(actor).filter(id=item.target, protected=False, restricted=False)
    return rows.exists() or _may_know(actor)


def _may_know(actor: Actor) -> bool:
    named = actor.role == Role.CENTRE_CLERK and bool(access.named_streets(actor))
    return actor.role == Role.CENTRE_DIRECTOR or named


def keeps_from_community(body: object) -> bool:
    """Whether a body, also one that did not pass its schema, names what only few may know of."""
    if isinstance(body, ScreeningBody):
        return is_hidden(body)
    text = str(body)
    return any(code in text for code in HIDING) or "minor" in text or "protected" in text
