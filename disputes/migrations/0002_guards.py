"""What was screened, said and done is written once, for every role but the owner."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    replaces = [("disputes", "0011_joint_handling")]
    dependencies = [("disputes", "0001_tables")]

    operations = [
        migrations.RunSQL(sqlfile.load("disputes", "append_only")),
        migrations.RunSQL(sqlfile.load("disputes", "changes_append_only")),
        migrations.RunSQL(sqlfile.load("disputes", "moves_append_only")),
        migrations.RunSQL(sqlfile.load("disputes", "steps_append_only")),
        migrations.RunSQL(sqlfile.load("disputes", "wishes_append_only")),
        migrations.RunSQL(sqlfile.load("disputes", "rounds_append_only")),
        migrations.RunSQL(sqlfile.load("disputes", "call_ups_append_only")),
        migrations.RunSQL(sqlfile.load("disputes", "destroyed")),
    ]
