"""Drafts are found by release and code, which is once in a release: one index instead of three."""

import django.db.models.deletion
from django.db import migrations, models

BY_CODE = """
drop index draftrow_of_release;
alter table grids_draftrow drop column id;
alter table grids_draftrow add primary key (release_id, code);
drop index if exists {of_foreign_key};
"""


def to_code(apps, schema_editor):
    DraftRow = apps.get_model("grids", "DraftRow")
    names = schema_editor._constraint_names(DraftRow, ["release_id"], index=True, primary_key=False)
    of_foreign_key = next(name for name in names if name != "draftrow_of_release")
    schema_editor.execute(BY_CODE.format(of_foreign_key=schema_editor.quote_name(of_foreign_key)))


class Migration(migrations.Migration):
    dependencies = [("grids", "0006_restamps_told")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(to_code, migrations.RunPython.noop)],
            state_operations=[
                migrations.RemoveIndex(model_name="draftrow", name="draftrow_of_release"),
                migrations.RemoveField(model_name="draftrow", name="id"),
                migrations.AddField(
                    model_name="draftrow",
                    name="pk",
                    field=models.CompositePrimaryKey(
                        "release", "code", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                migrations.AlterField(
                    model_name="draftrow",
                    name="release",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="grids.boundaryrelease",
                    ),
                ),
            ],
        ),
    ]
