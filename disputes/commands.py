"""What phones may ask of a dispute: each verb calls the service that staff call."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta

from accounts.models import Organisation, OrganisationKind
from disputes.access import disputes_visible_to
from disputes.bodies import PartyBody, ScreeningBody, SignBody
from disputes.codes import NoLocation
from disputes.codes import Outcome as OnTheSpot
from disputes.models import Dispute, DisputeChange, DisputeMove, DisputeTransition
from disputes.services.briefs import brief_set, wording_of
from disputes.services.drafting import reach_of
from disputes.services.moving import dispute_step
from disputes.services.opening import standing
from disputes.services.rounds import round_visit
from disputes.services.settling import dispute_settle, note_add
from disputes.services.submitting import screenings_submit
from kernel import clock
from kernel.actor import Actor
from kernel.codes.law import HandlingLevel
from kernel.codes.roles import Role
from kernel.problems import Problem
from sync.items import Outcome, PushItem, accepted, conflict, not_applicable, quarantined, rejected
from sync.registry import Command, add_command

ON_PHONES = frozenset({Role.GRID_WORKER, Role.COMMUNITY_COORDINATOR})
OUT_OF_PLACE = frozenset(
    {
        "transition_not_allowed", "level_not_above", "level_not_below", "level_not_yours",
        "mediation_refused", "dispute_merged", "hand_up_not_asked",
    }
)  # fmt: skip
TAKING_IN_HAND = frozenset({"accept", "triage", "handle"})
PARTY_ADDED, SIGN_REPORTED = "补充当事人", "补充危险情况"


class SetBrief(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    brief: Annotated[str, Meta(min_length=1, max_length=4000)]


class AddParty(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    party: PartyBody


class ReportSign(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    sign: SignBody


class TakeStep(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One step of the state table, as far as the field takes them."""

    event: Annotated[str, Meta(min_length=1, max_length=20)]
    reason: Annotated[str, Meta(max_length=400)] = ""
    to_level: HandlingLevel | None = None


