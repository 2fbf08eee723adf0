"""Sheets, calls and clocks of reports."""

import django.contrib.postgres.fields
import django.db.models.deletion
import edge.encryption
import kernel.ids
import liaison.grounds
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_area_search'),
        ('grids', '0007_drafts_by_code'),
        ('liaison', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportCall',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('called_at', models.DateTimeField()),
                ('reached', models.BooleanField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['report', 'called_at', 'id'],
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
            ],
            options={
                'ordering': ['report', 'sent_at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='report',
            name='answer',
            field=models.CharField(choices=[('attended', '已到场处置'), ('case_opened', '已受案或立案'), ('admonished', '已出具告诫书'), ('person_found', '已找到人员'), ('not_ours', '不属于公安职责'), ('no_basis', '查无依据')], default='', max_length=16),
        ),
        migrations.AddField(
            model_name='report',
            name='answered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='appealed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='author_role',
            field=models.CharField(default='', max_length=24),
        ),
        migrations.AddField(
            model_name='report',
            name='call_owed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='decide_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='desk',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='report',
            name='key_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='look_again_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='not_told',
            field=models.CharField(choices=[('endangers', '告知会危及人身安全'), ('hinders', '告知会妨碍办案'), ('not_reached', '联系不上')], default='', max_length=16),
        ),
        migrations.AddField(
            model_name='report',
            name='person',
            field=edge.encryption.EncryptedField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='receipt_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='received_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='review_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='reviewed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='second_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='second_pending',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='report',
            name='second_step',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='report',
            name='sent_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='told_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='way',
            field=models.CharField(choices=[('system', '系统报送'), ('phone', '电话（110）'), ('in_person', '当面')], default=liaison.grounds.Way['SYSTEM'], max_length=12),
        ),
        migrations.AlterField(
            model_name='report',
            name='acts',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('threat', '明确威胁'), ('weapon', '持有凶器'), ('violence', '暴力或伤害'), ('stalking', '跟踪尾随'), ('domestic_violence', '家庭暴力迹象'), ('child_at_risk', '儿童处于危险'), ('self_harm_words', '自伤言语'), ('arson_words', '纵火爆炸言语'), ('repeated_police_calls', '当事人自述多次报警'), ('not_stopped', '正在违规，制止无效'), ('not_found', '失去联系，查找无果')], max_length=32), default=list, size=None),
        ),
        migrations.AlterField(
            model_name='reporttransition',
            name='report',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='liaison.report'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['desk', 'state'], name='report_of_desk'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('second_due_at__isnull', False)), fields=['second_due_at'], name='report_second_due'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('receipt_due_at__isnull', False)), fields=['receipt_due_at'], name='report_receipt_due'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('not_told', ''), ('look_again_on__isnull', False), _connector='OR'), name='report_not_told_looks_again'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['', 'attended', 'case_opened', 'admonished', 'person_found', 'not_ours', 'no_basis']), ('way__in', ['system', 'phone', 'in_person']), ('not_told__in', ['', 'endangers', 'hinders', 'not_reached'])), name='report_answers_known'),
        ),
        migrations.AddField(
            model_name='reportcall',
            name='caller',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportcall',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='liaison.report'),
        ),
        migrations.AddField(
            model_name='sheet',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='sheet',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='liaison.report'),
        ),
        migrations.AddIndex(
            model_name='sheet',
            index=models.Index(condition=models.Q(('forwarded_at__isnull', True)), fields=['organisation', 'sent_at'], name='sheet_of_station'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.UniqueConstraint(condition=models.Q(('forwarded_at__isnull', True)), fields=('report', 'recipient'), name='sheet_once_each'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(('recipient__in', ['police', 'civil_affairs', 'education', 'county_police'])), name='sheet_recipient_known'),
        ),
    ]
