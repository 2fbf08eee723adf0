
import grids.machine
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_guards'),
        ('grids', '0003_map_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='boundaryrelease',
            name='release_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='boundaryrelease',
            name='release_published_has_day',
        ),
        migrations.AlterField(
            model_name='boundaryrelease',
            name='state',
            field=models.CharField(choices=[('draft', '草稿'), ('validated', '已校验'), ('published', '已发布'), ('superseded', '已被取代'), ('withdrawn', '已撤回')], default=grids.machine.ReleaseState['DRAFT'], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='boundaryrelease',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'validated', 'published', 'superseded', 'withdrawn'])), name='release_state_known'),
        ),
        migrations.AddConstraint(
            model_name='boundaryrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['draft', 'validated']), ('valid_from__isnull', True)), models.Q(('state__in', ['published', 'superseded', 'withdrawn']), ('valid_from__isnull', False)), _connector='OR'), name='release_published_has_day'),
        ),
    ]