class Settle(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Settled on the spot: what was agreed, by whom, and on which day (default: that of the device)."""

    terms: Annotated[str, Meta(min_length=1, max_length=1000)]
    by_whom: Annotated[str, Meta(min_length=1, max_length=200)]
    agreed_on: date | None = None


class AddNote(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    words: Annotated[str, Meta(min_length=1, max_length=2000)]


class AskHandUp(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The worker asks; who answers for the level above hands it up or says why it stays."""

    reason: Annotated[str, Meta(min_length=1, max_length=400)]
    to_level: HandlingLevel = HandlingLevel.COMMUNITY


class RoundVisited(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The worker has gone through the grid (the target) in a round (what the task is about)."""

    round_id: UUID
    visited_on: date | None = None


def connect() -> None:
    """Enter the commands (once, when the app is ready)."""
    workers = frozenset({Role.GRID_WORKER})
    add_command(Command("grid", "round_visited", RoundVisited, workers, _round_visited))
    verbs: dict[str, tuple[type[msgspec.Struct], Callable[..., Outcome]]] = {
        "set_brief": (SetBrief, _set_brief),
        "add_party": (AddParty, _add_party),
        "report_sign": (ReportSign, _report_sign),
        "take_step": (TakeStep, _take_step),
        "settle": (Settle, _settle),
        "add_note": (AddNote, _add_note),
        "ask_hand_up": (AskHandUp, _ask_hand_up),
    }
    for verb, (schema, run) in verbs.items():
        more: dict[str, Any] = {"resolve": _brief_chosen, "sides": _sides} if verb == "set_brief" else {}
        add_command(Command("dispute", verb, schema, ON_PHONES, _on_known(run), **more))


Run = Callable[[Actor, PushItem, Dispute], Outcome]


def _on_known(run: Run) -> Callable[..., Outcome]:
    """The command on its dispute, as far as that existed for the author when the command was given. What was
    said of one that was merged meanwhile is done to the one that it lives on in."""

    def known(*, actor: Actor, item: PushItem) -> Outcome:
        dispute = Dispute.objects.filter(id=item.target).first()
        if dispute is None:
            return rejected("target_unknown")
        return _refusal(actor, item, dispute) or run(actor, item, standing(dispute)[0])

    return known


def _refusal(actor: Actor, item: PushItem, dispute: Dispute) -> Outcome | None:
    """Who sees the dispute may; who was in charge of the grid in which it lay when the command was given may
    as well, also when it was put elsewhere since; who lost that grid before, or gave the command after, is
    answered by a person of its community. For all others it does not exist."""
    known = [dispute.id, dispute.merged_into_id or dispute.id]
    if item.decided or disputes_visible_to(actor).filter(id__in=known).exists():
        return None
    if dispute.restricted or dispute.protected or dispute.grid_id is None:
        return rejected("target_unknown")
    moves = list(DisputeMove.objects.filter(dispute=dispute).order_by("at", "id"))
    lain = {dispute.grid_id, *(move.from_grid_id for move in moves)}
    then = next((move.from_grid_id for move in moves if move.at > item.device_at), dispute.grid_id)
    holdings = [one for one in reach_of(actor).holdings if one.grid_id in lain]
    if any(one.grid_id == then and one.on(clock.local_day(item.device_at)) for one in holdings):
        return None
    if not holdings:
        return rejected("target_unknown")
    office = Organisation.objects.filter(area_id=dispute.community_id, kind=OrganisationKind.COMMUNITY)
    return quarantined("out_of_scope", queue=office.values_list("id", flat=True).first())


def _set_brief(actor: Actor, item: PushItem, dispute: Dispute) -> Outcome:
    seen = item.base_rev if dispute.id == item.target else 0
    found = brief_set(actor=actor, dispute_id=dispute.id, brief=item.body.brief, base_rev=seen)
    office = Organisation.objects.filter(area_id=dispute.community_id, kind=OrganisationKind.COMMUNITY)
    queue = office.values_list("id", flat=True).first() if found.clashes else None
    return conflict("changed_meanwhile", found.clashes, queue) if found.clashes else accepted()


def _brief_chosen(*, actor: Actor, item: PushItem) -> Outcome:
    """A person has chosen these words, whatever stands."""
    dispute, _ = standing(Dispute.objects.get(id=item.target))
    brief_set(actor=actor, dispute_id=dispute.id, brief=item.body.brief)
    return accepted()


def _sides(*, actor: Actor, item: PushItem) -> dict[str, Any]:
    """The words that stand, whose they are and since when."""
    dispute, _ = standing(Dispute.objects.get(id=item.target))
    last = DisputeChange.objects.filter(dispute=dispute, field="brief").order_by("-rev").first()
    if last is None:
        return {}
    return {"brief": {"value": wording_of(last), "by": last.actor_id, "at": last.at, "rev": last.rev}}


def _add_party(actor: Actor, item: PushItem, dispute: Dispute) -> Outcome:
    return _supplement(actor, item, dispute, PARTY_ADDED, parties=(item.body.party,))


def _report_sign(actor: Actor, item: PushItem, dispute: Dispute) -> Outcome:
    return _supplement(actor, item, dispute, SIGN_REPORTED, signs=(item.body.sign,))


def _supplement(actor: Actor, item: PushItem, dispute: Dispute, brief: str, **more: Any) -> Outcome:
    """What a worker adds is a screening of its own in that dispute, judged as every other: a sign or a
    minor may take the dispute off phones in the same transaction."""
    signs = more.get("signs", ())
    seen = signs[0].when if signs and signs[0].when else item.device_at
    body = ScreeningBody(
        category=dispute.category, scale=dispute.scale, brief=brief, occurred_at=min(seen, item.device_at),
        outcome=OnTheSpot.REPORT_UP, no_location_reason=NoLocation.NO_PLACE, **more,
    )  # fmt: skip
    own = msgspec.structs.replace(item, kind="screening", op="create", target=item.id, body=body)
    (outcome,) = screenings_submit(actor=actor, items=[own], into={item.id: item.target})
    return outcome


def _take_step(actor: Actor, item: PushItem, dispute: Dispute) -> Outcome:
    step: TakeStep = item.body
    if step.event in ("hand_up", "hand_back") and step.to_level is None:
        return rejected("invalid", field_errors={"args.to_level": "required"})
    if _done_already(dispute, step):
        return accepted()
    facts = {"to_level": step.to_level} if step.to_level else {}
    return _in_place(
        actor, dispute, dispute_step, event=step.event, reason=step.reason, device_at=item.device_at,
        facts=facts,
    )  # fmt: skip


def _settle(actor: Actor, item: PushItem, dispute: Dispute) -> Outcome:
    said: Settle = item.body
    return _in_place(
        actor, dispute, dispute_settle, terms=said.terms, by_whom=said.by_whom,
        agreed_on=said.agreed_on or clock.local_day(item.device_at), device_at=item.device_at,
    )  # fmt: skip


def _add_note(actor: Actor, item: PushItem, dispute: Dispute) -> Outcome:
    """Said of one that was merged meanwhile it stays there, and is parted with it."""
    said = Dispute.objects.get(id=item.target)
    return _in_place(
        actor, said, note_add, id=item.id, words=item.body.words, device_at=item.device_at, absorbed=True
    )


def _round_visited(*, actor: Actor, item: PushItem) -> Outcome:
    said: RoundVisited = item.body
    day = said.visited_on or clock.local_day(item.device_at)
    try:
        round_visit(
            actor=actor, round_id=said.round_id, grid_id=item.target, visited_on=day,
            device_at=item.device_at,
        )  # fmt: skip
    except Problem as problem:
        if problem.code == "not_found":
            return rejected("target_unknown")
        raise
    return accepted()


def _ask_hand_up(actor: Actor, item: PushItem, dispute: Dispute) -> Outcome:
    asked: AskHandUp = item.body
    return _in_place(
        actor, dispute, dispute_step, event="ask_hand_up", reason=asked.reason, device_at=item.device_at,
        facts={"to_level": asked.to_level},
    )  # fmt: skip


def _in_place(actor: Actor, dispute: Dispute, service: Callable[..., Any], **said: Any) -> Outcome:
    """The service, or `not_applicable` with how the dispute stands where others were there meanwhile."""
    try:
        service(actor=actor, dispute_id=dispute.id, **said)
    except Problem as problem:
        if problem.code in OUT_OF_PLACE:
            return not_applicable(problem.code, _current(actor, dispute))
        raise
    return accepted()


def _done_already(dispute: Dispute, step: TakeStep) -> bool:
    """Whether the dispute is where the step leads: at that level, or taken in hand since it was last
    opened."""
    if step.event in ("hand_up", "hand_back"):
        return dispute.level == step.to_level
    if step.event not in TAKING_IN_HAND:
        return False
    steps = DisputeTransition.objects.filter(dispute=dispute, event__in=(step.event, "reopen"))
    last = steps.order_by("-at", "-id").first()
    return last is not None and last.event == step.event


def _current(actor: Actor, dispute: Dispute) -> dict[str, Any] | None:
    row = disputes_visible_to(actor).filter(id=dispute.id).values("state", "level", "rev").first()
    return dict(row) if row else None
