from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from disputes.codes import SIDES, WishKind
from disputes.models import Dispute, DisputeParty
from disputes.selectors import unwished
from disputes.services import dispute_danger_opened
from edge.conf import setting
from edge.encryption import Sealed, reveal, seal_value
from kernel import calendar, clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from mediation import deadlines, dispute_side
from mediation.codes import Initiation
from mediation.machine import LEAST_PARTIES
from mediation.models import Case, CaseParty, IntakeItem
from mediation.selectors import is_barred
from mediation.services.consents import BEFORE_AN_END
from mediation.services.intake import read_columns
from mediation.services.moves import Step, locked_item, move_case, move_item
from mediation.services.numbering import committee_for
from mediation.services.words import stated_day

PARTY_ASKS = "party_asks"


@law("PM-17", "PM-T6")
@transaction.atomic
def mediation_offer(
    *,
    actor: Actor,
    item_id: UUID,
    party_ids: Sequence[UUID] | None = None,
    committee_id: UUID | None = None,
    received_on: date | None = None,
    initiation: str | None = None,
    wish: str = "",
    reason: str = "",
) -> Case:
    """A person chose to offer mediation: a case in `asking`, with the consents still to be asked.

    `received_on`: the date of the receipt, from which PM-T6 counts (default: the day the item was opened).
    `initiation`: how it came here; else an application when a party has asked for it, otherwise proactive.
    On the protected track `wish` says what the person at risk said, alone, and `reason` is the director's.
    """
    item = locked_item(actor, item_id)
    if item.state == "offered":
        return Case.objects.get(intake=item)
    dispute = Dispute.objects.get(pk=item.dispute_id)
    protected = item.protected or dispute.protected
    facts = {"protected": protected, "wish": _wish(dispute, wish, reason), "barred": is_barred(dispute)}
    columns = read_columns(item, actor)
    dispute_danger_opened(actor=actor, dispute_id=dispute.pk)
    move_item(actor, item, "offer", Step(facts, reason), decided_at=clock.now(), **columns)
    if Case.objects.filter(dispute=dispute, state__in=BEFORE_AN_END).exists():
        raise Problem("intake_open_already")
    case = _case(item, dispute, committee_id, received_on, protected)
    case.initiation = initiation or _initiation(dispute, item)
    if wish:
        case.wish = _sealed_wish(case, dispute, wish)
    case.save(force_insert=True)
    _parties(case, party_ids)
    move_case(actor, case, "offer", Step({}, reason))
    dispute_side.to_mediation(actor, dispute.pk)
    return case


@law("DV-23")
def _wish(dispute: Dispute, wish: str, reason: str) -> bool:
    """What was said, with the director's reason; nothing typed here stands against a recorded no."""
    return bool(wish and reason) and not unwished(dispute, WishKind.JOINT)


def _case(
    item: IntakeItem, dispute: Dispute, committee_id: UUID | None, received_on: date | None, protected: bool
) -> Case:
    day = stated_day(received_on, clock.local_day(item.opened_at))
    days = setting("ACCEPTANCE_WORKING_DAYS")
    acceptance = deadlines.acceptance_due(day, working_days=days, calendar=calendar.current())
    labour = deadlines.labour_notice(dispute.category, day)
    return Case(
        dispute=dispute,
        intake=item,
        street_id=item.street_id,
        committee=committee_for(item.street_id, committee_id),
        category=dispute.category,
        protected=protected,
        received_on=day,
        asked_at=clock.now(),
        acceptance_last_day=acceptance.last_day,
        acceptance_due_at=acceptance.due_at,
        provisional=acceptance.provisional,
        labour_last_day=labour.last_day if labour else None,
        labour_due_at=labour.due_at if labour else None,
    )


def _initiation(dispute: Dispute, item: IntakeItem) -> Initiation:
    asked = any(reason["rule"] == PARTY_ASKS for reason in item.reasons)
    return Initiation.APPLICATION if asked or dispute.party_asked_at else Initiation.PROACTIVE


def _parties(case: Case, party_ids: Sequence[UUID] | None) -> None:
    rows = DisputeParty.objects.filter(dispute_id=case.dispute_id, role__in=SIDES).select_related("source")
    chosen = [row for row in rows if party_ids is None or row.pk in set(party_ids)]
    if party_ids is not None and len(chosen) != len(set(party_ids)):
        raise Problem("party_not_of_case")
    if len(chosen) < LEAST_PARTIES:
        raise Problem("too_few_parties")
    CaseParty.objects.bulk_create(_party(case, row) for row in chosen)


def _party(case: Case, row: DisputeParty) -> CaseParty:
    """The name is sealed anew, under the same person's key, for this place."""
    party = CaseParty(case=case, dispute_party=row, role=row.role)
    name = reveal(row.source, "name")
    if name is not None and row.key_id is not None:
        party.name = seal_value(CaseParty, "name", party.pk, name, row.key_id)
    return party


def _sealed_wish(case: Case, dispute: Dispute, wish: str) -> Sealed:
    at_risk = DisputeParty.objects.filter(dispute=dispute, key_id__isnull=False).order_by("-role").first()
    if at_risk is None or at_risk.key_id is None:
        raise Problem("protected_offer_refused")
    return seal_value(Case, "wish", case.pk, wish, at_risk.key_id)
