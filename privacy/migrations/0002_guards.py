"""Logs, closings, notices and requests stay as they were written."""

from django.db import migrations

from edge import sqlfile

READ_LOG = """
CREATE FUNCTION privacy_read_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the read log only grows' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON privacy_read_log
FOR EACH ROW EXECUTE FUNCTION privacy_read_log_only_grows();
"""


class Migration(migrations.Migration):
    replaces = [("privacy", "0004_people_and_incidents")]
    dependencies = [("privacy", "0001_tables")]

    operations = [
        migrations.RunSQL("REVOKE UPDATE, DELETE ON privacy_read_log FROM gridgov_app"),
        migrations.RunSQL(READ_LOG),
        migrations.RunSQL(sqlfile.load("privacy", "only_grows")),
        migrations.RunSQL(sqlfile.load("privacy", "closings_stay")),
        migrations.RunSQL(sqlfile.load("privacy", "people_stay")),
    ]
