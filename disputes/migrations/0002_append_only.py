"""Screenings, their signs and parties, and the steps of a dispute are append-only for every role but the owner."""

from django.db import migrations

from edge import sqlfile


class Migration(migrations.Migration):
    dependencies = [("disputes", "0001_initial")]
    operations = [
        migrations.RunSQL(
            sqlfile.load("disputes", "append_only"),
            """
            drop trigger disputes_screening_append_only on disputes_screening;
            drop trigger disputes_dangersign_append_only on disputes_dangersign;
            drop trigger disputes_screeningparty_append_only on disputes_screeningparty;
            drop trigger disputes_disputetransition_append_only on disputes_disputetransition;
            drop function disputes_refuse_change()
            """,
        )
    ]
