"""Drafts of screenings as rows: one insert per table, every personal value sealed under its own key."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import orjson
from django.db import models

from disputes.bodies import PartyBody, SignBody
from disputes.codes import Urgency
from disputes.deadlines import danger_due
from disputes.models import DangerSign, Screening, ScreeningParty, Settlement
from disputes.services.drafting import Draft
from disputes.wording import label_words
from edge import sqlfile
from edge.conf import setting
from edge.driver import raw_cursor
from edge.encryption import Subject, blind
from kernel import clock, text
from kernel.actor import Actor
from kernel.ids import uuid7, uuid7s
from privacy.services import subject_keys_create

Row = dict[str, Any]


def store(*, actor: Actor, drafts: Sequence[Draft]) -> None:
    """Insert the drafts with their parties and signs, in the caller's transaction, with `rev` 1."""
    _give_keys(drafts)
    within = setting("DANGER_OPEN_MIN")
    author = {"author": actor.user_id, "role": str(actor.role), "device": actor.device_id}
    _insert("insert_screenings", [_screening(draft, within) for draft in drafts], author)
    ids = map(str, uuid7s(sum(len(draft.body.parties) for draft in drafts)))
    _insert("insert_parties", [row for draft in drafts for row in _parties(draft, ids)])
    settled = [_settled(draft) for draft in drafts if draft.body.settled]
    _insert("insert_settlements", settled, author | {"at": clock.now()})
    _insert("insert_signs", [row for draft in drafts for row in _signs(draft)])


def _insert(statement: str, rows: list[Row], more: Row | None = None) -> None:
    """`rows` as one JSON text without what is empty; `more` are parameters that all rows share."""
    if not rows:
        return
    full = [{key: value for key, value in row.items() if value or type(value) is int} for row in rows]
    parameters = {"rows": orjson.dumps(full).decode(), **(more or {})}
    raw_cursor().execute(sqlfile.load("disputes", statement), parameters)


def _give_keys(drafts: Sequence[Draft]) -> None:
    """One key per person, and one per matter whose own texts are sealed; all made in one statement."""
    wanting = [(draft, -1) for draft in drafts if _has_sealed_text(draft)]
    for draft in drafts:
        draft.party_keys = [None] * len(draft.body.parties)
        wanting += [(draft, n) for n, party in enumerate(draft.body.parties) if _identified(party)]
    for (draft, n), key_id in zip(wanting, subject_keys_create(len(wanting)) if wanting else [], strict=True):
        if n < 0:
            draft.key_id = key_id
        else:
            draft.party_keys[n] = key_id


def _identified(party: PartyBody) -> bool:
    return bool(party.name or party.phone or party.id_number)


def _has_sealed_text(draft: Draft) -> bool:
    body = draft.body
    return bool(body.signs or body.address or body.settled or (draft.verdict and draft.verdict.restricted))


def _screening(draft: Draft, within: int) -> Row:
    return _which_and_when(draft) | _where(draft) | _what(draft) | _meaning(draft, within)


def _which_and_when(draft: Draft) -> Row:
    item = draft.item
    return {
        "id": item.target,
        "device_at": item.device_at,
        "received_at": item.received_at,
        "offset_ms": item.offset_ms,
        "seq": item.seq,
        "occurred_at": draft.body.occurred_at,
        "supersedes_id": draft.body.supersedes,
        "round_id": draft.body.round_id,
        "version_of_id": draft.version_of,
        "key_id": draft.key_id,
    }


def _where(draft: Draft) -> Row:
    body, point, place = draft.body, draft.body.point, draft.place
    communities = (
        {*body.community_ids, place.community_id}
        if body.community_ids and place.grid_id
        else body.community_ids
    )
    return {
        "grid_id": place.grid_id,
        "release_id": place.release_id,
        "community_id": place.community_id,
        "street_id": place.street_id,
        "wgs_lon_e7": draft.lon_e7,
        "wgs_lat_e7": draft.lat_e7,
        "lon_e7": point.lon_e7 if point else None,
        "lat_e7": point.lat_e7 if point else None,
        "crs": point.crs if point else "",
        "accuracy_cm": point.accuracy_cm if point else None,
        "fix_at": point.fix_at if point else None,
        "provider": (point.provider if point else None) or "",
        "no_location": body.no_location_reason or "",
        "communities": sorted(map(str, communities)),
        "address": _seal(Screening, "address", draft.item.target, body.address, _subject(draft.key_id)),
    }


