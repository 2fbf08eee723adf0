"""Reads of the duty list: who is on duty at a moment, and where nobody is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Organisation, OrganisationKind
from accounts.selectors import memberships_in_force
from kernel.clock import local_day
from kernel.codes.roles import Role
from tasks.codes import DutyPost
from tasks.models import DutyShift
from tasks.roster import Span, holes

ON_THE_LIST = frozenset({OrganisationKind.MEDIATION_CENTRE, OrganisationKind.STATION})
"""Kinds of organisation that keep a duty list."""


@dataclass(frozen=True, slots=True)
class OnDuty:
    """User ids; None where the post is empty or its person is no duty officer of the organisation any
    more."""

    main: UUID | None = None
    deputy: UUID | None = None

    def post(self, post: DutyPost) -> UUID | None:
        return self.main if post is DutyPost.MAIN else self.deputy

    def __contains__(self, user_id: UUID | None) -> bool:
        return user_id is not None and user_id in {self.main, self.deputy}


def shifts_at(at: datetime) -> QuerySet[DutyShift]:
    """Shifts that hold the instant."""
    return DutyShift.objects.filter(cancelled_at__isnull=True, starts_at__lte=at, ends_at__gt=at)


def on_duty(organisation_id: UUID, at: datetime) -> OnDuty:
    """Who is on duty in a centre or station at an instant."""
    rows = shifts_at(at).filter(organisation_id=organisation_id)
    people = {DutyPost(row.post): row.person_id for row in rows}
    able = duty_officers(organisation_id, at)
    main, deputy = (people.get(post) for post in (DutyPost.MAIN, DutyPost.DEPUTY))
    return OnDuty(main if main in able else None, deputy if deputy in able else None)


def duty_officers(organisation_id: UUID, at: datetime) -> set[UUID]:
    """Who holds the role of duty officer there on the local day of the instant."""
    rows = memberships_in_force(local_day(at)).filter(organisation_id=organisation_id, role=Role.DUTY_OFFICER)
    return set(rows.values_list("user_id", flat=True))


def duty_place(street_id: UUID, kind: OrganisationKind = OrganisationKind.MEDIATION_CENTRE) -> UUID | None:
    """The centre (or station) of a street, whose duty list answers for it; None when it has none."""
    rows = Organisation.objects.filter(area_id=street_id, kind=kind).order_by("created_at", "id")
    return rows.values_list("id", flat=True).first()


def holes_of(organisation_id: UUID, within: Span) -> Iterable[tuple[DutyPost, Span]]:
    """The stretches of a duty list that nobody covers, post by post."""
    start, end = within
    rows = DutyShift.objects.filter(
        organisation_id=organisation_id, cancelled_at__isnull=True, starts_at__lt=end, ends_at__gt=start
    )
    held = list(rows.values_list("post", "starts_at", "ends_at"))
    for post in DutyPost:
        spans = [(begins, ends) for one, begins, ends in held if one == post]
        yield from ((post, hole) for hole in holes(spans, within))
