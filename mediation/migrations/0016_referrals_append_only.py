"""Steps of referrals are append-only for every role but the owner."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    dependencies = [("mediation", "0015_referrals")]
    operations = [
        migrations.RunSQL(
            sqlfile.load("mediation", "referral_append_only"),
            "drop trigger mediation_referral_transition_append_only on mediation_referral_transition",
        )
    ]
