"""A batch of screenings before it is stored: where each happened, whether its author may say so, what it
means."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from accounts.models import Area, AreaLevel, Organisation, OrganisationKind
from accounts.selectors import actor_areas, area_subtree_ids
from disputes.bodies import ScreeningBody
from disputes.checks import Moments, errors_of, is_hidden
from disputes.codes import SIDES
from disputes.models import Screening, ScreeningRound
from disputes.screening import Answers, Assessment, assess
from edge import sqlfile
from edge.conf import setting
from edge.driver import raw_cursor
from grids.coordinates import to_wgs84_e7
from grids.selectors import GridHit, grid_at, grids_near
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from privacy.services import location_withdrawn
from sync.items import Outcome, PushItem, quarantined, rejected


@dataclass(slots=True)
class Place:
    """Where a record belongs: the grid of its point, or, without one, the author's own community and
    street."""

    grid_id: UUID | None = None
    release_id: UUID | None = None
    community_id: UUID | None = None
    street_id: UUID | None = None


@dataclass(slots=True)
class Draft:
    """One item on its way into the tables; `refusal` is set as soon as it cannot go in."""

    item: PushItem
    body: ScreeningBody
    day: date
    refusal: Outcome | None = None
    lon_e7: int | None = None
    lat_e7: int | None = None
    place: Place = field(default_factory=Place)
    verdict: Assessment | None = None
    version_of: UUID | None = None
    key_id: UUID | None = None
    party_keys: list[UUID | None] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Holding:
    """A grid that the author is or was in charge of, from a day to the day before another."""

    grid_id: UUID
    community_id: UUID
    street_id: UUID
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Reach:
    """What the author may report on: grids by day for a grid worker, an area for staff; and where home is."""

    holdings: tuple[Holding, ...]
    areas: frozenset[UUID]
    home: Place

    def held(self, day: date) -> set[UUID]:
        return {holding.grid_id for holding in self.holdings if holding.on(day)}

    def home_on(self, day: date) -> Place:
        """The community of a grid held that day; else the organisation's own place."""
        for holding in self.holdings:
            if holding.on(day):
                return Place(community_id=holding.community_id, street_id=holding.street_id)
        return self.home


def drafts_of(*, actor: Actor, items: Sequence[PushItem]) -> list[Draft]:
    """Judge every item by itself, with one look-up per question for the whole batch."""
    watch_days, old_after = setting("SCREENING_WATCH_DAYS"), timedelta(hours=setting("DANGER_OLD_H"))
    drafts = [_checked(item, watch_days) for item in items]
    _check_references(actor, [draft for draft in drafts if not draft.refusal])
    _check_location(actor, [draft for draft in drafts if not draft.refusal])
    good = [draft for draft in drafts if not draft.refusal]
    if good:
        _locate(reach_of(actor), good)
    for draft in drafts:
        if not draft.refusal:
            draft.verdict = _assess(draft, old_after)
    return drafts


def _checked(item: PushItem, watch_days: int) -> Draft:
    body: ScreeningBody = item.body
    draft = Draft(item, body, clock.local_day(item.device_at))
    moments = Moments(item.device_at, item.received_at)
    errors = errors_of(body, moments, watch_days=watch_days)
    if errors:
        draft.refusal = rejected("invalid", field_errors=errors)
    return draft


def _check_references(actor: Actor, drafts: Sequence[Draft]) -> None:
    """A correction names an earlier record of the same author; communities exist."""
    older = {draft.body.supersedes for draft in drafts if draft.body.supersedes}
    own: set[UUID] = set()
    if older:
        own = set(
            Screening.objects.filter(id__in=older, author_id=actor.user_id).values_list("id", flat=True)
        )
    _check_rounds(drafts)
    named = {area for draft in drafts for area in draft.body.community_ids}
    known: set[UUID] = set()
    if named:
        rows = Area.objects.filter(id__in=named, level=AreaLevel.COMMUNITY)
        known = set(rows.values_list("id", flat=True))
    for draft in drafts:
        if draft.body.supersedes and draft.body.supersedes not in own:
            draft.refusal = rejected("invalid", field_errors={"supersedes": "not_an_own_record"})
        elif set(draft.body.community_ids) - known:
            draft.refusal = rejected("invalid", field_errors={"community_ids": "no_such_community"})


@law("PI-29/30")
def _check_location(actor: Actor, drafts: Sequence[Draft]) -> None:
    """Who took back the consent to the own location gives no fix of the phone, but a reason or a point set on
    the map. A record with danger in it is never refused for that."""
    own = [draft for draft in drafts if draft.body.point and draft.body.point.fix_at]
    calm = [draft for draft in own if not (draft.body.signs or draft.body.danger_now)]
    if calm and actor.user_id is not None and location_withdrawn(actor.user_id):
        for draft in calm:
            draft.refusal = rejected("own_location_withdrawn", field_errors={"point": "no_fix_of_the_phone"})


