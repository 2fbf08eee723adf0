"""Requests of persons, notices, consents, incidents, and what was opened in an emergency."""

import django.db.models.deletion
import kernel.ids
import privacy.machine
from django.db import migrations, models

from edge import sqlfile


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0003_closings'),
    ]

    operations = [
        migrations.CreateModel(
            name='BrokenGlass',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
                ('by', models.UUIDField()),
                ('role', models.CharField(max_length=24)),
                ('reason', models.CharField(max_length=400)),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('reviewed_by', models.UUIDField(blank=True, null=True)),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('justified', models.BooleanField(blank=True, null=True)),
                ('remark', models.CharField(blank=True, default='', max_length=400)),
            ],
            options={
                'db_table': 'privacy_broken_glass',
                'ordering': ['-at', 'id'],
                'indexes': [models.Index(fields=['by', 'subject_kind', 'until'], name='broken_glass_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('by')), _negated=True), _connector='OR'), name='broken_glass_two_people'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='broken_glass_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
                ('purpose', models.CharField(choices=[('mediation', '参加调解并记录'), ('own_location', '网格员本人定位'), ('follow_up', '回访联系'), ('child', '未满十四周岁（监护人）')], max_length=24)),
                ('given_on', models.DateField()),
                ('paper_no', models.CharField(max_length=80)),
                ('entered_by', models.UUIDField()),
                ('entered_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_by', models.UUIDField(blank=True, null=True)),
            ],
            options={
                'db_table': 'privacy_consent',
                'ordering': ['entered_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('subject_kind', 'subject_id', 'purpose'), name='consent_in_force_once'), models.CheckConstraint(condition=models.Q(('purpose__in', ['mediation', 'own_location', 'follow_up', 'child'])), name='consent_purpose_known')],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('open', '处置中'), ('contained', '已控制'), ('closed', '办结')], default=privacy.machine.IncidentState['OPEN'], max_length=12)),
                ('what', models.CharField(max_length=1000)),
                ('noticed_at', models.DateTimeField()),
                ('opened_by', models.UUIDField()),
                ('opened_at', models.DateTimeField()),
                ('tell_due_at', models.DateTimeField()),
                ('remedy', models.CharField(blank=True, default='', max_length=1000)),
                ('contained_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'db_table': 'privacy_incident',
                'ordering': ['-opened_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'contained', 'closed'])), name='incident_state_known')],
            },
        ),
        migrations.CreateModel(
            name='IncidentTold',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('whom', models.CharField(choices=[('authority', '履行个人信息保护职责的部门'), ('persons', '受影响的个人'), ('superior', '上级机关')], max_length=12)),
                ('told_at', models.DateTimeField()),
                ('document_no', models.CharField(max_length=80)),
                ('by', models.UUIDField()),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='privacy.incident')),
            ],
            options={
                'db_table': 'privacy_incident_told',
                'ordering': ['told_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=24)),
                ('version', models.PositiveSmallIntegerField()),
                ('words', models.TextField(max_length=4000)),
                ('valid_from', models.DateField()),
                ('entered_by', models.UUIDField()),
                ('entered_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'privacy_notice',
                'ordering': ['code', '-version'],
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='notice_version_once')],
            },
        ),
        migrations.CreateModel(
            name='PersonRequest',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('see', '查阅'), ('copy', '复制'), ('correct', '更正'), ('delete', '删除')], max_length=12)),
                ('state', models.CharField(choices=[('received', '已收到'), ('identified', '身份已核验'), ('answered', '已答复'), ('refused', '不予办理')], default=privacy.machine.RequestState['RECEIVED'], max_length=12)),
                ('organisation_id', models.UUIDField()),
                ('paper_no', models.CharField(max_length=80)),
                ('kept_at', models.CharField(max_length=100)),
                ('received_on', models.DateField()),
                ('due_on', models.DateField()),
                ('due_at', models.DateTimeField()),
                ('entered_by', models.UUIDField()),
                ('entered_at', models.DateTimeField()),
                ('subject_kind', models.CharField(blank=True, default='', max_length=40)),
                ('subject_id', models.UUIDField(blank=True, null=True)),
                ('identified_by', models.UUIDField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.UUIDField(blank=True, null=True)),
                ('answer_document', models.CharField(blank=True, default='', max_length=80)),
                ('refused_because', models.CharField(blank=True, default='', max_length=400)),
            ],
            options={
                'db_table': 'privacy_person_request',
                'ordering': ['due_at', 'id'],
                'indexes': [models.Index(fields=['organisation_id', 'state'], name='person_request_of_office')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['see', 'copy', 'correct', 'delete']), ('state__in', ['received', 'identified', 'answered', 'refused'])), name='person_request_codes_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('refused_because', ''), _negated=True), _connector='OR'), name='person_request_refused_because'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), ('identified_by__isnull', False), _connector='OR'), name='person_request_identity_checked')],
            },
        ),
        migrations.CreateModel(
            name='NoticeShown',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
                ('way', models.CharField(choices=[('by_hand', '当面交付'), ('read_out', '当面宣读'), ('post', '邮寄'), ('not_told', '依法不告知')], max_length=12)),
                ('not_told_because', models.CharField(blank=True, default='', max_length=200)),
                ('on', models.DateField()),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shown', to='privacy.notice')),
            ],
            options={
                'db_table': 'privacy_notice_shown',
                'ordering': ['at', 'id'],
                'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='notice_shown_to')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('way', 'not_told'), models.Q(('not_told_because', ''), _negated=True)), models.Q(('way', 'not_told'), _negated=True), _connector='OR'), name='notice_not_told_because')],
            },
        ),
        migrations.RunSQL(
            sqlfile.load("privacy", "people_stay"),
            """
            drop trigger privacy_notice_stays on privacy_notice;
            drop trigger privacy_notice_shown_only_grows on privacy_notice_shown;
            drop trigger privacy_incident_told_only_grows on privacy_incident_told;
            drop trigger privacy_incident_stays on privacy_incident;
            drop trigger privacy_broken_glass_stays on privacy_broken_glass;
            drop trigger privacy_person_request_stays on privacy_person_request;
            drop trigger privacy_consent_stays on privacy_consent
            """,
        ),
    ]
