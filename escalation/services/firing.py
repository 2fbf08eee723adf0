from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit import services as audit
from edge.locks import advisory
from escalation.actions import Deed, act
from escalation.conditions import explain
from escalation.facts import Situation, run_of, situation
from escalation.models import Firing, LevelClock, RuleVersion
from escalation.rulebook import RuleSpec
from escalation.services.rules import active_rules
from escalation.vocabulary import FACTS, OncePer
from kernel import clock
from kernel.actor import SYSTEM
from kernel.ids import uuid7

LOCK = "escalation"


@transaction.atomic
def event_evaluate(
    *,
    dispute_id: UUID,
    event: str,
    event_id: UUID,
    screening_id: UUID | None = None,
    due_at: datetime | None = None,
    level_clock: LevelClock | None = None,
) -> list[Firing]:
    """Every rule in force against one event of a dispute; what fires acts at once, in this transaction.

    An action may move the dispute: facts are read anew after each firing. The same slot never fires twice.
    """
    advisory(LOCK, [dispute_id])
    fired: list[Firing] = []
    asked = [(version, spec) for version, spec in active_rules() if event in spec.on]
    now = situation(dispute_id, event=event, screening_id=screening_id) if asked else None
    for version, spec in asked:
        if now is None or not spec.fires(event, now.facts, refused=now.refused):
            continue
        slot = _slot(spec, now, event_id, level_clock)
        if _has_fired(version, dispute_id, slot):
            continue
        deed = Deed(uuid7(), version, spec, now, screening_id)
        fired.append(_fire(deed, slot, event, event_id, due_at or clock.now()))
        now = situation(dispute_id, event=event, screening_id=screening_id)
    return fired


def _slot(spec: RuleSpec, now: Situation, event_id: UUID, level_clock: LevelClock | None) -> str:
    """What "once" means for the rule. A dispute that was reopened is a new run of it."""
    if spec.once_per is OncePer.EVENT:
        return f"event:{event_id}"
    if spec.once_per is OncePer.LEVEL and level_clock is not None:
        return f"level:{level_clock.ordinal}"
    return f"dispute:{run_of(now.dispute)}"


def _has_fired(version: RuleVersion, dispute_id: UUID, slot: str) -> bool:
    return Firing.objects.filter(rule_id=version.rule_id, dispute_id=dispute_id, slot=slot).exists()


def _fire(deed: Deed, slot: str, event: str, event_id: UUID, due_at: datetime) -> Firing:
    facts = dict(deed.situation.facts)
    findings: list[dict[str, Any]] = [asdict(found) for found in explain(deed.spec.when, facts, FACTS)]
    done = [act(deed, action) for action in deed.spec.do]
    firing = Firing.objects.create(
        id=deed.firing_id,
        version=deed.version,
        rule_id=deed.version.rule_id,
        dispute=deed.situation.dispute,
        slot=slot,
        event=event,
        event_id=event_id,
        due_at=due_at,
        fired_at=clock.now(),
        facts=facts,
        findings=findings,
        actions=done,
    )
    audit.record(
        actor=SYSTEM,
        event="escalation.fired",
        subject_kind="dispute",
        subject_id=deed.situation.dispute.pk,
        detail={
            "rule": deed.spec.code,
            "version": deed.version.number,
            "firing": str(firing.pk),
            "slot": slot,
        },
    )
    return firing
