"""Who came for a party is named; a namesake of somebody whom a mediator has named is looked at by a person."""

import django.db.models.deletion
import kernel.ids
from django.conf import settings
from django.db import migrations, models

from edge import sqlfile


class Migration(migrations.Migration):

    dependencies = [
        ('mediation', '0003_destroyed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NamesakeCheck',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('same', models.BooleanField()),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'mediation_namesake_check',
                'ordering': ['decided_at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='attendance',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mediation.participant'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('person', None), models.Q(('came_as__in', ('agent', 'guardian')), ('party__isnull', False)), _connector='OR'), name='attendance_person_stands_for_a_party'),
        ),
        migrations.AddField(
            model_name='namesakecheck',
            name='decided_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='namesakecheck',
            name='mediator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mediation.casemediator'),
        ),
        migrations.AddConstraint(
            model_name='namesakecheck',
            constraint=models.UniqueConstraint(fields=('mediator', 'person'), name='namesake_decided_once'),
        ),
        migrations.RunSQL(sqlfile.load("mediation", "namesake_append_only")),
    ]
