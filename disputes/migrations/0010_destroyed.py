"""The owner's narrow door through which a destroyed dispute loses its words, places and digests (PI-19/47)."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    dependencies = [("disputes", "0009_danger_call_ups"), ("privacy", "0003_closings")]
    operations = [
        migrations.RunSQL(sqlfile.load("disputes", "destroyed"), "drop function disputes_destroyed(uuid[])")
    ]
