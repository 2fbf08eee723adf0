"""First fill of the calendar from `chinese_calendar`, whose last year is 2026."""

from datetime import date, timedelta

import chinese_calendar
from django.db import migrations

from kernel import clock

YEARS = (2024, 2025, 2026)
_SATURDAY = 5


def fill(apps, schema_editor):
    day_model, year_model = apps.get_model("edge", "CalendarDay"), apps.get_model("edge", "CalendarYear")
    rows, day = [], date(YEARS[0], 1, 1)
    while day.year <= YEARS[-1]:
        working = chinese_calendar.is_workday(day)
        if working != (day.weekday() < _SATURDAY):
            _is_holiday, name = chinese_calendar.get_holiday_detail(day)
            rows.append(day_model(day=day, working=working, name=name or ""))
        day += timedelta(days=1)
    day_model.objects.bulk_create(rows)
    source = f"chinese_calendar {chinese_calendar.__version__}"
    year_model.objects.bulk_create([year_model(year=y, source=source, loaded_at=clock.now()) for y in YEARS])


class Migration(migrations.Migration):
    dependencies = [("edge", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
