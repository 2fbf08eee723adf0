"""Words, marks and the steps of cases are written once, for every role but the owner."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    replaces = [("mediation", "0016_referrals_append_only")]
    dependencies = [("mediation", "0001_tables")]

    operations = [
        migrations.RunSQL(sqlfile.load("mediation", "append_only")),
        migrations.RunSQL(sqlfile.load("mediation", "append_only_table")),
        migrations.RunSQL(sqlfile.load("mediation", "agreements_append_only")),
        migrations.RunSQL(sqlfile.load("mediation", "words_append_only")),
        migrations.RunSQL(sqlfile.load("mediation", "follow_up_append_only")),
        migrations.RunSQL(sqlfile.load("mediation", "papers_append_only")),
        migrations.RunSQL(sqlfile.load("mediation", "referral_append_only")),
    ]
