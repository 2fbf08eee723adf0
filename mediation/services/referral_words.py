"""What the party of a referral lets go: which fields of the channel's paper and which parts of the file. It
says so once, changes it, and takes it back; nothing else ever goes."""

import json
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from edge.encryption import seal_value
from kernel import clock
from kernel.actor import Actor
from kernel.crypto import envelope_key_id
from kernel.law import law
from kernel.problems import Problem
from mediation.channels import Channel, consent_faults
from mediation.models import Referral, ReferralWord
from mediation.referral import MAY_GO, WITH_THE_CHANNEL, ReferralState
from mediation.services.referral_moves import (
    Said,
    details_of,
    last_word,
    locked_referral,
    referral_move,
    referral_told,
    require_reach,
)
from mediation.services.referral_stops import stop_owed

_STOPPED = {"answer_due_at": None}


@law("PM-3", "PI-13/14")
@transaction.atomic
def referral_agree(
    *, actor: Actor, referral_id: UUID, said: Said, fields: Iterable[str] | None = None,
    papers: Iterable[str] = (),
) -> Referral:  # fmt: skip
    """当事人同意转介: the party whose matter it is says yes: to the fields named (default: the paper as it
    was filled in) and to the named parts of the file. What it refuses is not kept on the paper either.
    Problems `referral_fields_missing`, `wish_required`."""
    row = locked_referral(actor, referral_id)
    require_reach(row.dispute, row.party)
    lists = _lists(row, fields, papers)
    if referral_move(actor, row, "agree", said, facts={"said_on": said.day}, agreed_on=said.day):
        _write(actor, row, said, *lists)
    return row


@law("PM-3", "PI-13/14")
@transaction.atomic
def referral_word(
    *, actor: Actor, referral_id: UUID, said: Said, fields: Iterable[str], papers: Iterable[str] = ()
) -> tuple[Referral, bool]:
    """变更或撤回同意: another word of the party: the lists as they are from now on. Two empty lists take the
    yes back, at any time after it: from then on nothing goes, and before the channel has taken the matter the
    referral ends. Of what has gone there already the channel is to be told (`ReferralStop`)."""
    row = locked_referral(actor, referral_id)
    wanted = (frozenset(fields), frozenset(papers))
    if _same(row, *wanted):
        return row, True
    if row.state == ReferralState.DRAFT or (any(wanted) and row.state not in MAY_GO):
        raise Problem("transition_not_allowed", current=row.state, event="word")
    if said.day > clock.today():
        raise Problem("date_in_future")
    if any(wanted):
        require_reach(row.dispute, row.party)
        wanted = _lists(row, *wanted)
    elif row.state in (ReferralState.AGREED, *WITH_THE_CHANNEL):
        referral_move(actor, row, "take_back", said, **_STOPPED)
    stop_owed(actor, row, _write(actor, row, said, *wanted))
    return row, False


def _same(row: Referral, fields: frozenset[str], papers: frozenset[str]) -> bool:
    last = last_word(row)
    return last is not None and (frozenset(last.fields), frozenset(last.papers)) == (fields, papers)


def _lists(
    row: Referral, fields: Iterable[str] | None, papers: Iterable[str]
) -> tuple[frozenset[str], frozenset[str]]:
    details = details_of(row)
    wanted = frozenset(details if fields is None else fields), frozenset(papers)
    if faults := consent_faults(Channel(row.channel), details, *wanted):
        raise Problem("referral_fields_missing", fields=faults)
    return wanted


def _write(
    actor: Actor, row: Referral, said: Said, fields: frozenset[str], papers: frozenset[str]
) -> ReferralWord:  # fmt: skip
    """The word, and the paper cut down to it."""
    word = ReferralWord.objects.create(
        referral=row, fields=sorted(fields), papers=sorted(papers), said_on=said.day,
        recorded_by_id=actor.person, recorded_at=clock.now(),
    )  # fmt: skip
    if row.details is not None:
        kept = {code: text for code, text in details_of(row).items() if code in fields}
        text, key_id = json.dumps(kept, ensure_ascii=False), envelope_key_id(bytes(row.details))
        row.details = seal_value(Referral, "details", row.pk, text, key_id)
        row.save(update_fields=["details"])
    told = {"given": sorted(fields), "papers": sorted(papers)}
    referral_told(actor, row, "word", told, ["details", "words"])
    return word
