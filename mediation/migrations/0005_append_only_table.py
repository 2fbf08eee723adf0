"""Steps of sessions and offers, notes, and what parties said at the table are append-only."""

from django.db import migrations

from edge import sqlfile

TABLES = ("session_transition", "participant_consent", "attendance", "note", "caucus_word", "offer_transition")


class Migration(migrations.Migration):
    dependencies = [("mediation", "0004_sessions_notes_offers")]
    operations = [
        migrations.RunSQL(
            sqlfile.load("mediation", "append_only_table"),
            "".join(f"drop trigger mediation_{name}_append_only on mediation_{name};" for name in TABLES),
        )
    ]
