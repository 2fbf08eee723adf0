"""What the types of a screening cannot say: which answers go together. Pure; errors by field path."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from disputes.bodies import PartyBody, ScreeningBody
from disputes.codes import Outcome
from disputes.screening import PROTECTING, RESTRICTING, review_allowed
from kernel import clock, text

_INITIALS = re.compile(r"[A-Za-z]([. ]?[A-Za-z]){0,4}\.?|[\u4e00-\u9fff]某{1,2}")
_ID_NUMBER = re.compile(r"\d{17}[\dX]")
_PHONE = re.compile(r"[0-9]{5,20}")
_ADULT_YEARS = 18
_CLOCK_SLACK = timedelta(minutes=5)
_EARLIEST_YEAR = 1900
Error = tuple[str, str]


class Moments(msgspec.Struct, frozen=True):
    """When the record was made (device, corrected) and when it arrived; both aware."""

    device_at: datetime
    received_at: datetime


def errors_of(body: ScreeningBody, at: Moments, *, watch_days: int) -> dict[str, str]:
    """Field path → code of what is wrong; empty when the record can be taken."""
    found = [
        *_texts(body),
        *_place(body),
        *_times(body, at),
        *_watching(body, at, watch_days),
        *_signs(body, at),
        *_settled(body),
    ]
    for n, party in enumerate(body.parties):
        found += [(f"parties[{n}].{field}", code) for field, code in _party(party, at)]
    return dict(found)


def _texts(body: ScreeningBody) -> Iterator[Error]:
    named = [("brief", body.brief), ("done", body.done), ("address", body.address or "")]
    for n, sign in enumerate(body.signs):
        named += [(f"signs[{n}].what", sign.what), (f"signs[{n}].by_whom", sign.by_whom or "")]
    for n, party in enumerate(body.parties):
        named += [
            (f"parties[{n}].name", party.name or ""),
            (f"parties[{n}].described", party.described or ""),
        ]
    if body.settled:
        named += [("settled.terms", body.settled.terms), ("settled.by_whom", body.settled.by_whom)]
    if body.point and body.point.provider:
        named.append(("point.provider", body.point.provider))
    for field, value in named:
        if value and text.clean(value) is None:
            yield field, "control_character"
    if not body.brief.strip():
        yield "brief", "required"


def _place(body: ScreeningBody) -> Iterator[Error]:
    if body.point is None and body.no_location_reason is None:
        yield "point", "point_or_reason_required"
    if body.point is not None and body.no_location_reason is not None:
        yield "no_location_reason", "point_given"


def _times(body: ScreeningBody, at: Moments) -> Iterator[Error]:
    if body.occurred_at.year < _EARLIEST_YEAR:
        yield "occurred_at", "too_early"
    if body.occurred_at > at.received_at + _CLOCK_SLACK:
        yield "occurred_at", "in_future"
    called_at = body.danger_now.called_at if body.danger_now else None
    if called_at and called_at > at.received_at + _CLOCK_SLACK:
        yield "danger_now.called_at", "in_future"


def _watching(body: ScreeningBody, at: Moments, most_days: int) -> Iterator[Error]:
    """`watching` ends by itself: it always has a review date; nothing else has one."""
    if body.outcome != Outcome.WATCHING:
        if body.watch_until is not None:
            yield "watch_until", "only_for_watching"
    elif body.watch_until is None:
        yield "watch_until", "required"
    elif not review_allowed(body.watch_until, clock.local_day(at.device_at), most_days=most_days):
        yield "watch_until", "review_too_far"


def _settled(body: ScreeningBody) -> Iterator[Error]:
    if body.settled is not None and body.outcome != Outcome.SETTLED_ON_SPOT:
        yield "settled", "only_for_settled"
    if body.settled is not None and not (body.settled.terms.strip() and body.settled.by_whom.strip()):
        yield "settled.terms", "required"


def _signs(body: ScreeningBody, at: Moments) -> Iterator[Error]:
    seen: set[str] = set()
    for n, sign in enumerate(body.signs):
        if sign.code in seen:
            yield f"signs[{n}].code", "sign_twice"
        seen.add(sign.code)
        if not sign.what.strip():
            yield f"signs[{n}].what", "act_required"
        if sign.when is not None and sign.when > at.received_at + _CLOCK_SLACK:
            yield f"signs[{n}].when", "in_future"


def _party(party: PartyBody, at: Moments) -> Iterator[Error]:
    numbers = [field for field in ("phone", "id_number") if getattr(party, field)]
    if party.hearsay:
        yield from (
            (field, "hearsay_has_role_only") for field in ("name", "described") if getattr(party, field)
        )
        yield from ((field, "hearsay_has_role_only") for field in numbers)
        return
    if not (party.name or party.described):
        yield "name", "name_or_description_required"
    if party.minor:
        yield from ((field, "not_for_minors") for field in numbers)
        if party.name and not _INITIALS.fullmatch(party.name):
            yield "name", "minor_initials_only"
    elif party.birth_band:
        yield "birth_band", "only_for_minors"
    yield from _numbers(party, at)


def _numbers(party: PartyBody, at: Moments) -> Iterator[Error]:
    if party.phone and not _PHONE.fullmatch(text.digits(party.phone)):
        yield "phone", "not_a_phone_number"
    if not party.id_number:
        return
    number = text.digits(party.id_number)
    if not _ID_NUMBER.fullmatch(number):
        yield "id_number", "not_an_id_number"
    elif not party.minor and _minor_by_number(number, at):
        yield "minor", "id_number_says_minor"


def _minor_by_number(number: str, at: Moments) -> bool:
    born, today = int(number[6:14]), clock.local_day(at.device_at)
    return today.year * 10000 + today.month * 100 + today.day - born < _ADULT_YEARS * 10000


HIDING = frozenset(str(code) for code in (*PROTECTING, *RESTRICTING))


def is_hidden(body: ScreeningBody) -> bool:
    """Whether a record names what grid and community may not know of."""
    codes = {str(sign.code) for sign in body.signs}
    return body.protected or bool(codes & HIDING) or any(party.minor for party in body.parties)
