from django.db import migrations, models

from edge import sqlfile


class Migration(migrations.Migration):
    dependencies = [("grids", "0002_guards"), ("accounts", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="MapChange",
            fields=[("xid", models.BigIntegerField(primary_key=True, serialize=False))],
            options={"ordering": ["xid"]},
        ),
        migrations.RunSQL(sqlfile.load("grids", "map_change_triggers")),
    ]
