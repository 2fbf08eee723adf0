"""The owner's narrow door through which a destroyed dispute's table loses its words and digests (PI-19/47)."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    dependencies = [("mediation", "0002_guards"), ("privacy", "0002_guards")]
    operations = [
        migrations.RunSQL(sqlfile.load("mediation", "destroyed"), "drop function mediation_destroyed(uuid[])")
    ]
