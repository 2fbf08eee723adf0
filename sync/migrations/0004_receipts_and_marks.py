"""Changed outcomes are told by pull; old tombstones can be found."""

import sync.fields
from django.db import migrations, models

from edge import sqlfile


class Migration(migrations.Migration):

    dependencies = [
        ('sync', '0003_row_shared'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('xid', sync.fields.Xid8Field()),
            ],
            options={
                'db_table': 'sync_mark',
            },
        ),
        migrations.AddField(
            model_name='inbox',
            name='changed',
            field=sync.fields.Xid8Field(null=True),
        ),
        migrations.AddIndex(
            model_name='inbox',
            index=models.Index(condition=models.Q(('changed__isnull', False)), fields=['device', 'changed'], name='sync_inbox_changed'),
        ),
        migrations.AddIndex(
            model_name='row',
            index=models.Index(condition=models.Q(('deleted', True)), fields=['xid'], name='sync_row_dead'),
        ),
        migrations.RunSQL(
            sqlfile.load("sync", "outcome_changed"),
            "drop trigger sync_outcome_changed on sync_inbox; drop function sync_outcome_changed()",
        ),
    ]
