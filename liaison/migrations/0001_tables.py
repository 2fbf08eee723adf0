import django.contrib.postgres.fields
import django.db.models.deletion
import edge.encryption
import edge.first_tables
import kernel.ids
import liaison.grounds
import liaison.machine
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('liaison', '0001_initial'), ('liaison', '0002_sheets_and_clocks')]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('grids', '0001_tables'),
    ]

    operations = [
        edge.first_tables.FirstTables(
            tables=[
                migrations.CreateModel(
                    name='Report',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('rev', models.BigIntegerField(default=0)),
                        ('ground', models.CharField(choices=[('PS-1', '可能引发治安或刑事案件的纠纷（人民调解法 25）'), ('PS-2', '犯罪事实或嫌疑人（刑诉法 110）'), ('PS-3', '无或限制民事行为能力人遭受家暴（反家暴法 14）'), ('PS-4', '未成年人受侵害或面临危险（未保法 11）'), ('PS-5', '社区矫正违规未制止或查找未果（社区矫正法 30、31）'), ('PS-6', '生命财产紧急情况（个保法 13）')], max_length=4)),
                        ('state', models.CharField(choices=[('drafted', '起草'), ('proposed', '待审核'), ('returned', '退回补充'), ('declined', '不予报送'), ('approved', '同意报送'), ('sent', '已报送'), ('forwarded', '转送'), ('corrected', '已更正'), ('reviewed_after', '事后复核'), ('received', '已签收'), ('answered', '已回复'), ('questioned', '追问'), ('replied', '已答复追问'), ('withdrawn_no_basis', '无依据撤回'), ('closed', '办结')], default=liaison.machine.ReportState['DRAFTED'], max_length=20)),
                        ('source_kind', models.CharField(max_length=20)),
                        ('source_id', models.UUIDField()),
                        ('no_place_reason', models.CharField(default='', max_length=100)),
                        ('acts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('threat', '明确威胁'), ('weapon', '持有凶器'), ('violence', '暴力或伤害'), ('stalking', '跟踪尾随'), ('domestic_violence', '家庭暴力迹象'), ('child_at_risk', '儿童处于危险'), ('self_harm_words', '自伤言语'), ('arson_words', '纵火爆炸言语'), ('repeated_police_calls', '当事人自述多次报警'), ('not_stopped', '正在违规，制止无效'), ('not_found', '失去联系，查找无果')], max_length=32), default=list, size=None)),
                        ('observed_at', models.DateTimeField()),
                        ('persons_at_risk', models.PositiveSmallIntegerField(null=True)),
                        ('key_id', models.UUIDField(null=True)),
                        ('person', edge.encryption.EncryptedField(null=True)),
                        ('author_role', models.CharField(default='', max_length=24)),
                        ('reporter_masked', models.BooleanField(default=False)),
                        ('rule', models.CharField(default='', max_length=60)),
                        ('firing_id', models.UUIDField(null=True)),
                        ('way', models.CharField(choices=[('system', '系统报送'), ('phone', '电话（110）'), ('in_person', '当面')], default=liaison.grounds.Way['SYSTEM'], max_length=12)),
                        ('second_due_at', models.DateTimeField(null=True)),
                        ('second_step', models.PositiveSmallIntegerField(default=0)),
                        ('second_pending', models.BooleanField(default=False)),
                        ('appealed_at', models.DateTimeField(null=True)),
                        ('decide_due_at', models.DateTimeField(null=True)),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('receipt_due_at', models.DateTimeField(null=True)),
                        ('call_owed_at', models.DateTimeField(null=True)),
                        ('received_at', models.DateTimeField(null=True)),
                        ('review_on', models.DateField(null=True)),
                        ('review_due_at', models.DateTimeField(null=True)),
                        ('reviewed_at', models.DateTimeField(null=True)),
                        ('answer', models.CharField(choices=[('attended', '已到场处置'), ('case_opened', '已受案或立案'), ('admonished', '已出具告诫书'), ('person_found', '已找到人员'), ('not_ours', '不属于公安职责'), ('no_basis', '查无依据')], default='', max_length=16)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('told_on', models.DateField(null=True)),
                        ('not_told', models.CharField(choices=[('endangers', '告知会危及人身安全'), ('hinders', '告知会妨碍办案'), ('not_reached', '联系不上')], default='', max_length=16)),
                        ('look_again_on', models.DateField(null=True)),
                        ('created_at', models.DateTimeField()),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('desk', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('grid', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grids.grid')),
                        ('recipient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ],
                    options={
                        'ordering': ['-created_at', 'id'],
                        'indexes': [models.Index(fields=['desk', 'state'], name='report_of_desk'), models.Index(condition=models.Q(('second_due_at__isnull', False)), fields=['second_due_at'], name='report_second_due'), models.Index(condition=models.Q(('receipt_due_at__isnull', False)), fields=['receipt_due_at'], name='report_receipt_due')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('not_told', ''), ('look_again_on__isnull', False), _connector='OR'), name='report_not_told_looks_again'), models.CheckConstraint(condition=models.Q(('answer__in', ['', 'attended', 'case_opened', 'admonished', 'person_found', 'not_ours', 'no_basis']), ('way__in', ['system', 'phone', 'in_person']), ('not_told__in', ['', 'endangers', 'hinders', 'not_reached'])), name='report_answers_known'), models.CheckConstraint(condition=models.Q(('ground__in', ['PS-1', 'PS-2', 'PS-3', 'PS-4', 'PS-5', 'PS-6']), ('state__in', ['drafted', 'proposed', 'returned', 'declined', 'approved', 'sent', 'forwarded', 'corrected', 'reviewed_after', 'received', 'answered', 'questioned', 'replied', 'withdrawn_no_basis', 'closed'])), name='report_codes_known'), models.CheckConstraint(condition=models.Q(('acts', []), _negated=True), name='report_rests_on_acts'), models.CheckConstraint(condition=models.Q(('grid__isnull', False), models.Q(('no_place_reason', ''), _negated=True), _connector='OR'), name='report_place_or_reason'), models.CheckConstraint(condition=models.Q(('author__isnull', False), ('state__in', ['drafted', 'proposed', 'returned', 'declined', 'closed']), _connector='OR'), name='report_sent_by_a_person'), models.UniqueConstraint(condition=models.Q(('state__in', ['closed', 'withdrawn_no_basis']), _negated=True), fields=('source_kind', 'source_id', 'ground'), name='report_open_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ReportCall',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('called_at', models.DateTimeField()),
                        ('reached', models.BooleanField()),
                        ('at', models.DateTimeField()),
                        ('caller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='liaison.report')),
                    ],
                    options={
                        'ordering': ['report', 'called_at', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='ReportTransition',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('event', models.CharField(max_length=20)),
                        ('from_state', models.CharField(max_length=20)),
                        ('to_state', models.CharField(max_length=20)),
                        ('role', models.CharField(default='', max_length=24)),
                        ('reason', models.CharField(default='', max_length=400)),
                        ('at', models.DateTimeField()),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('report', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='liaison.report')),
                    ],
                    options={
                        'ordering': ['report', 'at', 'id'],
                        'indexes': [models.Index(fields=['report', 'at'], name='report_transition_of')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('actor__isnull', False), ('event', 'propose'), _connector='OR'), name='report_machine_only_proposes')],
                    },
                ),
                migrations.CreateModel(
                    name='Sheet',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('recipient', models.CharField(choices=[('police', '派出所'), ('civil_affairs', '民政'), ('education', '教育'), ('county_police', '县级公安机关')], max_length=16)),
                        ('fields', models.JSONField()),
                        ('sent_at', models.DateTimeField()),
                        ('forwarded_at', models.DateTimeField(null=True)),
                        ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='liaison.report')),
                    ],
                    options={
                        'ordering': ['report', 'sent_at', 'id'],
                        'indexes': [models.Index(condition=models.Q(('forwarded_at__isnull', True)), fields=['organisation', 'sent_at'], name='sheet_of_station')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('forwarded_at__isnull', True)), fields=('report', 'recipient'), name='sheet_once_each'), models.CheckConstraint(condition=models.Q(('recipient__in', ['police', 'civil_affairs', 'education', 'county_police'])), name='sheet_recipient_known')],
                    },
                ),
            ],
        ),
    ]
