"""What rules would have done: each tried on what really happened, before it is put in force. Nothing is
written.

Of each past event the facts are read as they were then as far as a row says so (level, protection, attempts,
refusal, the screening's own signs); who the parties are is read as it is now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from audit.models import AuditEvent
from disputes.codes import AttemptResult
from disputes.machine import LEVELS
from disputes.models import Attempt, Dispute, DisputeTransition
from escalation.facts import situation
from escalation.models import ClockEnd, Firing, LevelClock
from escalation.rulebook import RuleSpec
from escalation.vocabulary import CLOCK_EVENT, EVENTS, OncePer


@dataclass(frozen=True, slots=True)
class Happened:
    """One past event: `at` its true time, `key` what makes it one."""

    event: str
    at: datetime
    key: str
    screening_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Would:
    """One line of the table. `fired`: the rule of this code did fire on this dispute in fact."""

    rule: str
    dispute_id: UUID
    dispute: str
    event: str
    at: datetime
    level: str
    fired: bool


def try_rules(specs: Sequence[RuleSpec], disputes: Iterable[Dispute]) -> list[Would]:
    """What the rules would have fired on, oldest first within each dispute."""
    return [line for dispute in disputes for line in _of_dispute(specs, dispute)]


def _of_dispute(specs: Sequence[RuleSpec], dispute: Dispute) -> list[Would]:
    lines, seen = [], set[tuple[str, str]]()
    in_fact = set(Firing.objects.filter(dispute=dispute).values_list("rule__code", flat=True))
    for happened in history(dispute.pk):
        asked = [spec for spec in specs if happened.event in spec.on]
        facts, refused = _as_it_was(dispute, happened) if asked else ({}, False)
        for spec in asked:
            slot = (spec.code, _slot(spec, happened))
            if slot in seen or not spec.fires(happened.event, facts, refused=refused):
                continue
            seen.add(slot)
            lines.append(
                Would(spec.code, dispute.pk, dispute.code, happened.event, happened.at, facts["level"],
                      spec.code in in_fact)
            )  # fmt: skip
    return lines


def _slot(spec: RuleSpec, happened: Happened) -> str:
    return "" if spec.once_per is OncePer.DISPUTE else happened.key


def history(dispute_id: UUID) -> list[Happened]:
    """Everything that rules are asked about, of one dispute, oldest first."""
    facts = AuditEvent.objects.filter(
        subject_kind="dispute",
        subject_id=dispute_id,
        event__in=[name for name in EVENTS if name != CLOCK_EVENT],
    )
    found = [
        Happened(row.event, row.at, str(row.id), _screening(row.detail)) for row in facts.order_by("at", "id")
    ]
    ended = LevelClock.objects.filter(dispute_id=dispute_id, end=ClockEnd.RAN_OUT)
    found += [Happened(CLOCK_EVENT, row.due_at, f"level:{row.ordinal}") for row in ended]
    return sorted(found, key=lambda happened: happened.at)


def _screening(detail: Mapping[str, Any]) -> UUID | None:
    named = detail.get("screening")
    return UUID(named) if named else None


def _as_it_was(dispute: Dispute, happened: Happened) -> tuple[dict[str, Any], bool]:
    """The facts at that time, and whether mediation had been refused by then."""
    now = situation(dispute.pk, event=happened.event, screening_id=happened.screening_id)
    level = _level_before(dispute, happened)
    tries = Attempt.objects.filter(
        dispute=dispute, at__lte=happened.at, level=level, result=AttemptResult.NOT_AGREED, all_consented=True
    )
    protected_at, lifted_at = dispute.protected_at, dispute.lifted_at
    was = protected_at is not None and protected_at <= happened.at
    lifted = lifted_at is not None and lifted_at <= happened.at
    facts = {**now.facts, "level": level, "failed_attempts": tries.count(), "protected": was and not lifted}
    said_no, asked = dispute.mediation_refused_at, dispute.party_asked_at
    refused = said_no is not None and said_no <= happened.at
    return facts, refused and not (
        asked is not None and said_no is not None and said_no < asked <= happened.at
    )


def _level_before(dispute: Dispute, happened: Happened) -> str:
    """The level on which the event found the dispute: a machine's hand-up at the same instant came of it."""
    steps = DisputeTransition.objects.filter(dispute=dispute, at__lte=happened.at).order_by("at", "id")
    level = ""
    for step in steps:
        if step.at == happened.at and step.actor_id is None and step.event == "hand_up" and level:
            break
        level = step.to_level
    return level or LEVELS[0]
