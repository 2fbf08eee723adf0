"""The share log and the impact assessments that switch processing on."""

import kernel.ids
from django.db import migrations, models

from edge import sqlfile


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('processing', models.CharField(choices=[('positioning', '电子定位'), ('terminals', '自助终端'), ('analysis', '统计分析'), ('export_cases', '导出纠纷和调解数据'), ('export_corrections', '导出矫正数据')], max_length=24)),
                ('document_no', models.CharField(max_length=80)),
                ('kept_at', models.CharField(max_length=100)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField()),
                ('entered_by', models.UUIDField()),
                ('entered_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_by', models.UUIDField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, default='', max_length=400)),
            ],
            options={
                'db_table': 'privacy_assessment',
                'ordering': ['-entered_at', 'id'],
                'indexes': [models.Index(fields=['processing', 'valid_from'], name='assessment_of_processing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('processing__in', ['positioning', 'terminals', 'analysis', 'export_cases', 'export_corrections'])), name='assessment_processing_known'), models.CheckConstraint(condition=models.Q(('valid_to__gt', models.F('valid_from'))), name='assessment_dates'), models.CheckConstraint(condition=models.Q(models.Q(('document_no', ''), _negated=True), models.Q(('kept_at', ''), _negated=True)), name='assessment_has_document'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_because', ''), _negated=True), _connector='OR'), name='assessment_withdrawn_because')],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('shared_at', models.DateTimeField()),
                ('sharer_id', models.UUIDField(blank=True, null=True)),
                ('role', models.CharField(blank=True, default='', max_length=24)),
                ('organisation_id', models.UUIDField(blank=True, null=True)),
                ('request_id', models.CharField(blank=True, default='', max_length=64)),
                ('subject_kind', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
                ('basis', models.CharField(max_length=20)),
                ('purpose', models.CharField(max_length=200)),
                ('recipient_kind', models.CharField(choices=[('department', '有关部门'), ('court', '法院'), ('procuratorate', '检察院'), ('police', '公安机关'), ('legal_aid', '法律援助机构'), ('arbitration', '仲裁机构'), ('notary', '公证机构'), ('correction_agency', '其他社区矫正机构'), ('city', '市级机关'), ('civil_affairs', '民政部门'), ('education', '教育部门'), ('counterpart', '对方当事人'), ('person', '本人或其监护人'), ('export', '导出文件')], max_length=20)),
                ('recipient', models.CharField(max_length=100)),
                ('fields', models.JSONField()),
                ('records', models.PositiveIntegerField(default=1)),
                ('document_id', models.UUIDField(blank=True, null=True)),
                ('kept_until', models.DateField()),
            ],
            options={
                'db_table': 'privacy_share',
                'ordering': ['-shared_at', 'id'],
                'indexes': [models.Index(fields=['subject_kind', 'subject_id', 'shared_at'], name='share_of_subject'), models.Index(fields=['organisation_id', 'shared_at'], name='share_of_organisation')],
                'constraints': [models.CheckConstraint(condition=models.Q(('recipient_kind__in', ['department', 'court', 'procuratorate', 'police', 'legal_aid', 'arbitration', 'notary', 'correction_agency', 'city', 'civil_affairs', 'education', 'counterpart', 'person', 'export'])), name='share_recipient_known'), models.CheckConstraint(condition=models.Q(models.Q(('basis', ''), _negated=True), models.Q(('purpose', ''), _negated=True), models.Q(('recipient', ''), _negated=True)), name='share_says_why_and_to_whom'), models.CheckConstraint(condition=models.Q(('fields', []), _negated=True), name='share_names_fields'), models.CheckConstraint(condition=models.Q(('records__gte', 1)), name='share_of_something')],
            },
        ),
        migrations.RunSQL(
            sqlfile.load("privacy", "only_grows"),
            """
            drop trigger privacy_share_only_grows on privacy_share;
            drop trigger privacy_assessment_stays on privacy_assessment;
            drop function privacy_refuse_change()
            """,
        ),
    ]
