import accounts.models.places
import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import edge.first_tables
import kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial'), ('accounts', '0002_area_changes')]

    initial = True

    dependencies = [
        ('privacy', '0001_tables'),
    ]

    operations = [
        edge.first_tables.FirstTables(
            tables=[
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('username', models.CharField(max_length=64, unique=True)),
                        ('name', models.CharField(max_length=100)),
                        ('state', models.CharField(choices=[('active', '在用 active'), ('suspended', '停用 suspended'), ('deleted', '注销 deleted')], default='active', max_length=12)),
                        ('scope_version', models.BigIntegerField(default=0)),
                        ('created_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['username'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['active', 'suspended', 'deleted'])), name='user_state_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Area',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('code', models.CharField(max_length=12)),
                        ('name', models.CharField(max_length=100)),
                        ('level', models.CharField(choices=[('province', '省 province'), ('city', '市 city'), ('district', '区县 district'), ('street', '街道 street'), ('community', '社区 community')], max_length=12)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(blank=True, null=True)),
                        ('code_from', models.DateField(blank=True, null=True)),
                        ('search', models.CharField(blank=True, default='', max_length=600)),
                        ('rev', models.BigIntegerField(default=0)),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                    ],
                    options={
                        'ordering': ['code'],
                        'indexes': [models.Index(fields=['code'], name='area_by_code')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{12}$')), name='area_code_twelve_digits'), models.CheckConstraint(condition=models.Q(('level__in', ['province', 'city', 'district', 'street', 'community'])), name='area_level_known'), models.CheckConstraint(condition=models.Q(('level', 'province'), ('parent__isnull', False), _connector='OR'), name='area_has_parent'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='area_dates_ordered'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), (accounts.models.places.DateRange(django.db.models.functions.comparison.Coalesce('code_from', 'valid_from'), 'valid_to'), '&&')], name='area_code_once_a_day'), models.CheckConstraint(condition=models.Q(('code_from__isnull', True), ('code_from__gte', models.F('valid_from')), _connector='OR'), name='area_code_within_its_days')],
                    },
                ),
                migrations.CreateModel(
                    name='AreaChange',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('recoded', '变更代码 recoded'), ('renamed', '更名 renamed'), ('moved', '改变隶属 moved'), ('merged', '并入 merged'), ('split', '拆分 split')], max_length=8)),
                        ('day', models.DateField()),
                        ('old_code', models.CharField(max_length=12)),
                        ('new_code', models.CharField(max_length=12)),
                        ('old_name', models.CharField(max_length=100)),
                        ('new_name', models.CharField(max_length=100)),
                        ('document', models.CharField(blank=True, default='', max_length=200)),
                        ('created_at', models.DateTimeField()),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('into', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                        ('old_parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                    ],
                    options={
                        'ordering': ['-day', 'old_code', 'new_code'],
                        'indexes': [models.Index(fields=['area', 'day'], name='areachange_of_area'), models.Index(fields=['old_code'], name='areachange_by_old_code')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['recoded', 'renamed', 'moved', 'merged', 'split'])), name='areachange_kind_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['merged', 'split']), ('into', models.F('area')), _connector='OR'), name='areachange_goes_on_as_itself'), models.UniqueConstraint(fields=('area', 'into', 'day', 'old_code'), name='areachange_once_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Device',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('public_key', models.CharField(blank=True, default='', max_length=200)),
                        ('label', models.CharField(blank=True, default='', max_length=100)),
                        ('platform', models.CharField(blank=True, default='', max_length=40)),
                        ('app_version', models.CharField(blank=True, default='', max_length=40)),
                        ('state', models.CharField(choices=[('pending', '待启用 pending'), ('active', '在用 active'), ('suspended', '停用 suspended'), ('lost', '丢失 lost'), ('wiped', '已擦除 wiped'), ('retired', '退役 retired')], default='pending', max_length=12)),
                        ('state_at', models.DateTimeField()),
                        ('state_reason', models.CharField(blank=True, default='', max_length=200)),
                        ('lost_at', models.DateTimeField(blank=True, null=True)),
                        ('wiped_at', models.DateTimeField(blank=True, null=True)),
                        ('wipe_order', models.UUIDField(blank=True, null=True)),
                        ('seen_on', models.DateField(blank=True, null=True)),
                        ('created_at', models.DateTimeField()),
                        ('enrolled_at', models.DateTimeField(blank=True, null=True)),
                        ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='privacy.subjectkey')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                    ],
                    options={
                        'ordering': ['-created_at', 'id'],
                        'indexes': [models.Index(fields=['user'], name='device_of_user')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'active', 'suspended', 'lost', 'wiped', 'retired'])), name='device_state_known'), models.UniqueConstraint(condition=models.Q(('public_key', ''), _negated=True), fields=('public_key',), name='device_key_once'), models.CheckConstraint(condition=models.Q(('public_key', ''), ('state__in', ['active', 'suspended', 'lost', 'wiped']), _negated=True), name='device_in_use_has_key'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'lost'), _negated=True), models.Q(('lost_at__isnull', False), ('wipe_order__isnull', False)), _connector='OR'), name='device_lost_has_order')],
                    },
                ),
                migrations.CreateModel(
                    name='EnrolmentCode',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('selector', models.CharField(max_length=8, unique=True)),
                        ('secret_digest', models.BinaryField(max_length=32)),
                        ('issued_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField(blank=True, null=True)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('used_at', models.DateTimeField(blank=True, null=True)),
                        ('device', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.device')),
                        ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'accounts_enrolment_code',
                        'ordering': ['-issued_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('tries__lte', 5)), name='enrolment_five_tries')],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('role', models.CharField(max_length=24)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(blank=True, null=True)),
                        ('state', models.CharField(choices=[('proposed', '待确认 proposed'), ('confirmed', '生效 confirmed'), ('ended', '终止 ended')], default='proposed', max_length=12)),
                        ('power', models.CharField(blank=True, default='', max_length=12)),
                        ('acting_document', models.CharField(blank=True, default='', max_length=200)),
                        ('proposed_at', models.DateTimeField()),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('end_reason', models.CharField(blank=True, default='', max_length=200)),
                        ('acting_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                        ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ],
                    options={
                        'ordering': ['-proposed_at', 'id'],
                        'indexes': [models.Index(fields=['user', 'state'], name='membership_of_user'), models.Index(fields=['organisation', 'role'], name='membership_of_organisation')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'confirmed', 'ended'])), name='membership_state_known'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='membership_dates_ordered'), models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('user')), _negated=True), _connector='OR'), name='membership_not_confirmed_by_self'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='membership_confirmed_has_time'), models.CheckConstraint(condition=models.Q(('acting_for__isnull', True), models.Q(('acting_document', ''), _negated=True), _connector='OR'), name='membership_acting_has_document'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'ended'), _negated=True), expressions=[('user', '='), ('organisation', '='), ('role', '='), (accounts.models.places.DateRange('valid_from', 'valid_to'), '&&')], name='membership_once_a_day'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), models.Q(('power', ''), _negated=True)), expressions=[('user', '='), ('power', '<>'), (accounts.models.places.DateRange('valid_from', 'valid_to'), '&&')], name='membership_powers_exclude')],
                    },
                ),
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=150)),
                        ('kind', models.CharField(choices=[('district_government', '区政府 district government'), ('street', '街道办事处 street office'), ('community', '社区 community'), ('mediation_centre', '街道调解中心 mediation centre'), ('committee', "人民调解委员会 people's mediation committee"), ('station', '司法所 justice station'), ('agency', '社区矫正机构 correction agency'), ('bureau', '司法局 justice bureau'), ('police_station', '派出所 police station'), ('procuratorate', '检察院 procuratorate'), ('department', '职能部门 department'), ('complaints_office', '投诉受理 complaints office')], max_length=24)),
                        ('phone', models.CharField(blank=True, default='', max_length=40)),
                        ('created_at', models.DateTimeField()),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                        ('head', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('superior', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ],
                    options={
                        'ordering': ['name'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['district_government', 'street', 'community', 'mediation_centre', 'committee', 'station', 'agency', 'bureau', 'police_station', 'procuratorate', 'department', 'complaints_office'])), name='organisation_kind_known'), models.CheckConstraint(condition=models.Q(('superior', models.F('id')), _negated=True), name='organisation_not_own_superior'), models.UniqueConstraint(fields=('area', 'kind', 'name'), name='organisation_named_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PasswordLink',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('secret_digest', models.BinaryField(max_length=32)),
                        ('issued_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('used_at', models.DateTimeField(blank=True, null=True)),
                        ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'accounts_password_link',
                        'ordering': ['-issued_at'],
                    },
                ),
                migrations.CreateModel(
                    name='RefreshFamily',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('created_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_for', models.CharField(blank=True, default='', max_length=40)),
                        ('device', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.device')),
                        ('membership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'accounts_refresh_family',
                        'ordering': ['-created_at'],
                        'indexes': [models.Index(condition=models.Q(('revoked_at__isnull', True)), fields=['user'], name='family_of_user'), models.Index(condition=models.Q(('revoked_at__isnull', True)), fields=['device'], name='family_of_device')],
                    },
                ),
                migrations.CreateModel(
                    name='RefreshToken',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('generation', models.PositiveIntegerField()),
                        ('key_id', models.UUIDField()),
                        ('issued_at', models.DateTimeField()),
                        ('used_at', models.DateTimeField(blank=True, null=True)),
                        ('nonce', models.CharField(blank=True, default='', max_length=64)),
                        ('family', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.refreshfamily')),
                    ],
                    options={
                        'db_table': 'accounts_refresh_token',
                        'ordering': ['family', 'generation'],
                        'constraints': [models.UniqueConstraint(fields=('family', 'generation'), name='refresh_one_per_generation'), models.CheckConstraint(condition=models.Q(models.Q(('nonce', ''), ('used_at__isnull', True)), models.Q(('used_at__isnull', False), models.Q(('nonce', ''), _negated=True)), _connector='OR'), name='refresh_used_has_nonce')],
                    },
                ),
            ],
        ),
    ]
