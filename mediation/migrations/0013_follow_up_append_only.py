"""Steps of follow-ups are append-only for every role but the owner."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    dependencies = [("mediation", "0012_follow_up_steps")]
    operations = [
        migrations.RunSQL(
            sqlfile.load("mediation", "follow_up_append_only"),
            "drop trigger mediation_follow_up_transition_append_only on mediation_follow_up_transition",
        )
    ]
