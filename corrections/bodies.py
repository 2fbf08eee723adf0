"""What a phone sends as a `visit`: closed types, strict limits. No photo, no other person, no track."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from corrections.codes import AttemptWay, NoPoint, VisitOutcome
from kernel.codes.law import ContactForm, CoordinateSystem

Instant = Annotated[datetime, Meta(tz=True)]


class FixBody(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One fix: whole units of 1e-7 degree in the declared system, accuracy (68 % radius) in centimetres."""

    lon_e7: Annotated[int, Meta(ge=730_000_000, le=1_360_000_000)]
    lat_e7: Annotated[int, Meta(ge=30_000_000, le=540_000_000)]
    crs: CoordinateSystem
    accuracy_cm: Annotated[int, Meta(ge=-100, le=1_000_000_000)] | None = None
    fix_at: Instant | None = None
    provider: Annotated[str, Meta(max_length=20)] | None = None


class VisitBody(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """`data` of a pushed `visit`.

    `due` is the `visit_due` it answers; a visit that nobody planned names the `person` (as given in a
    `visit_due`) and its `form`. `repeats` are further fixes of the same moment. An attempt that reached
    nobody is `not_reached` with its `way`. `witness` is who met the person, where that is not the author: an
    officer enters what a named worker wrote on paper; a phone's visit was made by its author.
    """

    outcome: VisitOutcome
    due: UUID | None = None
    person: UUID | None = None
    form: ContactForm | None = None
    way: AttemptWay | None = None
    point: FixBody | None = None
    repeats: Annotated[tuple[FixBody, ...], Meta(max_length=4)] = ()
    no_location_reason: NoPoint | None = None
    note: Annotated[str, Meta(max_length=2000)] = ""
    witness: UUID | None = None
