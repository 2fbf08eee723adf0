import accounts.models.places
import django.contrib.gis.db.models.fields
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import edge.first_tables
import grids.machine
import kernel.codes.law
import kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('grids', '0001_initial'), ('grids', '0002_handovers'), ('grids', '0003_maps'), ('grids', '0004_releases'), ('grids', '0005_pack_parts'), ('grids', '0006_restamps_told')]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
    ]

    operations = [
        edge.first_tables.FirstTables(
            tables=[
                migrations.CreateModel(
                    name='CodeTableRow',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=40, unique=True)),
                        ('entries', models.JSONField()),
                        ('rev', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='PackPart',
                    fields=[
                        ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ('media_type', models.CharField(max_length=60)),
                        ('body', models.BinaryField()),
                        ('size', models.PositiveIntegerField()),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['made_at'],
                    },
                ),
                migrations.CreateModel(
                    name='BoundaryRelease',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('title', models.CharField(max_length=150)),
                        ('source', models.CharField(max_length=200)),
                        ('crs', models.CharField(max_length=12)),
                        ('synthetic', models.BooleanField(default=False)),
                        ('covers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                        ('state', models.CharField(choices=[('draft', '草稿'), ('validated', '已校验'), ('published', '已发布'), ('superseded', '已被取代')], default=grids.machine.ReleaseState['DRAFT'], max_length=12)),
                        ('findings', models.JSONField(blank=True, default=dict)),
                        ('imported_at', models.DateTimeField()),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('valid_from', models.DateField(blank=True, null=True)),
                        ('announced_at', models.DateTimeField(blank=True, null=True)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                        ('imported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-imported_at'],
                        'indexes': [models.Index(condition=models.Q(('announced_at__isnull', True), ('state', 'published')), fields=['valid_from'], name='release_to_announce')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'validated', 'published', 'superseded'])), name='release_state_known'), models.CheckConstraint(condition=models.Q(('crs__in', ['WGS84', 'CGCS2000', 'GCJ02', 'BD09']), ('crs__regex', '^EPSG:45(3[4-9]|4[0-9]|5[0-4])$'), _connector='OR'), name='release_crs_declared'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['draft', 'validated']), ('valid_from__isnull', True)), models.Q(('state__in', ['published', 'superseded']), ('valid_from__isnull', False)), _connector='OR'), name='release_published_has_day')],
                    },
                ),
                migrations.CreateModel(
                    name='BoundaryImport',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('title', models.CharField(max_length=150)),
                        ('file_name', models.CharField(max_length=150)),
                        ('size', models.BigIntegerField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('declared', models.JSONField()),
                        ('state', models.CharField(choices=[('waiting', '待上传'), ('queued', '排队中'), ('running', '处理中'), ('done', '已完成'), ('refused', '已退回'), ('failed', '失败')], default=grids.machine.ImportState['WAITING'], max_length=10)),
                        ('step', models.CharField(blank=True, default='', max_length=12)),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('total', models.PositiveIntegerField(default=0)),
                        ('counts', models.JSONField(blank=True, default=dict)),
                        ('refused', models.CharField(blank=True, default='', max_length=400)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('created_role', models.CharField(blank=True, default='', max_length=24)),
                        ('created_organisation', models.UUIDField(blank=True, null=True)),
                        ('created_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                        ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('release', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='grids.boundaryrelease')),
                    ],
                    options={
                        'ordering': ['-created_at', 'id'],
                        'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'running'])), fields=['started_at'], name='boundary_import_running')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'queued', 'running', 'done', 'refused', 'failed'])), name='boundary_import_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('release__isnull', False), ('ended_at__isnull', False), _connector='OR'), name='boundary_import_done_ended')],
                    },
                ),
                migrations.CreateModel(
                    name='AreaShape',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('geom', django.contrib.gis.db.models.fields.MultiPolygonField(spatial_index=False, srid=4326)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(blank=True, null=True)),
                        ('announced', models.BooleanField(default=False)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                        ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='grids.boundaryrelease')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['release'], name='areashape_of_release'), models.Index(fields=['area'], name='areashape_of_area'), django.contrib.postgres.indexes.GistIndex(models.F('geom'), name='areashape_geom')],
                        'constraints': [models.UniqueConstraint(fields=('area', 'release'), name='areashape_once_a_release'), models.UniqueConstraint(condition=models.Q(('announced', True)), fields=('area',), name='areashape_announced_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='areashape_dates_ordered'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('area', '='), (accounts.models.places.DateRange('valid_from', 'valid_to'), '&&')], name='areashape_once_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='DraftRow',
                    fields=[
                        ('pk', models.CompositePrimaryKey('release', 'code', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('level', models.CharField(max_length=10)),
                        ('number', models.PositiveIntegerField()),
                        ('code', models.CharField(max_length=15)),
                        ('name', models.CharField(max_length=100)),
                        ('kind', models.CharField(blank=True, default='', max_length=1)),
                        ('households', models.PositiveIntegerField(blank=True, null=True)),
                        ('geom', django.contrib.gis.db.models.fields.GeometryField(spatial_index=False, srid=4326)),
                        ('release', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='grids.boundaryrelease')),
                    ],
                    options={
                        'ordering': ['release', 'level', 'code'],
                    },
                ),
                migrations.CreateModel(
                    name='Finding',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('row', models.PositiveIntegerField()),
                        ('code', models.CharField(blank=True, default='', max_length=20)),
                        ('kind', models.CharField(max_length=20)),
                        ('severity', models.CharField(choices=[('error', '错误'), ('warning', '提醒'), ('note', '说明')], max_length=8)),
                        ('facts', models.JSONField(default=dict)),
                        ('geom', django.contrib.gis.db.models.fields.GeometryField(null=True, spatial_index=False, srid=4326)),
                        ('of_import', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='grids.boundaryimport')),
                        ('release', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='grids.boundaryrelease')),
                    ],
                    options={
                        'ordering': ['id'],
                        'indexes': [models.Index(condition=models.Q(('release__isnull', False)), fields=['release', 'id'], name='finding_of_release'), models.Index(condition=models.Q(('of_import__isnull', False)), fields=['of_import', 'id'], name='finding_of_import')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('of_import__isnull', True), ('release__isnull', True), _connector='XOR'), name='finding_of_one'), models.CheckConstraint(condition=models.Q(('kind__in', ['unreadable', 'no_geometry', 'empty', 'no_area', 'third_dimension', 'vertices', 'not_finite', 'not_degrees', 'not_metres', 'ring', 'outside', 'too_narrow', 'code', 'code_missing', 'code_doubled', 'name', 'kind', 'households', 'no_above', 'not_yours', 'nothing_common', 'overlap', 'gap', 'sliver', 'not_noded', 'beyond', 'elsewhere', 'no_parent_shape', 'parts', 'holes', 'size_households', 'size_area', 'renamed', 'ends', 'snapped']), ('severity__in', ['error', 'warning', 'note'])), name='finding_codes_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Grid',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('code', models.CharField(max_length=15, unique=True)),
                        ('name', models.CharField(max_length=100)),
                        ('kind', models.CharField(choices=[('1', '综合网格'), ('2', '专属网格'), ('3', '微网格')], default=kernel.codes.law.GridType['COMPREHENSIVE'], max_length=1)),
                        ('households', models.PositiveIntegerField(blank=True, null=True)),
                        ('duties', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), blank=True, default=list, size=None)),
                        ('synthetic', models.BooleanField(default=False)),
                        ('rev', models.BigIntegerField(default=0)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                    ],
                    options={
                        'ordering': ['code'],
                        'indexes': [models.Index(fields=['community'], name='grid_of_community')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{14,15}$')), name='grid_code_digits'), models.CheckConstraint(condition=models.Q(('kind__in', ['1', '2', '3'])), name='grid_kind_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Assignment',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('primary', '主 primary'), ('backup', '备 backup')], max_length=8)),
                        ('phone', models.CharField(blank=True, default='', max_length=40)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(blank=True, null=True)),
                        ('closed', models.BooleanField(default=False)),
                        ('created_at', models.DateTimeField()),
                        ('rev', models.BigIntegerField(default=0)),
                        ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('grid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grids.grid')),
                    ],
                    options={
                        'ordering': ['grid', 'kind', 'valid_from'],
                        'indexes': [models.Index(fields=['worker', 'grid'], name='assignment_of_worker'), models.Index(fields=['grid'], name='assignment_of_grid')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['primary', 'backup'])), name='assignment_kind_known'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='assignment_dates_ordered'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('kind', 'primary')), expressions=[('grid', '='), (accounts.models.places.DateRange('valid_from', 'valid_to'), '&&')], name='assignment_one_primary'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('grid', '='), ('worker', '='), (accounts.models.places.DateRange('valid_from', 'valid_to'), '&&')], name='assignment_once_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='GridShape',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('geom', django.contrib.gis.db.models.fields.MultiPolygonField(spatial_index=False, srid=4326)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(blank=True, null=True)),
                        ('announced', models.BooleanField(default=False)),
                        ('name', models.CharField(max_length=100)),
                        ('kind', models.CharField(choices=[('1', '综合网格'), ('2', '专属网格'), ('3', '微网格')], default=kernel.codes.law.GridType['COMPREHENSIVE'], max_length=1)),
                        ('households', models.PositiveIntegerField(blank=True, null=True)),
                        ('grid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grids.grid')),
                        ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='grids.boundaryrelease')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['release'], name='gridshape_of_release'), models.Index(fields=['grid'], name='gridshape_of_grid'), django.contrib.postgres.indexes.GistIndex(models.F('geom'), name='gridshape_geom')],
                        'constraints': [models.UniqueConstraint(fields=('grid', 'release'), name='gridshape_once_a_release'), models.UniqueConstraint(condition=models.Q(('announced', True)), fields=('grid',), name='gridshape_announced_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='gridshape_dates_ordered'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('grid', '='), (accounts.models.places.DateRange('valid_from', 'valid_to'), '&&')], name='gridshape_once_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Handover',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('note', models.CharField(max_length=2000)),
                        ('created_at', models.DateTimeField()),
                        ('taken_at', models.DateTimeField(null=True)),
                        ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grids.assignment')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('grid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grids.grid')),
                        ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-created_at', 'id'],
                        'indexes': [models.Index(fields=['grid', '-created_at'], name='handover_of_grid')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='handover_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False), models.Q(('taken_by', models.F('author')), _negated=True)), _connector='OR'), name='handover_taken_by_another')],
                    },
                ),
                migrations.CreateModel(
                    name='LeaveArea',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('geom', django.contrib.gis.db.models.fields.MultiPolygonField(srid=4326)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(blank=True, null=True)),
                        ('confirmed_at', models.DateTimeField()),
                        ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                    ],
                    options={
                        'ordering': ['unit', 'valid_from'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='leavearea_dates_ordered'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('unit', '='), (accounts.models.places.DateRange('valid_from', 'valid_to'), '&&')], name='leavearea_once_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='LeaveAreaMember',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                        ('leave_area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='grids.leavearea')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('leave_area', 'area'), name='leaveareamember_once')],
                    },
                ),
                migrations.CreateModel(
                    name='MapKey',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('program', models.CharField(max_length=80)),
                        ('digest', models.BinaryField(max_length=32)),
                        ('created_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('last_used_on', models.DateField(blank=True, null=True)),
                        ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-created_at'],
                        'indexes': [models.Index(condition=models.Q(('revoked_at__isnull', True)), fields=['user'], name='mapkey_of_user')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='mapkey_dates_ordered')],
                    },
                ),
                migrations.CreateModel(
                    name='MapShape',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('geom', django.contrib.gis.db.models.fields.MultiPolygonField(spatial_index=False, srid=3857)),
                        ('geom_z12', django.contrib.gis.db.models.fields.MultiPolygonField(null=True, spatial_index=False, srid=3857)),
                        ('geom_z10', django.contrib.gis.db.models.fields.MultiPolygonField(null=True, spatial_index=False, srid=3857)),
                        ('geom_z4', django.contrib.gis.db.models.fields.MultiPolygonField(null=True, spatial_index=False, srid=3857)),
                        ('area_shape', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='grids.areashape')),
                        ('grid_shape', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='grids.gridshape')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('grid_shape__isnull', True), ('area_shape__isnull', True), _connector='XOR'), name='mapshape_of_one')],
                    },
                ),
                migrations.CreateModel(
                    name='Pack',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('source', models.CharField(max_length=64)),
                        ('grids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                        ('manifest', models.JSONField()),
                        ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None)),
                        ('sha256', models.CharField(max_length=64)),
                        ('made_at', models.DateTimeField()),
                        ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-made_at'],
                        'indexes': [models.Index(fields=['worker', '-made_at'], name='pack_of_worker'), django.contrib.postgres.indexes.GinIndex(fields=['parts'], name='pack_by_part')],
                        'constraints': [models.UniqueConstraint(fields=('worker', 'source'), name='pack_once_a_source')],
                    },
                ),
                migrations.CreateModel(
                    name='Restamp',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('kind', models.CharField(max_length=24)),
                        ('record_id', models.UUIDField()),
                        ('told', models.BooleanField(default=True)),
                        ('at', models.DateTimeField()),
                        ('from_grid', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grids.grid')),
                        ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grids.boundaryrelease')),
                        ('to_grid', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grids.grid')),
                    ],
                    options={
                        'ordering': ['id'],
                        'indexes': [models.Index(fields=['kind', 'record_id'], name='restamp_of_record')],
                        'constraints': [models.UniqueConstraint(fields=('release', 'kind', 'record_id'), name='restamp_once_a_release')],
                    },
                ),
            ],
        ),
    ]