def _what(draft: Draft) -> Row:
    """Free text: numbers of people masked; sealed as a whole where few may know of the matter."""
    body, restricted = draft.body, bool(draft.verdict and draft.verdict.restricted)
    brief, masked = text.mask_numbers(text.clean(body.brief) or "")
    done, masked_too = text.mask_numbers(text.clean(body.done) or "")
    whole = f"{brief}\n\n{done}" if done else brief
    return {
        "category": body.category,
        "source": body.source,
        "scale": body.scale,
        "brief": "" if restricted else brief,
        "done": "" if restricted else done,
        "brief_sealed": _seal(Screening, "brief_sealed", draft.item.target, whole, _subject(draft.key_id))
        if restricted
        else None,
        "brief_masked": masked or masked_too,
        "outcome": body.outcome,
        "watch_until": body.watch_until,
        "wants_mediation": body.wants_mediation,
        "danger_now": body.danger_now is not None,
        "called": (body.danger_now and body.danger_now.called) or "",
        "called_at": body.danger_now.called_at if body.danger_now else None,
    }


def _meaning(draft: Draft, within: int) -> Row:
    verdict = draft.verdict
    if verdict is None:
        raise AssertionError("only judged drafts are stored")
    at_once = verdict.urgency == Urgency.AT_ONCE
    return {
        "level": verdict.level,
        "level_reasons": verdict.reasons,
        "restricted": bool(verdict.restricted),
        "restrict_reasons": verdict.restricted,
        "protected": bool(verdict.protected),
        "protect_reasons": verdict.protected,
        "urgency": verdict.urgency,
        "sign_codes": sorted(sign.code for sign in draft.body.signs),
        "party_roles": [party.role for party in draft.body.parties],
        "danger_due_at": danger_due(draft.item.received_at, within) if at_once else None,
        "colour": verdict.colour or "",
        "colour_signs": verdict.colour_signs,
    }


def _parties(draft: Draft, ids: Iterator[str]) -> list[Row]:
    pairs = zip(draft.body.parties, draft.party_keys, strict=True)
    return [_party(draft, n, party, key_id, next(ids)) for n, (party, key_id) in enumerate(pairs)]


def _party(draft: Draft, n: int, party: PartyBody, key_id: UUID | None, pk: str) -> Row:
    name, phone, number = party.name, party.phone, party.id_number
    who = _subject(key_id)
    return {
        "id": pk,
        "screening_id": draft.item.target,
        "position": n,
        "role": party.role,
        "described": text.mask_numbers(text.clean(party.described or "") or "")[0],
        "hearsay": party.hearsay,
        "minor": party.minor,
        "birth_band": party.birth_band or "",
        "key_id": key_id,
        "name": _seal(ScreeningParty, "name", pk, name, who),
        "phone": _seal(ScreeningParty, "phone", pk, phone, who),
        "id_number": _seal(ScreeningParty, "id_number", pk, number, who),
        # Initials are shared by too many to find anybody again.
        "name_index": _index("party.name", text.fold(name)) if name and not party.minor else None,
        "phone_index": _index("party.phone", text.digits(phone)) if phone else None,
        "id_index": _index("party.id_number", text.digits(number)) if number else None,
    }


def _settled(draft: Draft) -> Row:
    pk, said, matter = uuid7(), draft.body.settled, _subject(draft.key_id)
    return {
        "id": pk,
        "screening_id": draft.item.target,
        "key_id": draft.key_id,
        "terms": _seal(Settlement, "terms", pk, said.terms if said else None, matter),
        "by_whom": _seal(Settlement, "by_whom", pk, said.by_whom if said else None, matter),
        "agreed_on": draft.day,
        "device_at": draft.item.device_at,
    }


def _signs(draft: Draft) -> list[Row]:
    return [_sign(draft, sign) for sign in draft.body.signs]


def _sign(draft: Draft, sign: SignBody) -> Row:
    pk = uuid7()
    words = label_words(f"{sign.what} {sign.by_whom or ''}")
    matter = _subject(draft.key_id)
    return {
        "id": pk,
        "screening_id": draft.item.target,
        "code": sign.code,
        "what": _seal(DangerSign, "what", pk, sign.what, matter),
        "by_whom": _seal(DangerSign, "by_whom", pk, sign.by_whom, matter),
        "when": sign.when,
        "ask_act": bool(words) and sign.is_act is not True,
    }


def _subject(key_id: UUID | None) -> Subject | None:
    return Subject(key_id) if key_id else None


def _seal(
    model: type[models.Model], field: str, pk: object, value: str | None, subject: Subject | None
) -> str | None:
    """The envelope in the form in which PostgreSQL reads bytes from text."""
    clear = text.clean(value) if value and subject else None
    return "\\x" + subject.seal(model, field, pk, clear).hex() if clear and subject else None


def _index(purpose: str, value: str) -> str | None:
    """The blind index of a value in the form in which values are compared."""
    return "\\x" + blind(purpose, value).hex() if value else None
