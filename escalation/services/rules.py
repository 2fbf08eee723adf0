from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.db.models import Max

from audit import services as audit
from escalation.models import Rule, RuleVersion
from escalation.rulebook import RuleError, RuleSpec, read_rule
from kernel import clock
from kernel.actor import Actor
from kernel.canonical import canonical, digest
from kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Change:
    """What loading did to a rule: `new`, `changed`, `same` or `retired`."""

    code: str
    what: str
    number: int


@transaction.atomic
def rules_load(*, actor: Actor, bodies: Sequence[Any], dry_run: bool = False) -> list[Change]:
    """Bring the rules in force to what `bodies` say: all of them, or none.

    A rule whose words differ gets a new version; one that is no longer named is retired, its versions and
    firings stay. Loading the same again changes nothing. Problem `rule_invalid` names every fault of every
    rule.
    """
    specs = _read_all(bodies)
    changes = [_load(actor, spec.code, body, dry_run) for spec, body in zip(specs, bodies, strict=True)]
    gone = Rule.objects.exclude(code__in=[spec.code for spec in specs]).filter(active_version__isnull=False)
    changes += [_retire(rule, dry_run) for rule in gone]
    if not dry_run:
        _recorded(actor, [change for change in changes if change.what != "same"])
    return changes


def _read_all(bodies: Sequence[Any]) -> list[RuleSpec]:
    specs: list[RuleSpec] = []
    faults: dict[str, list[str]] = {}
    for index, body in enumerate(bodies):
        try:
            specs.append(read_rule(body))
        except RuleError as error:
            name = str(body.get("code", index)) if isinstance(body, Mapping) else str(index)
            faults[name] = [f"{fault.path}: {fault.code}: {fault.text}" for fault in error.faults]
    codes = [spec.code for spec in specs]
    faults |= {code: ["code: twice: this code stands twice"] for code in codes if codes.count(code) > 1}
    if faults:
        raise Problem("rule_invalid", fields=faults)
    return specs


def _load(actor: Actor, code: str, body: Any, dry_run: bool) -> Change:
    rule = Rule.objects.select_for_update().filter(code=code).first()
    last = rule.active_version if rule else None
    fingerprint = digest(body)
    if last is not None and bytes(last.digest) == fingerprint:
        return Change(code, "same", last.number)
    number = 1 + ((rule.versions.aggregate(last=Max("number"))["last"] or 0) if rule else 0)
    if not dry_run:
        rule = rule or Rule.objects.create(code=code)
        _put_in_force(rule, _new_version(actor, rule, body))
    return Change(code, "changed" if number > 1 else "new", number)


def _retire(rule: Rule, dry_run: bool) -> Change:
    version = rule.active_version
    if not dry_run:
        rule.active_version = None
        rule.save(update_fields=["active_version"])
    return Change(rule.code, "retired", version.number if version else 0)


def _recorded(actor: Actor, changes: Sequence[Change], reason: str = "") -> None:
    ids = dict(Rule.objects.values_list("code", "id"))
    facts = [
        audit.Fact(
            ids[change.code],
            ["active_version"],
            reason,
            detail={"what": change.what, "number": change.number},
        )
        for change in changes
    ]
    audit.record_many(actor=actor, event="escalation.rule_set", subject_kind="escalation_rule", facts=facts)


@transaction.atomic
def rule_save(*, actor: Actor, body: Any, activate: bool = False) -> tuple[RuleVersion, bool]:
    """Keep a rule as a new version of its code, and with `activate` put it in force. Problem `rule_invalid`
    names every fault. The second value: exactly this stood (and, if asked for, was in force) already."""
    (spec,) = _read_all([body])
    rule = _locked_rule(spec.code)
    same = rule.versions.filter(digest=digest(body)).order_by("-number").first()
    version = same or _new_version(actor, rule, body)
    changed = same is None or (activate and _put_in_force(rule, version))
    if same is None and activate:
        _put_in_force(rule, version)
    if changed:
        _recorded(actor, [Change(spec.code, "saved" if not activate else "changed", version.number)])
    return version, not changed


def _locked_rule(code: str) -> Rule:
    rule, _ = Rule.objects.get_or_create(code=code)
    return Rule.objects.select_for_update().get(pk=rule.pk)


def _new_version(actor: Actor, rule: Rule, body: Any) -> RuleVersion:
    number = 1 + (rule.versions.aggregate(last=Max("number"))["last"] or 0)
    columns = {"number": number, "body": body, "digest": digest(body), "made_at": clock.now()}
    return RuleVersion.objects.create(rule=rule, made_by_id=actor.user_id, **columns)


def _put_in_force(rule: Rule, version: RuleVersion) -> bool:
    if rule.active_version_id == version.pk:
        return False
    rule.active_version = version
    rule.save(update_fields=["active_version"])
    return True


@transaction.atomic
def rule_activate(*, actor: Actor, rule_id: UUID, number: int) -> tuple[Rule, bool]:
    """Put a kept version in force. It is read again: what a newer vocabulary refuses does not come back."""
    rule = Rule.objects.select_for_update().filter(pk=rule_id).first()
    version = RuleVersion.objects.filter(rule=rule, number=number).first() if rule else None
    if rule is None or version is None:
        raise Problem("rule_unknown")
    _read_all([version.body])
    if not _put_in_force(rule, version):
        return rule, True
    _recorded(actor, [Change(rule.code, "activated", number)])
    return rule, False


@transaction.atomic
def rule_retire(*, actor: Actor, rule_id: UUID, reason: str) -> tuple[Rule, bool]:
    """Take a rule out of force; its versions and what fired by it stay."""
    rule = Rule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise Problem("rule_unknown")
    if not reason.strip():
        raise Problem("reason_required")
    if rule.active_version_id is None:
        return rule, True
    change = _retire(rule, dry_run=False)
    _recorded(actor, [change], reason)
    return rule, False


def active_rules() -> list[tuple[RuleVersion, RuleSpec]]:
    """The versions in force with what they mean, in the order of their codes."""
    rows = RuleVersion.objects.filter(rule__active_version__isnull=False).select_related("rule")
    in_force = [
        version for version in rows.order_by("rule__code") if version.rule.active_version_id == version.pk
    ]
    return [(version, _spec(canonical(version.body))) for version in in_force]


@lru_cache(maxsize=256)
def _spec(body: bytes) -> RuleSpec:
    return read_rule(orjson.loads(body))
