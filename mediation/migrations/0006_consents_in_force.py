"""Words given before become the consents that each use asks for."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_guards"),
        ("disputes", "0001_tables"),
        ("mediation", "0005_told_and_given"),
        ("privacy", "0003_consents_of_an_office"),
    ]
    operations = [
        migrations.RunSQL(sqlfile.load("mediation", "consents_in_force"), migrations.RunSQL.noop),
    ]
