"""audit_event refuses UPDATE and DELETE for every role but the owner (CS-23, DJ-3)."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(
            sqlfile.load("audit", "insert_only"),
            "drop trigger audit_event_insert_only on audit_event; drop function audit_event_refuse()",
        )
    ]
