"""A consent belongs to the office that entered it; what was erased after its withdrawal stands beside it."""

import django.db.models.deletion
import kernel.ids
from django.db import migrations, models

from edge import sqlfile


OFFICES = """
update privacy_consent as consent set organisation_id = event.organisation_id from audit_event as event
where event.subject_kind = 'consent' and event.subject_id = consent.id and event.event = 'consent.given'
and event.organisation_id is not null
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_guards'),
        ('privacy', '0002_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentErasure',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=24)),
                ('count', models.PositiveIntegerField()),
                ('duty', models.CharField(blank=True, default='', max_length=16)),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'privacy_consent_erasure',
                'ordering': ['at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='consent',
            name='erased_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='consent',
            name='erased_by',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='consent',
            name='organisation_id',
            field=models.UUIDField(default='00000000-0000-0000-0000-000000000000'),
            preserve_default=False,
        ),
        migrations.RunSQL(OFFICES, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['organisation_id', 'entered_at'], name='consent_of_office'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('erased_by__isnull', False), ('withdrawn_at__isnull', False)), _connector='OR'), name='consent_erased_after_withdrawal'),
        ),
        migrations.AddField(
            model_name='consenterasure',
            name='consent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erasures', to='privacy.consent'),
        ),
        migrations.RunSQL(
            sqlfile.load("privacy", "erasures_only_grow"),
            "drop trigger privacy_consent_erasure_only_grows on privacy_consent_erasure",
        ),
    ]
