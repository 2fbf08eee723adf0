"""Notices, declarations, answers, attempts and extensions are append-only for every role but the owner."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    dependencies = [("mediation", "0008_people")]
    operations = [
        migrations.RunSQL(
            sqlfile.load("mediation", "words_append_only"),
            """
            drop trigger mediation_rights_notice_append_only on mediation_rights_notice;
            drop trigger mediation_conflict_declaration_append_only on mediation_conflict_declaration;
            drop trigger mediation_mediator_heard_append_only on mediation_mediator_heard;
            drop trigger mediation_reach_attempt_append_only on mediation_reach_attempt;
            drop trigger mediation_extension_append_only on mediation_extension
            """,
        )
    ]
