"""The rules that are shipped (`fixtures/rules.json`), each as its first version, in force."""

import json
from pathlib import Path

from django.db import migrations

from escalation.rulebook import read_rule
from kernel import clock
from kernel.canonical import digest

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "rules.json"


def load(apps, _schema_editor):
    rules, versions = apps.get_model("escalation", "Rule"), apps.get_model("escalation", "RuleVersion")
    for body in json.loads(SHIPPED.read_text(encoding="utf-8"))["rules"]:
        read_rule(body)
        rule, _ = rules.objects.get_or_create(code=body["code"])
        if rule.active_version_id is None:
            rule.active_version = versions.objects.create(
                rule=rule, number=1, body=body, digest=digest(body), made_at=clock.now()
            )
            rule.save(update_fields=["active_version"])


class Migration(migrations.Migration):
    dependencies = [("escalation", "0002_append_only")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
