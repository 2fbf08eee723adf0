import django.db.models.deletion
import edge.first_tables
import escalation.clocks
import kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('escalation', '0001_initial'), ('escalation', '0002_append_only'), ('escalation', '0003_shipped_rules')]

    initial = True

    dependencies = [
        ('disputes', '0001_tables'),
    ]

    operations = [
        edge.first_tables.FirstTables(
            tables=[
                migrations.CreateModel(
                    name='Rule',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('code', models.CharField(max_length=40, unique=True)),
                        ('active_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='escalation.ruleversion')),
                    ],
                    options={
                        'ordering': ['code'],
                    },
                ),
                migrations.CreateModel(
                    name='ProfileVersion',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('number', models.IntegerField(unique=True)),
                        ('profile', models.CharField(max_length=8)),
                        ('days', models.JSONField()),
                        ('reason', models.CharField(max_length=400)),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'escalation_profile_version',
                        'ordering': ['-number'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('profile__in', [escalation.clocks.Profile['FAST'], escalation.clocks.Profile['EVENT']])), name='profile_version_known')],
                    },
                ),
                migrations.CreateModel(
                    name='LevelClock',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('ordinal', models.IntegerField()),
                        ('level', models.CharField(max_length=12)),
                        ('profile', models.CharField(max_length=8)),
                        ('begun_at', models.DateTimeField()),
                        ('begun_on', models.DateField()),
                        ('last_day', models.DateField()),
                        ('due_at', models.DateTimeField()),
                        ('provisional', models.BooleanField(default=False)),
                        ('paused_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('end', models.CharField(blank=True, choices=[('ran_out', '时限已到 ran out'), ('moved', '层级变更 the level changed'), ('left', '已离开该层级办理 no longer handled at a level'), ('refused', '当事人拒绝 a party refused')], default='', max_length=8)),
                        ('retry_at', models.DateTimeField(blank=True, null=True)),
                        ('error', models.CharField(blank=True, default='', max_length=80)),
                        ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='disputes.dispute')),
                        ('profile_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='escalation.profileversion')),
                    ],
                    options={
                        'db_table': 'escalation_level_clock',
                        'ordering': ['dispute', 'ordinal'],
                        'indexes': [models.Index(condition=models.Q(('ended_at', None), ('paused_at', None)), fields=['due_at'], name='level_clock_due')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ('grid', 'community', 'street', 'district'))), name='level_clock_level_known'), models.CheckConstraint(condition=models.Q(('profile__in', [escalation.clocks.Profile['FAST'], escalation.clocks.Profile['EVENT']])), name='level_clock_profile_known'), models.UniqueConstraint(fields=('dispute', 'ordinal'), name='level_clock_in_order'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('dispute',), name='level_clock_one_runs'), models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('ended_at__isnull', True)), models.Q(('ended_at__isnull', False), models.Q(('end', ''), _negated=True)), _connector='OR'), name='level_clock_ends_for_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='RuleVersion',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('number', models.IntegerField()),
                        ('body', models.JSONField()),
                        ('digest', models.BinaryField(max_length=32)),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='escalation.rule')),
                    ],
                    options={
                        'db_table': 'escalation_rule_version',
                        'ordering': ['rule', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('rule', 'number'), name='rule_version_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Firing',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('slot', models.CharField(max_length=60)),
                        ('event', models.CharField(max_length=60)),
                        ('event_id', models.UUIDField(blank=True, null=True)),
                        ('due_at', models.DateTimeField()),
                        ('fired_at', models.DateTimeField()),
                        ('facts', models.JSONField()),
                        ('findings', models.JSONField()),
                        ('actions', models.JSONField()),
                        ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='disputes.dispute')),
                        ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='escalation.rule')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='escalation.ruleversion')),
                    ],
                    options={
                        'ordering': ['-fired_at', '-id'],
                        'indexes': [models.Index(fields=['dispute', 'fired_at'], name='firing_of_dispute')],
                        'constraints': [models.UniqueConstraint(fields=('rule', 'dispute', 'slot'), name='firing_once_per_slot')],
                    },
                ),
                migrations.CreateModel(
                    name='Extension',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('days', models.PositiveSmallIntegerField()),
                        ('reason', models.CharField(max_length=400)),
                        ('asked_role', models.CharField(max_length=24)),
                        ('asked_at', models.DateTimeField()),
                        ('state', models.CharField(choices=[('asked', '待批 asked for'), ('approved', '已批准 approved'), ('refused', '未批准 refused')], default='asked', max_length=8)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('decision', models.CharField(blank=True, default='', max_length=400)),
                        ('last_day_before', models.DateField(blank=True, null=True)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('clock', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='escalation.levelclock')),
                    ],
                    options={
                        'ordering': ['clock', 'asked_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'approved', 'refused'])), name='extension_state_known'), models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('clock',), name='extension_asked_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='extension_decided_by_a_person'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='extension_not_by_who_asked')],
                    },
                ),
                migrations.CreateModel(
                    name='Pause',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('paused_at', models.DateTimeField()),
                        ('resumed_at', models.DateTimeField(blank=True, null=True)),
                        ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='disputes.dispute')),
                    ],
                    options={
                        'ordering': ['dispute', 'paused_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('resumed_at', None)), fields=('dispute',), name='pause_one_at_a_time')],
                    },
                ),
            ],
        ),
    ]
