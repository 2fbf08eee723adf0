"""Consents and the steps of items and cases are append-only for every role but the owner."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    dependencies = [("mediation", "0001_initial")]
    operations = [
        migrations.RunSQL(
            sqlfile.load("mediation", "append_only"),
            """
            drop trigger mediation_consent_append_only on mediation_consent;
            drop trigger mediation_case_transition_append_only on mediation_case_transition;
            drop trigger mediation_intake_transition_append_only on mediation_intake_transition;
            drop function mediation_refuse_change()
            """,
        )
    ]
