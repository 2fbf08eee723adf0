"""What the party of a referral lets go; a set names its referral; urgency is read off a day."""

import django.contrib.postgres.fields
import django.db.models.deletion
import kernel.ids
from django.conf import settings
from django.db import migrations, models

from edge import sqlfile


class Migration(migrations.Migration):

    dependencies = [
        ('mediation', '0006_consents_in_force'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReferralWord',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('papers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('application', '调解申请书'), ('agreement', '调解协议'), ('ways_notice', '终止调解（不予受理）告知书'), ('identity', '证件号码和身份证明'), ('contact', '联系电话'), ('evidence', '本人提交的证据材料')], max_length=16), default=list, size=None)),
                ('said_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'mediation_referral_word',
                'ordering': ['recorded_at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='referral',
            name='limit_on',
            field=models.DateField(null=True),
        ),
        migrations.RunSQL(sqlfile.load("mediation", "referral_limits")),
        migrations.RemoveField(
            model_name='referral',
            name='urgent',
        ),
        migrations.AddField(
            model_name='dossiercopy',
            name='referral',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mediation.referral'),
        ),
        migrations.AddConstraint(
            model_name='dossiercopy',
            constraint=models.CheckConstraint(condition=models.Q(('referral', None), ('kind', 'transfer'), _connector='OR'), name='copy_of_a_referral_is_a_set'),
        ),
        migrations.AddField(
            model_name='referralword',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referralword',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='mediation.referral'),
        ),
        migrations.AddConstraint(
            model_name='referralword',
            constraint=models.CheckConstraint(condition=models.Q(('papers__contained_by', ['application', 'agreement', 'ways_notice', 'identity', 'contact', 'evidence'])), name='referral_word_parts_known'),
        ),
        migrations.AddConstraint(
            model_name='referralword',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fields', []), _negated=True), ('papers', []), _connector='OR'), name='referral_word_no_papers_without_fields'),
        ),
        migrations.RunSQL(sqlfile.load("mediation", "referral_word_append_only")),
    ]
