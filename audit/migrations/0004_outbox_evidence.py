"""The app role removes no delivery; old ones that are done go through a function of the owner's."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_leaner_indexes")]
    operations = [
        migrations.RunSQL(
            sqlfile.load("audit", "outbox_evidence"),
            "drop function audit_delivery_purge(timestamptz, integer); grant delete on audit_delivery to gridgov_app",
        )
    ]
