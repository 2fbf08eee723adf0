"""Divisions that stood before there was a search get their words."""

from typing import Any

from django.db import migrations

from accounts.naming import search_words


def fill(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("accounts", "Area")
    rows = list(model.objects.filter(search=""))
    for row in rows:
        row.search = search_words(row.name, row.code)
    model.objects.bulk_update(rows, ["search"], batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_area_changes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
