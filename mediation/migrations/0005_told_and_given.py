"""Which party was told the other ways; which papers it gives to the court; the brief of a case."""

import django.db.models.deletion
import edge.encryption
import kernel.ids
from django.conf import settings
from django.db import migrations, models

from edge import sqlfile


class Migration(migrations.Migration):

    dependencies = [
        ('mediation', '0004_namesakes_and_who_came'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='brief',
            field=edge.encryption.EncryptedField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='confirmationword',
            name='papers',
            field=models.ManyToManyField(db_table='mediation_confirmation_paper', related_name='+', to='mediation.document'),
        ),
        migrations.CreateModel(
            name='WaysTold',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(choices=[('by_hand', '当面交付 by hand'), ('read_out', '当面宣读 read out'), ('post', '邮寄 by post'), ('not_deliverable', '两次未能送达 not deliverable, tried twice')], max_length=20)),
                ('told_on', models.DateField()),
                ('ways', models.JSONField(default=list)),
                ('tried_on', models.JSONField(default=list)),
                ('recorded_at', models.DateTimeField()),
                ('role', models.CharField(max_length=24)),
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ways_told', to='mediation.caseparty')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'mediation_ways_told',
                'ordering': ['recorded_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('form__in', ['by_hand', 'read_out', 'post', 'not_deliverable'])), name='ways_told_form_known')],
            },
        ),
        migrations.RunSQL(sqlfile.load("mediation", "ways_append_only")),
    ]
