"""Copies of files and reserved numbers are append-only for every role but the owner."""

from django.db import migrations

from edge import sqlfile

TABLES = ("number_block", "block_number", "dossier_copy")


class Migration(migrations.Migration):
    dependencies = [("mediation", "0013_follow_up_append_only")]
    operations = [
        migrations.RunSQL(
            sqlfile.load("mediation", "papers_append_only"),
            "".join(f"drop trigger mediation_{name}_append_only on mediation_{name};" for name in TABLES),
        )
    ]
