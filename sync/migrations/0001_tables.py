import django.contrib.postgres.fields
import django.db.models.deletion
import edge.encryption
import edge.first_tables
import kernel.ids
import sync.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('sync', '0001_initial'), ('sync', '0002_inbox_role'), ('sync', '0003_row_shared'), ('sync', '0004_receipts_and_marks'), ('sync', '0005_signatures'), ('sync', '0006_epoch_identity'), ('sync', '0007_later_outcomes'), ('sync', '0008_unsent'), ('sync', '0009_files')]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
    ]

    operations = [
        edge.first_tables.FirstTables(
            tables=[
                migrations.CreateModel(
                    name='Mark',
                    fields=[
                        ('day', models.DateField(primary_key=True, serialize=False)),
                        ('xid', sync.fields.Xid8Field()),
                    ],
                    options={
                        'db_table': 'sync_mark',
                    },
                ),
                migrations.CreateModel(
                    name='Unsent',
                    fields=[
                        ('device', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='accounts.device')),
                        ('count', models.BigIntegerField()),
                        ('oldest_on', models.DateField(null=True)),
                        ('told_on', models.DateField()),
                    ],
                    options={
                        'db_table': 'sync_unsent',
                    },
                ),
                migrations.CreateModel(
                    name='Blob',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('key_id', models.UUIDField()),
                        ('sha256', models.BinaryField(max_length=32)),
                        ('size', models.BigIntegerField()),
                        ('type', models.TextField()),
                        ('path', models.TextField()),
                        ('served_path', models.TextField()),
                        ('served_type', models.TextField()),
                        ('width', models.IntegerField()),
                        ('height', models.IntegerField()),
                        ('created_at', models.DateTimeField()),
                    ],
                    options={
                        'db_table': 'sync_blob',
                        'constraints': [models.UniqueConstraint(fields=('key_id', 'sha256'), name='sync_blob_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Epoch',
                    fields=[
                        ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ('epoch', models.BigIntegerField(default=1)),
                        ('since', models.DateTimeField()),
                        ('identity', models.TextField(blank=True, default='')),
                    ],
                    options={
                        'db_table': 'sync_epoch',
                        'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='sync_epoch_is_one_row')],
                    },
                ),
                migrations.CreateModel(
                    name='File',
                    fields=[
                        ('id', models.UUIDField(primary_key=True, serialize=False)),
                        ('kind', models.TextField()),
                        ('record', models.UUIDField()),
                        ('item', models.UUIDField()),
                        ('role', models.CharField(max_length=24)),
                        ('key_id', models.UUIDField(null=True)),
                        ('name', edge.encryption.EncryptedField(null=True)),
                        ('type', models.TextField()),
                        ('size', models.BigIntegerField()),
                        ('sha256', models.BinaryField(max_length=32)),
                        ('state', models.TextField(default='waiting')),
                        ('code', models.TextField(blank=True, default='')),
                        ('offset', models.BigIntegerField(default=0)),
                        ('expires_at', models.DateTimeField(null=True)),
                        ('superseded', models.BooleanField(default=False)),
                        ('declared_at', models.DateTimeField()),
                        ('verified_at', models.DateTimeField(null=True)),
                        ('reviewed_at', models.DateTimeField(null=True)),
                        ('reminded_at', models.DateTimeField(null=True)),
                        ('author', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('blob', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sync.blob')),
                        ('device', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.device')),
                        ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sync.file')),
                        ('reviewed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'sync_file',
                        'indexes': [models.Index(fields=['kind', 'record'], name='sync_file_record'), models.Index(fields=['item'], name='sync_file_item'), models.Index(condition=models.Q(('expires_at__isnull', False)), fields=['expires_at'], name='sync_file_expiry'), models.Index(condition=models.Q(('reminded_at__isnull', True), ('state', 'waiting'), ('superseded', False)), fields=['declared_at'], name='sync_file_waiting')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'verified', 'refused'])), name='sync_file_state'), models.CheckConstraint(condition=models.Q(('offset__gte', 0), ('offset__lte', models.F('size'))), name='sync_file_offset'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'verified'), _negated=True), models.Q(('blob__isnull', False), ('offset', models.F('size'))), _connector='OR'), name='sync_file_verified_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='FilePart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.BigIntegerField()),
                        ('size', models.BigIntegerField()),
                        ('path', models.TextField()),
                        ('file', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sync.file')),
                    ],
                    options={
                        'db_table': 'sync_file_part',
                        'constraints': [models.UniqueConstraint(fields=('file', 'at'), name='sync_file_part_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Inbox',
                    fields=[
                        ('no', models.BigAutoField(primary_key=True, serialize=False)),
                        ('id', models.UUIDField()),
                        ('first', models.BooleanField()),
                        ('hash', models.BinaryField(max_length=32)),
                        ('role', models.CharField(default='', max_length=24)),
                        ('batch', models.UUIDField()),
                        ('kind', models.TextField(blank=True, default='')),
                        ('op', models.TextField(blank=True, default='')),
                        ('target', models.UUIDField(null=True)),
                        ('base_rev', models.BigIntegerField(default=0)),
                        ('seq', models.BigIntegerField(null=True)),
                        ('device_at', models.DateTimeField(null=True)),
                        ('received_at', models.DateTimeField()),
                        ('offset_ms', models.BigIntegerField(default=0)),
                        ('skewed', models.BooleanField(default=False)),
                        ('body', models.BinaryField()),
                        ('state', models.TextField()),
                        ('code', models.TextField(blank=True, default='')),
                        ('detail', models.TextField(blank=True, default='')),
                        ('field_errors', models.JSONField(null=True)),
                        ('rev', models.BigIntegerField(null=True)),
                        ('returned', models.BooleanField(default=False)),
                        ('changed', sync.fields.Xid8Field(null=True)),
                        ('signed', models.TextField(blank=True, default='')),
                        ('sig', models.TextField(blank=True, default='')),
                        ('not_before', models.DateTimeField(null=True)),
                        ('flags', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                        ('about', models.TextField(blank=True, default='')),
                        ('waits_for', models.UUIDField(null=True)),
                        ('forced', models.BooleanField(default=False)),
                        ('clash', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), null=True, size=None)),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('author', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('device', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.device')),
                        ('queue', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ],
                    options={
                        'db_table': 'sync_inbox',
                        'indexes': [models.Index(fields=['device', 'received_at'], name='sync_inbox_device'), models.Index(condition=models.Q(('returned', True)), fields=['kind', 'target'], name='sync_inbox_returned'), models.Index(condition=models.Q(('state', 'accepted'), _negated=True), fields=['queue', 'received_at'], name='sync_inbox_queue'), models.Index(condition=models.Q(('changed__isnull', False)), fields=['device', 'changed'], name='sync_inbox_changed'), models.Index(condition=models.Q(('op__in', ['amend', 'command'])), fields=['target'], name='sync_inbox_edits'), models.Index(condition=models.Q(('state', 'held')), fields=['waits_for'], name='sync_inbox_held'), models.Index(condition=models.Q(('state', 'held')), fields=['received_at'], name='sync_inbox_held_since')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('first', True)), fields=('id',), name='sync_inbox_id_once'), models.UniqueConstraint(fields=('id', 'author', 'hash'), name='sync_inbox_item_once'), models.CheckConstraint(condition=models.Q(('state__in', ['accepted', 'held', 'rejected', 'quarantined', 'conflict', 'not_applicable'])), name='sync_inbox_state'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), ('waits_for__isnull', False), _connector='OR'), name='sync_inbox_held_for_something')],
                    },
                ),
                migrations.CreateModel(
                    name='InboxStep',
                    fields=[
                        ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('event', models.TextField()),
                        ('from_state', models.TextField()),
                        ('to_state', models.TextField()),
                        ('code', models.TextField(blank=True, default='')),
                        ('role', models.CharField(default='', max_length=24)),
                        ('reason', models.CharField(default='', max_length=400)),
                        ('at', models.DateTimeField()),
                        ('actor', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('item', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sync.inbox')),
                    ],
                    options={
                        'db_table': 'sync_inbox_step',
                        'indexes': [models.Index(fields=['item', 'at'], name='sync_inbox_step_of')],
                    },
                ),
                migrations.CreateModel(
                    name='Intake',
                    fields=[
                        ('pk', models.CompositePrimaryKey('device', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('day', models.DateField()),
                        ('bytes', models.BigIntegerField(default=0)),
                        ('file_bytes', models.BigIntegerField(db_default=0, default=0)),
                        ('device', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.device')),
                    ],
                    options={
                        'db_table': 'sync_intake',
                    },
                ),
                migrations.CreateModel(
                    name='Row',
                    fields=[
                        ('pk', models.CompositePrimaryKey('scope', 'kind', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('scope', models.TextField(db_collation='C')),
                        ('kind', models.TextField(db_collation='C')),
                        ('id', models.UUIDField()),
                        ('rev', models.BigIntegerField()),
                        ('xid', sync.fields.Xid8Field()),
                        ('born', sync.fields.Xid8Field()),
                        ('deleted', models.BooleanField(default=False)),
                        ('shared', models.BooleanField(default=True)),
                        ('payload', models.TextField(blank=True, default='')),
                        ('inbox', models.BigIntegerField(null=True)),
                    ],
                    options={
                        'db_table': 'sync_row',
                        'indexes': [models.Index(fields=['scope', 'xid'], name='sync_row_scope_xid'), models.Index(condition=models.Q(('deleted', False)), fields=['kind', 'id'], name='sync_row_live'), models.Index(condition=models.Q(('deleted', True)), fields=['xid'], name='sync_row_dead')],
                    },
                ),
                migrations.CreateModel(
                    name='Batch',
                    fields=[
                        ('no', models.BigAutoField(primary_key=True, serialize=False)),
                        ('batch', models.UUIDField()),
                        ('received_at', models.DateTimeField()),
                        ('hashes', models.BinaryField()),
                        ('signature', models.TextField()),
                        ('device', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.device')),
                    ],
                    options={
                        'db_table': 'sync_batch',
                        'indexes': [models.Index(fields=['device', 'batch'], name='sync_batch_of_device')],
                    },
                ),
                migrations.CreateModel(
                    name='Cursor',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('parent', models.BigIntegerField(null=True)),
                        ('epoch', models.BigIntegerField()),
                        ('created_at', models.DateTimeField()),
                        ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), null=True, size=None)),
                        ('base_snapshot', sync.fields.SnapshotField(null=True)),
                        ('base_scopes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(db_collation='C'), default=list, size=None)),
                        ('target_snapshot', sync.fields.SnapshotField(null=True)),
                        ('target_scopes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(db_collation='C'), default=list, size=None)),
                        ('redo_scopes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(db_collation='C'), default=list, size=None)),
                        ('dirty_scopes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(db_collation='C'), default=list, size=None)),
                        ('position', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), null=True, size=None)),
                        ('device', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.device')),
                        ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'sync_cursor',
                        'indexes': [models.Index(fields=['parent'], name='sync_cursor_parent'), models.Index(fields=['created_at'], name='sync_cursor_age')],
                    },
                ),
            ],
        ),
    ]
