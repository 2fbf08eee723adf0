"""Changes of the division tree are written once."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    replaces = [("accounts", "0003_area_search")]
    dependencies = [("accounts", "0001_tables")]

    operations = [
        migrations.RunSQL(sqlfile.load("accounts", "changes_append_only")),
    ]
