"""Closings, the seal key, tombstones, lists of what is destroyed, lawful queries."""

import django.db.models.deletion
import kernel.ids
import privacy.machine
from django.db import migrations, models

from edge import sqlfile


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0002_shares_assessments'),
    ]

    operations = [
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
                ('state', models.CharField(choices=[('open', '在用'), ('restricted', '限制'), ('sealed', '封存'), ('destroyed', '销毁')], default=privacy.machine.ClosingState['OPEN'], max_length=12)),
                ('to_be_sealed', models.BooleanField(default=False)),
                ('marked_by', models.UUIDField(blank=True, null=True)),
                ('mark_basis', models.CharField(blank=True, default='', max_length=20)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('restrict_on', models.DateField(blank=True, null=True)),
                ('seal_due_at', models.DateTimeField(blank=True, null=True)),
                ('retention_until', models.DateField(blank=True, null=True)),
                ('restricted_at', models.DateTimeField(blank=True, null=True)),
                ('sealed_at', models.DateTimeField(blank=True, null=True)),
                ('seal_number', models.CharField(blank=True, max_length=40, null=True, unique=True)),
                ('lifted_because', models.CharField(blank=True, default='', max_length=400)),
                ('lifted_document', models.CharField(blank=True, default='', max_length=80)),
                ('opened_until', models.DateTimeField(blank=True, null=True)),
                ('destroyed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'db_table': 'privacy_closing',
                'ordering': ['subject_kind', 'ended_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DestructionEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('retention_until', models.DateField()),
            ],
            options={
                'db_table': 'privacy_destruction_entry',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='DestructionList',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('drafted', '拟定'), ('signed', '一人已签'), ('destroyed', '已销毁'), ('cancelled', '已取消')], default=privacy.machine.ListState['DRAFTED'], max_length=12)),
                ('drafted_at', models.DateTimeField()),
                ('first_id', models.UUIDField(blank=True, null=True)),
                ('first_at', models.DateTimeField(blank=True, null=True)),
                ('second_id', models.UUIDField(blank=True, null=True)),
                ('second_at', models.DateTimeField(blank=True, null=True)),
                ('document_no', models.CharField(blank=True, default='', max_length=80)),
                ('cancelled_because', models.CharField(blank=True, default='', max_length=400)),
            ],
            options={
                'db_table': 'privacy_destruction_list',
                'ordering': ['-drafted_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='LawfulQuery',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('unit', models.CharField(max_length=100)),
                ('basis', models.CharField(max_length=20)),
                ('document_no', models.CharField(max_length=80)),
                ('scope', models.JSONField()),
                ('seal_number', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('entered', '已登记'), ('approved', '已批准'), ('opened', '启封查询中'), ('answered', '已答复'), ('refused', '不予查询')], default=privacy.machine.QueryState['ENTERED'], max_length=12)),
                ('entered_by', models.UUIDField()),
                ('entered_at', models.DateTimeField()),
                ('approved_by', models.UUIDField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('refused_because', models.CharField(blank=True, default='', max_length=400)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('opened_until', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, default='', max_length=12)),
                ('answer_document', models.CharField(blank=True, default='', max_length=80)),
            ],
            options={
                'db_table': 'privacy_lawful_query',
                'ordering': ['-entered_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SealKey',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('public_key', models.BinaryField(max_length=32)),
                ('made_at', models.DateTimeField()),
                ('head_id', models.UUIDField()),
                ('keeper_id', models.UUIDField()),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'db_table': 'privacy_seal_key',
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('event', models.CharField(max_length=12)),
                ('subject_kind', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
                ('keys', models.JSONField()),
                ('seal_number', models.CharField(blank=True, default='', max_length=40)),
                ('written_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'db_table': 'privacy_tombstone',
                'ordering': ['id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='share',
            name='share_recipient_known',
        ),
        migrations.AddField(
            model_name='subjectkey',
            name='opened_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='subjectkey',
            name='seal_key_id',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='subjectkey',
            name='sealed_key',
            field=models.BinaryField(blank=True, max_length=200, null=True),
        ),
        migrations.AlterField(
            model_name='share',
            name='recipient_kind',
            field=models.CharField(choices=[('department', '有关部门'), ('court', '法院'), ('procuratorate', '检察院'), ('police', '公安机关'), ('legal_aid', '法律援助机构'), ('arbitration', '仲裁机构'), ('notary', '公证机构'), ('correction_agency', '其他社区矫正机构'), ('city', '市级机关'), ('civil_affairs', '民政部门'), ('education', '教育部门'), ('counterpart', '对方当事人'), ('person', '本人或其监护人'), ('lawful_query', '依法查询单位'), ('export', '导出文件')], max_length=20),
        ),
        migrations.AddIndex(
            model_name='subjectkey',
            index=models.Index(condition=models.Q(('opened_until__isnull', False)), fields=['opened_until'], name='subject_key_opened'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.CheckConstraint(condition=models.Q(('recipient_kind__in', ['department', 'court', 'procuratorate', 'police', 'legal_aid', 'arbitration', 'notary', 'correction_agency', 'city', 'civil_affairs', 'education', 'counterpart', 'person', 'lawful_query', 'export'])), name='share_recipient_known'),
        ),
        migrations.AddConstraint(
            model_name='subjectkey',
            constraint=models.CheckConstraint(condition=models.Q(('destroyed_at__isnull', True), ('sealed_key__isnull', True), _connector='OR'), name='subject_key_destroyed_not_sealed'),
        ),
        migrations.AddConstraint(
            model_name='subjectkey',
            constraint=models.CheckConstraint(condition=models.Q(('sealed_key__isnull', True), models.Q(('seal_key_id__isnull', False), models.Q(('wrapped_key', b''), ('opened_until__isnull', False), _connector='OR')), _connector='OR'), name='subject_key_sealed_is_closed'),
        ),
        migrations.AddIndex(
            model_name='closing',
            index=models.Index(fields=['subject_kind', 'state'], name='closing_of_kind'),
        ),
        migrations.AddIndex(
            model_name='closing',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['restrict_on'], name='closing_to_restrict'),
        ),
        migrations.AddIndex(
            model_name='closing',
            index=models.Index(condition=models.Q(('state', 'restricted')), fields=['seal_due_at'], name='closing_to_seal'),
        ),
        migrations.AddIndex(
            model_name='closing',
            index=models.Index(fields=['retention_until'], name='closing_retention'),
        ),
        migrations.AddIndex(
            model_name='closing',
            index=models.Index(condition=models.Q(('opened_until__isnull', False)), fields=['opened_until'], name='closing_opened'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.UniqueConstraint(fields=('subject_kind', 'subject_id'), name='closing_once'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'restricted', 'sealed', 'destroyed'])), name='closing_state_known'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'sealed'), _negated=True), ('seal_number__isnull', False), _connector='OR'), name='closing_sealed_has_number'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(('opened_until__isnull', True), ('state', 'sealed'), _connector='OR'), name='closing_opens_what_is_sealed'),
        ),
        migrations.AddField(
            model_name='destructionentry',
            name='closing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='privacy.closing'),
        ),
        migrations.AddConstraint(
            model_name='destructionlist',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'signed', 'destroyed', 'cancelled'])), name='destruction_state_known'),
        ),
        migrations.AddConstraint(
            model_name='destructionlist',
            constraint=models.CheckConstraint(condition=models.Q(('second_id__isnull', True), models.Q(('first_id', models.F('second_id')), _negated=True), _connector='OR'), name='destruction_two_people'),
        ),
        migrations.AddConstraint(
            model_name='destructionlist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'destroyed'), _negated=True), models.Q(('first_id__isnull', False), ('second_id__isnull', False)), _connector='OR'), name='destruction_signed_twice'),
        ),
        migrations.AddField(
            model_name='destructionentry',
            name='list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='privacy.destructionlist'),
        ),
        migrations.AddConstraint(
            model_name='lawfulquery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['entered', 'approved', 'opened', 'answered', 'refused'])), name='query_state_known'),
        ),
        migrations.AddConstraint(
            model_name='lawfulquery',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('entered_by')), _negated=True), _connector='OR'), name='query_two_people'),
        ),
        migrations.AddConstraint(
            model_name='lawfulquery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['answered', 'refused']), _negated=True), models.Q(('answer_document', ''), _negated=True), models.Q(('refused_because', ''), _negated=True), _connector='OR'), name='query_answered_in_writing'),
        ),
        migrations.AddConstraint(
            model_name='sealkey',
            constraint=models.CheckConstraint(condition=models.Q(('head_id', models.F('keeper_id')), _negated=True), name='seal_key_two_holders'),
        ),
        migrations.AddConstraint(
            model_name='sealkey',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at__isnull', True)), fields=('retired_at',), name='seal_key_one_in_use', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='tombstone',
            index=models.Index(condition=models.Q(('written_at__isnull', True)), fields=['id'], name='tombstone_unwritten'),
        ),
        migrations.AddConstraint(
            model_name='destructionentry',
            constraint=models.UniqueConstraint(fields=('list', 'closing'), name='destruction_entry_once'),
        ),
        migrations.RunSQL(
            sqlfile.load("privacy", "closings_stay"),
            """
            drop trigger privacy_closing_stays on privacy_closing;
            drop trigger privacy_tombstone_only_grows on privacy_tombstone;
            drop trigger privacy_destruction_list_stays on privacy_destruction_list;
            drop trigger privacy_destruction_entry_stays on privacy_destruction_entry;
            drop trigger privacy_lawful_query_stays on privacy_lawful_query;
            drop trigger privacy_seal_key_stays on privacy_seal_key
            """,
        ),
    ]
