"""Steps, burdens and searches are written once; of positions the application may write and remove, not rewrite."""

from django.db import migrations

WRITTEN_ONCE = (
    "corrections_visitversion",
    "corrections_actstep",
    "corrections_burdenrow",
    "corrections_leavestep",
    "corrections_permitstep",
    "corrections_searchentry",
    "corrections_daycount",
)
NEVER_REMOVED = ("corrections_leavedecision", "corrections_leavenotice")
POSITIONS = """
GRANT USAGE ON SCHEMA positioning TO gridgov_app;
GRANT SELECT, INSERT, DELETE ON positioning.point TO gridgov_app;
"""


class Migration(migrations.Migration):
    replaces = [("corrections", "0009_reception")]
    dependencies = [("corrections", "0001_tables")]

    operations = [
        migrations.RunSQL(f"REVOKE UPDATE, DELETE ON {', '.join(WRITTEN_ONCE)} FROM gridgov_app"),
        migrations.RunSQL(f"REVOKE DELETE ON {', '.join(NEVER_REMOVED)} FROM gridgov_app"),
        migrations.RunSQL(POSITIONS),
    ]
