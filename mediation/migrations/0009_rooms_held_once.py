"""A room is held by one session at a time; what was planned before and clashes already keeps its plan."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import tasks.models.duty
from django.conf import settings
from django.db import migrations, models

from edge import sqlfile


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_acting_and_vendors'),
        ('mediation', '0008_channels_told_to_stop'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='despite',
            field=models.CharField(blank=True, choices=[('shuttle', '同案背对背，在两室之间往返调解'), ('colleague', '由本案另一名调解员主持'), ('ends_early', '另一场将提前结束'), ('replaced', '届时更换调解员')], default='', max_length=12),
        ),
        migrations.AddField(
            model_name='session',
            name='place',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='session',
            name='room_key',
            field=models.CharField(blank=True, default='', max_length=320),
        ),
        migrations.RunSQL(sqlfile.load("mediation", "rooms_of_sessions"), migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('despite__in', ['', 'shuttle', 'colleague', 'ends_early', 'replaced'])), name='session_despite_known'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ['planned', 'invited']), models.Q(('ended_at', None), ('state', 'held')), _connector='OR'), expressions=[('place', '='), ('room_key', '='), (tasks.models.duty.TimeRange('starts_at', 'ends_at'), '&&')], name='session_room_held_once'),
        ),
    ]
