"""The audit log takes rows and gives none back; a delivery goes only by its purge."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    replaces = [("audit", "0004_outbox_evidence")]
    dependencies = [("audit", "0001_tables")]

    operations = [
        migrations.RunSQL(sqlfile.load("audit", "insert_only")),
        migrations.RunSQL(sqlfile.load("audit", "outbox_evidence")),
    ]
