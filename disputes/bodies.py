"""What a phone sends as a screening: closed types and strict limits. Nobody's ethnicity, belief, illness or
petition has a field here, and an unknown field is refused (law.md §11)."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from disputes.codes import NoLocation, Outcome, PartyRole
from kernel.codes.law import CoordinateSystem, DangerSignCode, DisputeCategory, DisputeScale, DisputeSource

Instant = Annotated[datetime, Meta(tz=True)]
Text4000 = Annotated[str, Meta(max_length=4000)]
Text200 = Annotated[str, Meta(min_length=1, max_length=200)]
Text100 = Annotated[str, Meta(max_length=100)]
Called = Literal["110", "119", "120"]


class PointBody(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One position: whole units of 1e-7 degree in the declared system, accuracy in centimetres."""

    lon_e7: Annotated[int, Meta(ge=730_000_000, le=1_360_000_000)]
    lat_e7: Annotated[int, Meta(ge=30_000_000, le=540_000_000)]
    crs: CoordinateSystem
    accuracy_cm: Annotated[int, Meta(ge=0, le=100_000_000)] | None = None
    fix_at: Instant | None = None
    provider: Annotated[str, Meta(max_length=20)] | None = None


class PartyBody(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A person of the quarrel: a name, or a description; by hearsay a role only; a minor by initials and a
    band of birth years such as `2010-2014`."""

    role: PartyRole
    name: Text100 | None = None
    described: Text100 | None = None
    phone: Annotated[str, Meta(max_length=32)] | None = None
    id_number: Annotated[str, Meta(max_length=24)] | None = None
    hearsay: bool = False
    minor: bool = False
    birth_band: Annotated[str, Meta(pattern=r"^(19|20)\d{2}-(19|20)\d{2}$")] | None = None


class SignBody(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """An act of the closed list with what was seen or told. `is_act`: the worker's answer to "is this an
    act?"."""

    code: DangerSignCode
    what: Text200
    by_whom: Text100 | None = None
    when: Instant | None = None
    is_act: bool | None = None


class DangerBody(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Danger now; who was called and when is filled in later (PS-6: telephone first, record after)."""

    called: Called | None = None
    called_at: Instant | None = None


class SettledBody(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Settled on the spot: what was agreed and by whom. Kept sealed."""

    terms: Annotated[str, Meta(min_length=1, max_length=1000)]
    by_whom: Text200


class ScreeningBody(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """`data` of a pushed `screening`; the body of `POST /screenings` for staff has the same fields."""

    category: DisputeCategory
    brief: Annotated[str, Meta(min_length=1, max_length=4000)]
    occurred_at: Instant
    outcome: Outcome
    source: DisputeSource = DisputeSource.GRID_SCREENING
    scale: DisputeScale = DisputeScale.INDIVIDUAL
    point: PointBody | None = None
    no_location_reason: NoLocation | None = None
    address: Annotated[str, Meta(max_length=200)] | None = None
    parties: Annotated[tuple[PartyBody, ...], Meta(max_length=20)] = ()
    signs: Annotated[tuple[SignBody, ...], Meta(max_length=9)] = ()
    danger_now: DangerBody | None = None
    protected: bool = False
    done: Text4000 = ""
    watch_until: date | None = None
    community_ids: Annotated[tuple[UUID, ...], Meta(max_length=8)] = ()
    wants_mediation: bool = False
    supersedes: UUID | None = None
    round_id: UUID | None = None
    settled: SettledBody | None = None