def _check_rounds(drafts: Sequence[Draft]) -> None:
    """A record may be made for a round that goes through its day; a closed one still takes late records."""
    asked = {draft.body.round_id for draft in drafts if draft.body.round_id}
    known = ScreeningRound.objects.in_bulk(list(asked)) if asked else {}
    for draft in drafts:
        named = known.get(draft.body.round_id) if draft.body.round_id else None
        inside = named is not None and named.starts_on <= draft.day <= named.ends_on
        if draft.body.round_id and not inside:
            draft.refusal = rejected("invalid", field_errors={"round_id": "no_such_round_that_day"})


def reach_of(actor: Actor) -> Reach:
    worker = actor.user_id if actor.role == Role.GRID_WORKER else None
    asking = {"organisation": actor.organisation_id, "worker": worker}
    rows = raw_cursor().execute(sqlfile.load("disputes", "reach"), asking).fetchall()
    home = next((Place(None, None, *row[1:3]) for row in rows if row[0] is None), Place())
    if worker is not None:
        return Reach(tuple(Holding(*row[:5]) for row in rows if row[0] is not None), frozenset(), home)
    roots = [area for area in (home.community_id or home.street_id,) if area]
    district = [] if roots else actor_areas(actor)
    return Reach((), frozenset(area_subtree_ids(roots or district)), home)


def _locate(reach: Reach, drafts: Sequence[Draft]) -> None:
    placed = [draft for draft in drafts if draft.body.point]
    raw = [(p.lon_e7, p.lat_e7, str(p.crs)) for p in (draft.body.point for draft in placed) if p]
    for draft, (lon, lat) in zip(placed, to_wgs84_e7(raw), strict=True):
        draft.lon_e7, draft.lat_e7 = lon, lat
    for day in sorted({draft.day for draft in drafts}):
        _locate_day(reach, day, [draft for draft in drafts if draft.day == day])


def _locate_day(reach: Reach, day: date, drafts: Sequence[Draft]) -> None:
    """The grids of one day's points in one statement, then the neighbourhood of those that missed in
    another."""
    placed = [draft for draft in drafts if draft.lon_e7 is not None]
    points = [(draft.lon_e7 or 0, draft.lat_e7 or 0) for draft in placed]
    hits = dict(zip(map(id, placed), grid_at(points, day), strict=True)) if placed else {}
    held = reach.held(day)
    for draft in drafts:
        _stamp(draft, hits.get(id(draft)), reach.home_on(day))
    outside = [draft for draft in drafts if not draft.item.decided and not _within(reach, held, draft)]
    _tolerate(outside, held, day)


def _stamp(draft: Draft, hit: GridHit | None, home: Place) -> None:
    if hit is None:
        draft.place = home
        if home.street_id is None:
            draft.refusal = rejected("invalid", field_errors={"point": "grid_required"})
    else:
        draft.place = Place(hit.grid_id, hit.release_id, hit.community_id, hit.street_id)


def _within(reach: Reach, held: set[UUID], draft: Draft) -> bool:
    """A worker's record without a grid needs some grid held that day; staff stay inside their area."""
    if draft.refusal:
        return True
    if reach.areas:
        return draft.place.grid_id is None or draft.place.community_id in reach.areas
    return bool(held) if draft.place.grid_id is None else draft.place.grid_id in held


def _tolerate(drafts: Sequence[Draft], held: set[UUID], day: date) -> None:
    """At a border the position decides by metres: near a held grid is good enough, the grid stays the
    point's own."""
    near: list[list[UUID]] = [[] for _ in drafts]
    if held and drafts:
        points = [(draft.lon_e7 or 0, draft.lat_e7 or 0) for draft in drafts]
        near = grids_near(points, setting("SCREENING_SCOPE_M"), day)
    far = [draft for draft, grids in zip(drafts, near, strict=True) if not held.intersection(grids)]
    hit = {draft.place.community_id for draft in far if draft.place.grid_id}
    offices = _offices({community for community in hit if community})
    for draft in far:
        office = offices.get(draft.place.community_id) if draft.place.grid_id else None
        draft.refusal = quarantined("out_of_scope", queue=None if is_hidden(draft.body) else office)


def _offices(communities: set[UUID]) -> dict[UUID | None, UUID]:
    """Who answers for the grids that were hit: their communities' own organisations."""
    if not communities:
        return {}
    found = Organisation.objects.filter(area_id__in=communities, kind=OrganisationKind.COMMUNITY)
    return dict(found.values_list("area_id", "id"))


def _assess(draft: Draft, old_after: timedelta) -> Assessment:
    body, item = draft.body, draft.item
    communities = {*body.community_ids, *([draft.place.community_id] if draft.place.grid_id else [])}
    answers = Answers(
        signs=frozenset(sign.code for sign in body.signs),
        danger_now=body.danger_now is not None,
        worker_protects=body.protected,
        occurred_at=body.occurred_at,
        received_at=item.received_at,
        outcome=body.outcome,
        parties=sum(party.role in SIDES for party in body.parties),
        communities=len(communities) if body.community_ids else 0,
        minor_party=any(party.minor for party in body.parties),
        wants_mediation=body.wants_mediation,
    )
    return assess(answers, old_after=old_after)
