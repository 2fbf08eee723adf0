"""Performances, words and steps of agreements are append-only for every role but the owner."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    dependencies = [("mediation", "0006_agreements")]
    operations = [
        migrations.RunSQL(
            sqlfile.load("mediation", "agreements_append_only"),
            """
            drop trigger mediation_performance_append_only on mediation_performance;
            drop trigger mediation_obligation_transition_append_only on mediation_obligation_transition;
            drop trigger mediation_confirmation_word_append_only on mediation_confirmation_word;
            drop trigger mediation_confirmation_transition_append_only on mediation_confirmation_transition;
            drop trigger mediation_follow_up_wish_append_only on mediation_follow_up_wish;
            """,
        )
    ]
