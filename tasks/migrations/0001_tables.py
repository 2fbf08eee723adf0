import django.contrib.postgres.constraints
import django.db.models.deletion
import edge.first_tables
import kernel.ids
import tasks.codes
import tasks.models.duty
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('tasks', '0001_initial'), ('tasks', '0002_duty_list'), ('tasks', '0003_call_up_and_feedback'), ('tasks', '0004_paper_entries'), ('tasks', '0005_hand_overs')]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('grids', '0001_tables'),
    ]

    operations = [
        edge.first_tables.FirstTables(
            tables=[
                migrations.CreateModel(
                    name='HandOver',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('role', models.CharField(choices=[('grid_worker', '网格员'), ('community_coordinator', '社区协调员'), ('centre_clerk', '调解中心登记员'), ('mediator', '人民调解员'), ('centre_director', '调解中心主任'), ('committee_keeper', '调委会文书'), ('duty_officer', '值班员'), ('station_officer', '司法所工作人员'), ('agency_officer', '矫正机构工作人员'), ('agency_head', '矫正机构负责人'), ('bureau_head', '司法局负责人'), ('liaison_officer', '公安联络员'), ('complaints_desk', '投诉受理'), ('procurator', '检察'), ('auditor', '审计员'), ('district_admin', '区管理员'), ('analyst', '统计分析'), ('archive_keeper', '档案管理')], max_length=24)),
                        ('reason', models.CharField(choices=[('shift_end', '交班'), ('leave', '休假'), ('departure', '离任'), ('absent', '未交接离岗')], max_length=12)),
                        ('note', models.CharField(blank=True, default='', max_length=2000)),
                        ('written_at', models.DateTimeField()),
                        ('taken_at', models.DateTimeField(null=True)),
                        ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('taken_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('to_person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('written_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'tasks_hand_over',
                        'ordering': ['-written_at', 'id'],
                        'indexes': [models.Index(fields=['organisation', 'role', 'written_at'], name='hand_over_of_organisation')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['shift_end', 'leave', 'departure', 'absent'])), name='hand_over_reason_known'), models.CheckConstraint(condition=models.Q(('taken_by__isnull', True), models.Q(('taken_by', models.F('person')), _negated=True), _connector='OR'), name='hand_over_not_to_self'), models.CheckConstraint(condition=models.Q(models.Q(('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='hand_over_taken_has_time'), models.UniqueConstraint(condition=models.Q(('taken_at__isnull', True)), fields=('organisation', 'role', 'person'), name='hand_over_open_once')],
                    },
                ),
                migrations.CreateModel(
                    name='HandOverLine',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('source', models.CharField(max_length=24)),
                        ('subject_kind', models.CharField(max_length=40)),
                        ('subject_id', models.UUIDField()),
                        ('title', models.CharField(max_length=200)),
                        ('words', models.CharField(blank=True, default='', max_length=200)),
                        ('given_at', models.DateTimeField(null=True)),
                        ('hand_over', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='tasks.handover')),
                    ],
                    options={
                        'db_table': 'tasks_hand_over_line',
                        'ordering': ['source', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('hand_over', 'source', 'subject_id'), name='hand_over_line_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PaperEntry',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('subject_kind', models.CharField(max_length=40)),
                        ('subject_id', models.UUIDField()),
                        ('restricted', models.BooleanField(default=False)),
                        ('paper_on', models.DateField()),
                        ('original_at', models.CharField(max_length=120)),
                        ('entered_at', models.DateTimeField()),
                        ('compared_at', models.DateTimeField(null=True)),
                        ('compared_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entered_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ],
                    options={
                        'db_table': 'tasks_paper_entry',
                        'ordering': ['-entered_at', 'id'],
                        'indexes': [models.Index(condition=models.Q(('compared_at__isnull', True)), fields=['organisation', 'entered_at'], name='paper_to_compare')],
                        'constraints': [models.UniqueConstraint(fields=('subject_kind', 'subject_id'), name='paper_entered_once'), models.CheckConstraint(condition=models.Q(('original_at', ''), _negated=True), name='paper_original_kept_somewhere'), models.CheckConstraint(condition=models.Q(('compared_by__isnull', True), models.Q(('compared_by', models.F('entered_by')), _negated=True), _connector='OR'), name='paper_compared_by_a_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('compared_at__isnull', True), ('compared_by__isnull', True)), models.Q(('compared_at__isnull', False), ('compared_by__isnull', False)), _connector='OR'), name='paper_compared_has_time')],
                    },
                ),
                migrations.CreateModel(
                    name='Task',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('gather', '补充核实信息'), ('settle', '上门调处'), ('follow_up', '回访'), ('notify', '通知送达'), ('accompany', '陪同到场'), ('patrol', '巡查'), ('review', '审核'), ('answer', '答复'), ('feedback', '处理结果反馈'), ('call_up', '紧急情况无人查看，请立即处置')], max_length=24)),
                        ('state', models.CharField(choices=[('open', '待办'), ('done', '已办'), ('cancelled', '已取消')], default=tasks.codes.TaskState['OPEN'], max_length=10)),
                        ('due_at', models.DateTimeField(blank=True, null=True)),
                        ('role', models.CharField(choices=[('grid_worker', '网格员'), ('community_coordinator', '社区协调员'), ('centre_clerk', '调解中心登记员'), ('mediator', '人民调解员'), ('centre_director', '调解中心主任'), ('committee_keeper', '调委会文书'), ('duty_officer', '值班员'), ('station_officer', '司法所工作人员'), ('agency_officer', '矫正机构工作人员'), ('agency_head', '矫正机构负责人'), ('bureau_head', '司法局负责人'), ('liaison_officer', '公安联络员'), ('complaints_desk', '投诉受理'), ('procurator', '检察'), ('auditor', '审计员'), ('district_admin', '区管理员'), ('analyst', '统计分析'), ('archive_keeper', '档案管理')], max_length=24)),
                        ('subject_kind', models.CharField(max_length=40)),
                        ('subject_id', models.UUIDField()),
                        ('created_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('rev', models.BigIntegerField(default=0)),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                        ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('grid', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grids.grid')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ],
                    options={
                        'ordering': ['due_at', 'id'],
                        'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['assignee', 'role', 'due_at'], name='task_open_of_person'), models.Index(condition=models.Q(('state', 'open')), fields=['organisation', 'role', 'due_at'], name='task_open_of_organisation'), models.Index(fields=['subject_kind', 'subject_id'], name='task_of_subject')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['gather', 'settle', 'follow_up', 'notify', 'accompany', 'patrol', 'review', 'answer', 'feedback', 'call_up'])), name='task_kind_known'), models.CheckConstraint(condition=models.Q(('role__in', ['grid_worker', 'community_coordinator', 'centre_clerk', 'mediator', 'centre_director', 'committee_keeper', 'duty_officer', 'station_officer', 'agency_officer', 'agency_head', 'bureau_head', 'liaison_officer', 'complaints_desk', 'procurator', 'auditor', 'district_admin', 'analyst', 'archive_keeper'])), name='task_role_known'), models.CheckConstraint(condition=models.Q(('assignee__isnull', False), ('organisation__isnull', False), _connector='OR'), name='task_is_somebodys'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'open')), models.Q(('closed_at__isnull', False), ('state__in', ['done', 'cancelled'])), _connector='OR'), name='task_closed_has_time')],
                    },
                ),
                migrations.CreateModel(
                    name='DutyShift',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('post', models.CharField(choices=[('main', '主班'), ('deputy', '副班')], max_length=8)),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('entered_at', models.DateTimeField()),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                        ('cancel_reason', models.CharField(blank=True, default='', max_length=400)),
                        ('note', models.CharField(blank=True, default='', max_length=2000)),
                        ('handed_at', models.DateTimeField(blank=True, null=True)),
                        ('taken_at', models.DateTimeField(blank=True, null=True)),
                        ('entered_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('taken_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'tasks_duty_shift',
                        'ordering': ['starts_at', 'post', 'id'],
                        'indexes': [models.Index(fields=['organisation', 'starts_at'], name='duty_shift_of_organisation')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('post__in', ['main', 'deputy'])), name='duty_post_known'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='duty_times_ordered'), models.CheckConstraint(condition=models.Q(models.Q(('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('handed_at__isnull', False), ('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='duty_taken_after_handed'), models.CheckConstraint(condition=models.Q(('taken_by__isnull', True), models.Q(('taken_by', models.F('person')), _negated=True), _connector='OR'), name='duty_not_taken_by_self'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('cancelled_at__isnull', True)), expressions=[('organisation', '='), ('post', '='), (tasks.models.duty.TimeRange('starts_at', 'ends_at'), '&&')], name='duty_post_held_once'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('cancelled_at__isnull', True)), expressions=[('person', '='), (tasks.models.duty.TimeRange('starts_at', 'ends_at'), '&&')], name='duty_person_in_one_place')],
                    },
                ),
            ],
        ),
    ]
