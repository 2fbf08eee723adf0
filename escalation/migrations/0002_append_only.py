"""Versions of rules and firings are append-only for every role but the owner."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    dependencies = [("escalation", "0001_initial")]
    operations = [
        migrations.RunSQL(
            sqlfile.load("escalation", "append_only"),
            """
            drop trigger escalation_rule_version_append_only on escalation_rule_version;
            drop trigger escalation_firing_append_only on escalation_firing;
            drop function escalation_refuse_change()
            """,
        )
    ]
