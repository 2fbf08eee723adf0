"""Loading rules: all or none, versions kept, and two commands."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from escalation.models import Rule, RuleVersion
from escalation.services import rules_load
from kernel.actor import SYSTEM
from kernel.problems import Problem
from tests.cast import District, Member
from tests.disputes.made import THREAT, body
from tests.escalation.made import evaluated, fired
from tests.escalation.test_rulebook import SHIPPED

pytestmark = pytest.mark.django_db


def load(*bodies: Any, dry_run: bool = False) -> dict[str, str]:
    changes = rules_load(actor=SYSTEM, bodies=bodies, dry_run=dry_run)
    return {change.code: change.what for change in changes if change.what != "same"}


def command(name: str, *arguments: str) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def test_the_shipped_rules_are_in_force_after_migrate() -> None:
    codes = Rule.objects.filter(active_version__isnull=False).values_list("code", flat=True)
    assert set(codes) == {shipped["code"] for shipped in SHIPPED}


def test_loading_the_same_again_changes_nothing() -> None:
    assert load(*SHIPPED) == {}
    assert RuleVersion.objects.count() == len(SHIPPED)


def test_other_words_are_a_new_version_and_a_rule_left_out_is_retired() -> None:
    first, second, *others = SHIPPED
    changed = {**first, "zh": "改后的说明"}
    assert load(changed, *others) == {first["code"]: "changed", second["code"]: "retired"}
    assert RuleVersion.objects.filter(rule__code=first["code"]).count() == 2


def test_a_retired_rule_no_longer_fires(district: District, worker: Member) -> None:
    load(*(shipped for shipped in SHIPPED if shipped["code"] != "danger_life_limb"))
    assert fired(evaluated(worker, body(district, signs=[THREAT]))) == []


def test_one_bad_rule_stops_all_and_is_named() -> None:
    with pytest.raises(Problem) as caught:
        load(*SHIPPED[1:], {**SHIPPED[0], "do": [{"action": "fine_somebody"}]})
    assert list(caught.value.fields or {}) == [SHIPPED[0]["code"]]
    assert Rule.objects.filter(active_version=None).count() == 0


def test_a_dry_run_changes_nothing() -> None:
    assert load(SHIPPED[0], dry_run=True)
    assert Rule.objects.filter(active_version=None).count() == 0


@pytest.mark.parametrize(
    "change", ["update escalation_rule_version set number = 9", "delete from escalation_firing"]
)
def test_the_database_keeps_versions_and_firings(district: District, worker: Member, change: str) -> None:
    evaluated(worker, body(district, signs=[THREAT]))
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_command_tries_the_rules_on_history(district: District, worker: Member) -> None:
    evaluated(worker, body(district, signs=[THREAT]))
    assert "     1 danger_life_limb" in command("escalation_rules_load", "--dry-run")


def test_the_command_names_the_faults_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    file.write_text(
        json.dumps({"rules": [{**SHIPPED[0], "when": {"fact": "petitions", "op": "is", "value": 1}}]})
    )
    with pytest.raises(CommandError, match="unknown_fact"):
        command("escalation_rules_load", str(file))


def test_the_command_explains_a_dispute(district: District, worker: Member) -> None:
    dispute = evaluated(worker, body(district, signs=[THREAT]))
    told = command("escalation_explain", dispute.code)
    assert "危险迹象 含有任一" in told
    assert "提级 hand_up: done (from community, to street)" in told
    assert "张三" not in told


def test_an_unknown_code_is_said() -> None:
    with pytest.raises(CommandError, match="no dispute"):
        command("escalation_explain", "JF-0")
