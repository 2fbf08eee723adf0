"""Versions and firings are written once; the rules that are shipped (`fixtures/rules.json`) are in force."""

import json
from pathlib import Path

from django.db import migrations

from edge import sqlfile
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
    replaces = [("escalation", "0004_profiles_pauses_extensions")]
    dependencies = [("escalation", "0001_tables")]

    operations = [
        migrations.RunSQL(sqlfile.load("escalation", "append_only")),
        migrations.RunSQL(sqlfile.load("escalation", "profiles_append_only")),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
