"""What phones sent is evidence; the first epoch of this database begins."""

from django.db import migrations

from edge import sqlfile
from kernel import clock


def first_epoch(apps, schema_editor):
    apps.get_model("sync", "Epoch").objects.create(id=1, epoch=1, since=clock.now())


class Migration(migrations.Migration):
    replaces = [("sync", "0010_inbox_evidence")]
    dependencies = [("sync", "0001_tables")]

    operations = [
        migrations.RunPython(first_epoch, migrations.RunPython.noop),
        migrations.RunSQL(sqlfile.load("sync", "outcome_changed")),
        migrations.RunSQL(sqlfile.load("sync", "inbox_evidence")),
    ]
