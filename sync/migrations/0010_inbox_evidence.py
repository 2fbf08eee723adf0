"""The app role removes nothing of what phones sent; steps and signed batches are written once."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    dependencies = [("sync", "0009_files")]
    operations = [
        migrations.RunSQL(
            sqlfile.load("sync", "inbox_evidence"),
            """
            grant delete on sync_inbox to gridgov_app;
            grant update, delete on sync_inbox_step, sync_batch to gridgov_app
            """,
        )
    ]
