from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("working", models.BooleanField()),
                ("name", models.CharField(max_length=40)),
            ],
            options={"db_table": "edge_calendar_day"},
        ),
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("year", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=80)),
                ("loaded_at", models.DateTimeField()),
            ],
            options={"db_table": "edge_calendar_year"},
        ),
        migrations.CreateModel(
            name="ClockOffset",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("seconds", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "edge_clock_offset",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="edge_clock_one_row")],
            },
        ),
    ]
