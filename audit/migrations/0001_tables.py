import django.contrib.postgres.fields
import django.db.models.deletion
import edge.first_tables
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('audit', '0001_initial'), ('audit', '0002_insert_only'), ('audit', '0003_leaner_indexes')]

    initial = True

    dependencies = [
    ]

    operations = [
        edge.first_tables.FirstTables(
            tables=[
                migrations.CreateModel(
                    name='AuditEvent',
                    fields=[
                        ('id', models.UUIDField(primary_key=True, serialize=False)),
                        ('at', models.DateTimeField()),
                        ('event', models.CharField(max_length=80)),
                        ('user_id', models.UUIDField(null=True)),
                        ('role', models.CharField(default='', max_length=40)),
                        ('organisation_id', models.UUIDField(null=True)),
                        ('device_id', models.UUIDField(null=True)),
                        ('request_id', models.CharField(default='', max_length=64)),
                        ('subject_kind', models.CharField(max_length=40)),
                        ('subject_id', models.UUIDField()),
                        ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
                        ('reason', models.CharField(default='', max_length=400)),
                        ('device_at', models.DateTimeField(null=True)),
                        ('detail', models.JSONField(default=dict)),
                    ],
                    options={
                        'db_table': 'audit_event',
                        'indexes': [models.Index(fields=['subject_kind', 'subject_id', 'id'], name='audit_event_subject'), models.Index(fields=['event', 'id'], name='audit_event_event')],
                    },
                ),
                migrations.CreateModel(
                    name='AuditDelivery',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('reaction', models.CharField(max_length=80)),
                        ('state', models.CharField(default='pending', max_length=10)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('due_at', models.DateTimeField()),
                        ('done_at', models.DateTimeField(null=True)),
                        ('error', models.CharField(default='', max_length=200)),
                        ('event', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.auditevent')),
                    ],
                    options={
                        'db_table': 'audit_delivery',
                        'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['due_at'], name='audit_delivery_pending')],
                        'constraints': [models.UniqueConstraint(fields=('event', 'reaction'), name='audit_delivery_once'), models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'done', 'failed'])), name='audit_delivery_state')],
                    },
                ),
            ],
        ),
    ]
